package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.scim.ScimException.Kind;

/**
 * Changes of a resource, RFC 7644, section 3.5.2, in the forms that services send: with and without a path, the operation in any case, members to be removed by a path or by a list of values. All
 * of them are done or none.
 */
public final class Patch {
    private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private static final int MAX_OPERATIONS = 1000;

    private enum Change { ADD, REPLACE, REMOVE }

    /** @param value null of JSON, if there is none */
    private record Operation(Change what, Optional<PatchPath> path, JsonNode value) {}

    private final Schema schema;
    private final List<Operation> operations = new ArrayList<>();

    /** @throws ScimException INVALID_SYNTAX, INVALID_PATH */
    public Patch(JsonNode body, Schema schema) {
        this.schema = schema;
        if (field(body, "schemas").valueStream().noneMatch(each -> each.asText().equalsIgnoreCase(SCHEMA))) {
            throw new ScimException(Kind.INVALID_SYNTAX, "schemas", "must name " + SCHEMA, field(body, "schemas").toString());
        }
        JsonNode list = field(body, "Operations");
        if (!list.isArray() || list.isEmpty() || list.size() > MAX_OPERATIONS) {
            throw new ScimException(Kind.INVALID_SYNTAX, "Operations", "must be a list of 1 to " + MAX_OPERATIONS, list.isArray() ? list.size() + " operations" : "");
        }
        list.forEach(each -> operations.add(operation(each)));
    }

    private static Operation operation(JsonNode json) {
        Change what = switch (field(json, "op").asText().toLowerCase(Locale.ROOT)) {
            case "add" -> Change.ADD;
            case "replace" -> Change.REPLACE;
            case "remove" -> Change.REMOVE;
            default -> throw new ScimException(Kind.INVALID_SYNTAX, "op", "must be add, replace or remove", field(json, "op").asText());
        };
        JsonNode path = field(json, "path");
        JsonNode value = field(json, "value");
        Optional<PatchPath> read = path.isTextual() && !path.asText().isEmpty() ? Optional.of(PatchPath.parse(path.asText())) : Optional.empty();
        if (what == Change.REMOVE && read.isEmpty()) {
            throw new ScimException(Kind.NO_TARGET, "path", "must be there where something is removed", "");
        }
        if (what != Change.REMOVE && value.isMissingNode()) {
            throw new ScimException(Kind.INVALID_SYNTAX, "value", "must be there where something is added or replaced", "");
        }
        return new Operation(what, read, value.isMissingNode() ? NullNode.getInstance() : value);
    }

    /** The resource with all changes; the one given stays as it is. */
    public ObjectNode applied(ObjectNode resource) {
        ObjectNode changed = resource.deepCopy();
        operations.forEach(each -> apply(each, changed));
        return changed;
    }

    private void apply(Operation operation, ObjectNode resource) {
        if (operation.path().isEmpty()) {
            if (!operation.value().isObject()) {
                throw new ScimException(Kind.INVALID_SYNTAX, "value", "must be an object of attributes where no path says which is meant", operation.value().toString());
            }
            Shape.of(operation.value(), schema).properties().forEach(field -> set(operation.what(), schema.attribute(field.getKey()).orElseThrow(), field.getValue(), resource));
            return;
        }
        PatchPath path = operation.path().get();
        String name = path.attribute().schema().isEmpty() || path.attribute().schema().equalsIgnoreCase(schema.id())
                ? path.attribute().name() + path.attribute().sub().map(sub -> "." + sub).orElse("") : path.attribute().toString();
        if (mayNot(name)) {
            throw new ScimException(Kind.MUTABILITY, name, "is nobody's to change", "");
        }
        if (schema.leavesOut(name) || path.part().isPresent() && schema.leavesOut(name + "." + path.part().get())) {
            return;
        }
        Attribute attribute = schema.attribute(path.attribute().name()).filter(found -> path.attribute().schema().isEmpty() || path.attribute().schema().equalsIgnoreCase(schema.id()))
                .orElseThrow(() -> new ScimException(Kind.INVALID_PATH, "path", "must name an attribute of " + schema.name(), path.toString()));
        if (!attribute.mayBeWritten()) {
            throw new ScimException(Kind.MUTABILITY, attribute.name(), "is nobody's to change", "");
        }
        Optional<Attribute> part = path.attribute().sub().or(path::part).map(wanted -> Attribute.named(attribute.parts(), wanted)
                .orElseThrow(() -> new ScimException(Kind.INVALID_PATH, "path", "must name a part of " + attribute.name(), path.toString())));
        if (attribute.many()) {
            elements(operation, attribute, path.which(), part, resource);
        } else if (path.which().isPresent()) {
            throw new ScimException(Kind.INVALID_PATH, "path", "must not choose among the values of " + attribute.name() + ", which has one", path.toString());
        } else if (part.isPresent()) {
            if (operation.what() == Change.REMOVE) {
                resource.withObjectProperty(attribute.name()).remove(part.get().name());
            } else {
                resource.withObjectProperty(attribute.name()).set(part.get().name(), Shape.value(schema, part.get(), operation.value(), path.toString()));
            }
        } else {
            set(operation.what(), attribute, Shape.value(schema, attribute, operation.value(), path.toString()), resource);
        }
    }

