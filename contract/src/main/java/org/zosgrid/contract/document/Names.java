package org.zosgrid.contract.document;

import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;

/** How things may be called: short, lower case, safe in file names, host names and interface names. */
final class Names {
    static final int MAX = 36;
    static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,34}[a-z0-9])?");
    static final String FORM = "1 to 36 of a-z, 0-9 and '-', beginning and ending with a letter or digit";
    static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    static final String FINGERPRINT_FORM = "a SHA-256 in 64 lower-case hexadecimal digits";

    private Names() {}

    static void check(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ContractException(field, "must be " + FORM, name);
        }
    }
}
