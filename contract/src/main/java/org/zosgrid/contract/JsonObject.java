package org.zosgrid.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads one JSON object field by field and collects every fault, its own and its children's, in one list. Values of faulty fields are placeholders:
 * call {@link #end} (or {@link #check}) before anything is built from them.
 */
public final class JsonObject {
    /** A document of nothing but faults must not become a message that is larger than itself. */
    private static final int MAX_FAULTS = 100;

    private final JsonNode node;
    private final String path;
    private final List<Fault> faults;
    private final Set<String> known = new HashSet<>();

    private JsonObject(JsonNode node, String path, List<Fault> faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
    }

    /** The root of a document. */
    public static JsonObject of(byte[] text, String what) {
        return new JsonObject(StrictJson.parse(text, what), "", new ArrayList<>());
    }

    /** The root of a document that was parsed elsewhere, from YAML for instance. */
    public static JsonObject of(JsonNode node, String what) {
        if (!node.isObject()) {
            throw new ContractException(what, "must be an object with named fields");
        }
        return new JsonObject(node, "", new ArrayList<>());
    }

    public void fault(String field, String problem, String value) {
        told(new Fault(at(field), problem, value));
    }

    /** Keeps a fault; of too many, that there are more. One that is not kept still leaves the list with something in it, so the document is refused all the same. */
    private void told(Fault fault) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(faults.size() < MAX_FAULTS - 1 ? fault : new Fault("", "there are more faults than the " + (MAX_FAULTS - 1) + " that are told", ""));
        }
    }

    /** Reports unknown fields; at the root, throws if anything was wrong. */
    public void end() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(name, "is not a known field; known are " + String.join(", ", known.stream().sorted().toList()), "");
            }
        });
        if (path.isEmpty()) {
            check();
        }
    }

    /** Throws if anything was wrong so far. */
    public void check() {
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
    }

    public boolean has(String field) {
        known.add(field);
        return node.hasNonNull(field);
    }

    public String text(String field, int max) {
        Optional<JsonNode> value = required(field);
        if (value.isEmpty()) {
            return "";
        }
        if (!value.get().isTextual()) {
            fault(field, "must be text", value.get().toString());
            return "";
        }
        String text = value.get().textValue();
        if (text.length() > max) {
            fault(field, "must not be longer than " + max + " characters", text.length() + " characters");
            return "";
        }
        return text;
    }

    public String text(String field, int max, String otherwise) {
        return has(field) ? text(field, max) : otherwise;
    }

    /** Text of a certain form; {@code form} says in words which. */
    public String text(String field, int max, Pattern pattern, String form) {
        int before = faults.size();
        String text = text(field, max);
        if (faults.size() == before && !pattern.matcher(text).matches()) {
            fault(field, "must be " + form, text);
        }
        return text;
    }

    public long number(String field, long min, long max) {
        Optional<JsonNode> value = required(field);
        if (value.isEmpty()) {
            return min;
        }
        if (!value.get().isIntegralNumber() || !value.get().canConvertToLong()) {
            fault(field, "must be a whole number", value.get().toString());
            return min;
        }
        long number = value.get().longValue();
        if (number < min || number > max) {
            fault(field, "must lie between " + min + " and " + max, Long.toString(number));
            return min;
        }
        return number;
    }

    public boolean flag(String field) {
        Optional<JsonNode> value = required(field);
        if (value.isPresent() && !value.get().isBoolean()) {
            fault(field, "must be true or false", value.get().toString());
        }
        return value.isPresent() && value.get().asBoolean();
    }

    public Instant instant(String field) {
        int before = faults.size();
        String text = text(field, 40);
        if (faults.size() > before) {
            return Instant.EPOCH;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            fault(field, "must be a time in ISO 8601 and UTC, such as 2026-12-31T12:00:00Z", text);
            return Instant.EPOCH;
        }
    }

    public byte[] base64(String field, int maxBytes) {
        int before = faults.size();
        String text = text(field, (maxBytes + 2) / 3 * 4);
        if (faults.size() > before) {
            return new byte[0];
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException wrong) {
            fault(field, "must be base64", text);
            return new byte[0];
        }
        if (bytes.length > maxBytes) {
            fault(field, "must not be longer than " + maxBytes + " bytes", bytes.length + " bytes");
            return new byte[0];
        }
        return bytes;
    }

    /** Builds a value from text with a constructor that throws {@link ContractException}. */
    public <T> T value(String field, int max, Function<String, T> parse, T placeholder) {
        int before = faults.size();
        String text = text(field, max);
        if (faults.size() > before) {
            return placeholder;
        }
        try {
            return parse.apply(text);
        } catch (ContractException wrong) {
            wrong.faults().forEach(each -> fault(field, each.problem(), each.value()));
            return placeholder;
        }
    }

    public <T> Optional<T> object(String field, Function<JsonObject, T> read) {
        Optional<JsonNode> value = required(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return child(value.get(), at(field), read);
    }

    /** A list of objects, at most {@code max}; a missing field is an empty list. */
    public <T> List<T> objects(String field, int max, Function<JsonObject, T> read) {
        List<T> all = new ArrayList<>();
        items(field, max).forEach((index, item) -> child(item, at(field) + "[" + index + "]", read).ifPresent(all::add));
        return List.copyOf(all);
    }

    /** How many elements stand in a list, whatever they are: 0 if it is missing, -1 if there is something else. */
    public int count(String field) {
        JsonNode list = node.path(field);
        return list.isArray() ? list.size() : has(field) ? -1 : 0;
    }

    /** A list of texts, at most {@code max} of them; a missing field is an empty list. */
    public List<String> texts(String field, int max, int maxLength) {
        List<String> all = new ArrayList<>();
        items(field, max).forEach((index, item) -> {
            if (!item.isTextual() || item.textValue().length() > maxLength) {
                fault(field + "[" + index + "]", "must be text of at most " + maxLength + " characters", item.toString());
            } else {
                all.add(item.textValue());
            }
        });
        return List.copyOf(all);
    }

    /** A list of whole numbers, at most {@code max} of them; a missing field is an empty list. */
    public List<Integer> numbers(String field, int max, int least, int most) {
        List<Integer> all = new ArrayList<>();
        items(field, max).forEach((index, item) -> {
            if (!item.isIntegralNumber() || !item.canConvertToInt() || item.intValue() < least || item.intValue() > most) {
                fault(field + "[" + index + "]", "must be a whole number between " + least + " and " + most, item.toString());
            } else {
                all.add(item.intValue());
            }
        });
        return List.copyOf(all);
    }

    /** An object whose field names are data, at most {@code max}; a missing field is an empty map. */
    public <T> Map<String, T> map(String field, int max, Function<JsonObject, T> read) {
        Map<String, T> all = new LinkedHashMap<>();
        entries(field, max).forEach((name, item) -> child(item, at(field) + "." + name, read).ifPresent(value -> all.put(name, value)));
        return all;
    }

    /** An object from names to texts, at most {@code max}; a missing field is an empty map. */
    public Map<String, String> textMap(String field, int max, int maxLength) {
        Map<String, String> all = new LinkedHashMap<>();
        entries(field, max).forEach((name, item) -> {
            if (!item.isTextual() || item.textValue().length() > maxLength) {
                fault(field + "." + name, "must be text of at most " + maxLength + " characters", item.toString());
            } else {
                all.put(name, item.textValue());
            }
        });
        return all;
    }

    /** An object from names to whole numbers, at most {@code max}; a missing field is an empty map. */
    public Map<String, Integer> numberMap(String field, int max, int least, int most) {
        Map<String, Integer> all = new LinkedHashMap<>();
        entries(field, max).forEach((name, item) -> {
            if (!item.isIntegralNumber() || !item.canConvertToInt() || item.intValue() < least || item.intValue() > most) {
                fault(field + "." + name, "must be a whole number between " + least + " and " + most, item.toString());
            } else {
                all.put(name, item.intValue());
            }
        });
        return all;
    }

    private <T> Optional<T> child(JsonNode value, String at, Function<JsonObject, T> read) {
        if (!value.isObject()) {
            told(new Fault(at, "must be an object", value.toString()));
            return Optional.empty();
        }
        JsonObject child = new JsonObject(value, at, faults);
        int before = faults.size();
        try {
            T result = read.apply(child);
            child.end();
            return faults.size() == before ? Optional.of(result) : Optional.empty();
        } catch (ContractException wrong) {
            // A value's own rules may fail only because an earlier fault left a placeholder; then the earlier fault says enough.
            if (faults.size() == before) {
                wrong.faults().forEach(each -> told(new Fault(each.field().isEmpty() ? at : at + "." + each.field(), each.problem(), each.value())));
            }
            return Optional.empty();
        }
    }

    private Map<Integer, JsonNode> items(String field, int max) {
        Map<Integer, JsonNode> all = new LinkedHashMap<>();
        if (!has(field)) {
            return all;
        }
        JsonNode list = node.get(field);
        if (!list.isArray()) {
            fault(field, "must be a list", list.toString());
        } else if (list.size() > max) {
            fault(field, "must not have more than " + max + " elements", list.size() + " elements");
        } else {
            for (int i = 0; i < list.size(); i++) {
                all.put(i, list.get(i));
            }
        }
        return all;
    }

    private Map<String, JsonNode> entries(String field, int max) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        if (!has(field)) {
            return all;
        }
        JsonNode object = node.get(field);
        if (!object.isObject()) {
            fault(field, "must be an object", object.toString());
        } else if (object.size() > max) {
            fault(field, "must not have more than " + max + " fields", object.size() + " fields");
        } else {
            object.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        }
        return all;
    }

    private Optional<JsonNode> required(String field) {
        known.add(field);
        if (!node.hasNonNull(field)) {
            fault(field, "is missing", "");
            return Optional.empty();
        }
        return Optional.of(node.get(field));
    }

    private String at(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
