package org.zosgrid.contract.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.zosgrid.contract.StrictJson;

/**
 * What a signer is shown: every field of a document, or every difference between two, read from the bytes that are signed. Two documents without a difference here
 * say the same; and whatever stands in them, no character of it moves a terminal's cursor or turns the direction of writing.
 */
public final class DocumentDiff {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * One field that is not the same.
     *
     * @param field its path, such as {@code machines[web].image}
     * @param before empty if it is new
     * @param after empty if it is gone
     */
    public record Difference(String field, Optional<String> before, Optional<String> after) {
        @Override
        public String toString() {
            if (before.isEmpty()) {
                return "+ " + field + ": " + after.orElse("");
            }
            return after.map(now -> "~ " + field + ": " + before.get() + " → " + now).orElseGet(() -> "- " + field + ": " + before.get());
        }
    }

    private DocumentDiff() {}

    /** The differences, in the order of the new document, then what is gone. */
    public static List<Difference> between(byte[] before, byte[] after) {
        Map<String, String> old = fields(before);
        Map<String, String> fresh = fields(after);
        Set<String> all = new LinkedHashSet<>(fresh.keySet());
        all.addAll(old.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String field : all) {
            Optional<String> was = Optional.ofNullable(old.get(field));
            Optional<String> is = Optional.ofNullable(fresh.get(field));
            if (!was.equals(is)) {
                differences.add(new Difference(field, was, is));
            }
        }
        return differences;
    }

    /** Every field of a document and its value, in the document's order. */
    public static Map<String, String> fields(byte[] document) {
        Map<String, String> fields = new LinkedHashMap<>();
        collect(StrictJson.parse(document, "document"), "", fields);
        return fields;
    }

    private static void collect(JsonNode node, String path, Map<String, String> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(each -> collect(each.getValue(), path.isEmpty() ? segment(each.getKey()) : path + "." + segment(each.getKey()), fields));
        } else if (node.isArray() && !node.isEmpty()) {
            List<String> names = names(node);
            if (node.size() > 1) {
                // The order counts: a machine's address follows from its place.
                fields.put(path + "[order]", String.join(", ", names));
            }
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), path + "[" + names.get(i) + "]", fields);
            }
        } else {
            fields.put(path, escaped(node.toString()));
        }
    }

    /** Things with names of their own are called by them, so that one more at the front does not change all; numbers have a '#'. */
    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode each : list) {
            if (each.isObject() && each.path("name").isTextual() && seen.add(each.path("name").textValue())) {
                names.add(segment(each.path("name").textValue()));
            }
        }
        if (names.size() < list.size()) {
            names.clear();
            for (int i = 0; i < list.size(); i++) {
                names.add("#" + i);
            }
        }
        return names;
    }

    private static String segment(String name) {
        return PLAIN.matcher(name).matches() ? name : escaped(StrictJson.object().textNode(name).toString());
    }

    /** Text from a stranger, fit for a terminal: what is no visible character is written as its number. */
    public static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (Character.getType(point)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                        shown.append(String.format("\\u{%x}", point));
                default -> shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }
}
