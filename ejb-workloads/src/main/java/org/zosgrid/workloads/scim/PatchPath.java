package org.zosgrid.workloads.scim;

import java.util.Optional;

/**
 * What a change is about, RFC 7644, section 3.5.2: {@code userName}, {@code name.givenName}, {@code members[value eq "…"]}, {@code emails[type eq "work"].value}.
 *
 * @param which elements of the attribute; empty: all of it
 * @param part  of each of these elements; empty: the elements themselves
 */
public record PatchPath(AttributePath attribute, Optional<Filter> which, Optional<String> part) {
    /** @throws ScimException INVALID_PATH */
    public static PatchPath parse(String text) {
        return new FilterParser(text, ScimException.Kind.INVALID_PATH).path();
    }

    @Override
    public String toString() {
        return attribute + which.map(filter -> "[" + filter + "]").orElse("") + part.map(each -> "." + each).orElse("");
    }
}
