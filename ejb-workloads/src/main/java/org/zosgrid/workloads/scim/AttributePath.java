package org.zosgrid.workloads.scim;

import java.util.Optional;
import java.util.regex.Pattern;
import org.zosgrid.workloads.scim.ScimException.Kind;

/**
 * Names an attribute, RFC 7644, section 3.10.
 *
 * @param schema the URI before it; empty if there was none
 * @param name   in any case
 * @param sub    the attribute within it, if it has parts
 */
public record AttributePath(String schema, String name, Optional<String> sub) {
    private static final Pattern NAME = Pattern.compile("\\$?[A-Za-z][A-Za-z0-9_$-]*");
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z][A-Za-z0-9:._-]*");

    /** @throws ScimException of the given kind, for what is none */
    static AttributePath parse(String text, Kind kind) {
        int colon = text.lastIndexOf(':');
        String schema = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        int dot = rest.indexOf('.');
        String name = dot < 0 ? rest : rest.substring(0, dot);
        Optional<String> sub = dot < 0 ? Optional.empty() : Optional.of(rest.substring(dot + 1));
        if (colon == 0 || colon > 0 && !SCHEMA.matcher(schema).matches() || !NAME.matcher(name).matches() || sub.isPresent() && !NAME.matcher(sub.get()).matches()) {
            throw new ScimException(kind, "attribute", "must be a name such as userName or name.givenName", text);
        }
        return new AttributePath(schema, name, sub);
    }

    @Override
    public String toString() {
        return (schema.isEmpty() ? "" : schema + ":") + name + sub.map(each -> "." + each).orElse("");
    }
}