    private static boolean mayNot(String name) {
        return name.equalsIgnoreCase("id") || name.equalsIgnoreCase("schemas") || name.equalsIgnoreCase("meta") || name.toLowerCase(Locale.ROOT).startsWith("meta.");
    }

    /** The whole attribute. */
    private static void set(Change what, Attribute attribute, JsonNode value, ObjectNode resource) {
        if (what == Change.REMOVE || value.isNull()) {
            resource.remove(attribute.name());
        } else if (attribute.many() && what == Change.ADD) {
            resource.set(attribute.name(), union(resource.path(attribute.name()), value));
        } else if (value.isObject() && resource.path(attribute.name()).isObject()) {
            ((ObjectNode) resource.get(attribute.name())).setAll((ObjectNode) value);
        } else {
            resource.set(attribute.name(), value);
        }
    }

    /** What is in both is there once; the last word about it counts. */
    private static ArrayNode union(JsonNode before, JsonNode more) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        before.forEach(each -> all.put(each.path("value").asText(), each));
        more.forEach(each -> all.put(each.path("value").asText(), each));
        return StrictJson.object().putArray("list").addAll(all.values());
    }

    /** Of an attribute that is a list: those that are chosen, or all. */
    private void elements(Operation operation, Attribute attribute, Optional<Filter> which, Optional<Attribute> part, ObjectNode resource) {
        if (which.isEmpty() && part.isEmpty()) {
            JsonNode value = Shape.value(schema, attribute, operation.value(), attribute.name());
            if (operation.what() == Change.REMOVE && value.isArray() && !value.isEmpty()) {
                resource.set(attribute.name(), without(resource.path(attribute.name()), value));
            } else {
                set(operation.what(), attribute, value, resource);
            }
            return;
        }
        ArrayNode list = StrictJson.object().putArray("list");
        int chosen = 0;
        for (JsonNode each : resource.path(attribute.name())) {
            boolean meant = which.isEmpty() || Matching.holds(which.get(), each);
            chosen += meant ? 1 : 0;
            if (!meant || operation.what() != Change.REMOVE || part.isPresent()) {
                list.add(meant ? changed((ObjectNode) each, operation, attribute, part) : each);
            }
        }
        if (chosen == 0 && operation.what() != Change.REMOVE) {
            ObjectNode made = Matching.made(which).orElseThrow(() -> new ScimException(Kind.NO_TARGET, "path", "must choose one that is there", operation.path().map(PatchPath::toString).orElse("")));
            list.add(changed(made, operation, attribute, part));
        }
        resource.set(attribute.name(), list);
    }

    private ObjectNode changed(ObjectNode element, Operation operation, Attribute attribute, Optional<Attribute> part) {
        ObjectNode changed = element.deepCopy();
        if (part.isEmpty()) {
            JsonNode list = Shape.value(schema, attribute, operation.value(), attribute.name());
            if (list.size() != 1) {
                throw new ScimException(Kind.INVALID_VALUE, attribute.name(), "must be one value where the path chooses", list.size() + " values");
            }
            return changed.setAll((ObjectNode) list.get(0));
        }
        if (operation.what() == Change.REMOVE) {
            changed.remove(part.get().name());
        } else {
            changed.set(part.get().name(), Shape.value(schema, part.get(), operation.value(), attribute.name() + "." + part.get().name()));
        }
        return changed;
    }

    private static ArrayNode without(JsonNode before, JsonNode gone) {
        Map<String, JsonNode> left = new LinkedHashMap<>();
        before.forEach(each -> left.put(each.path("value").asText(), each));
        gone.forEach(each -> left.remove(each.path("value").asText()));
        return StrictJson.object().putArray("list").addAll(left.values());
    }

    /** In any case: one of the services writes its own names so. */
    private static JsonNode field(JsonNode json, String name) {
        return json.properties().stream().filter(each -> each.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).findFirst().orElse(json.path(name));
    }
}
