package org.zosgrid.console;

import java.util.regex.Pattern;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/** Names in paths. */
final class Names {
    /** As {@code contract} has it for everything that a document names. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,34}[a-z0-9])?");

    private Names() {}

    /** The name, if anything can be called so; nobody is asked about another. */
    static String known(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new RefusedException(Kind.NOT_FOUND, "There is nothing of this name",
                    new Fault(what, "must be 1 to 36 of a-z, 0-9 and '-', beginning and ending with a letter or digit", name));
        }
        return name;
    }
}
