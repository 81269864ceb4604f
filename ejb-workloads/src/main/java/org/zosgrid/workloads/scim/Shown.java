package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.StrictJson;

/**
 * Which attributes a service wants to see, RFC 7644, section 3.9; {@code id} and {@code schemas} always come.
 *
 * @param only   empty for all
 * @param without of these
 */
public record Shown(Optional<List<String>> only, List<String> without) {
    private static final Set<String> ALWAYS = Set.of("id", "schemas");

    ObjectNode of(ObjectNode resource) {
        ObjectNode shown = StrictJson.object();
        for (Map.Entry<String, JsonNode> field : resource.properties()) {
            if (shows(field.getKey())) {
                shown.set(field.getKey(), field.getValue());
            }
        }
        return shown;
    }

    /** An attribute comes whole, also if only a part of it is wanted. */
    boolean shows(String attribute) {
        if (ALWAYS.contains(attribute)) {
            return true;
        }
        return only.map(wanted -> wanted.stream().anyMatch(each -> names(each, attribute))).orElse(true) && without.stream().noneMatch(each -> local(each).equalsIgnoreCase(attribute));
    }

    private static boolean names(String wanted, String attribute) {
        String local = local(wanted);
        return local.equalsIgnoreCase(attribute) || local.regionMatches(true, 0, attribute + ".", 0, attribute.length() + 1);
    }

    private static String local(String wanted) {
        return wanted.substring(wanted.lastIndexOf(':') + 1);
    }
}
