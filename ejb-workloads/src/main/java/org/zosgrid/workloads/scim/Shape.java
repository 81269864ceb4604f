package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.scim.ScimException.Kind;

/**
 * Brings what a service says into one form: names as the schema writes them, lists as lists, truths as truths. Services differ: Entra writes {@code "active": "False"}, both name parts as
 * {@code name.givenName}, and single values as lists of one. What a service may not set is left out, as RFC 7644, section 3.3 has it; {@code null} stays, it means "nothing".
 */
final class Shape {
    private Shape() {}

    /** @throws ScimException INVALID_SYNTAX for an attribute that nobody knows, INVALID_VALUE */
    static ObjectNode of(JsonNode body, Schema schema) {
        ObjectNode shaped = StrictJson.object();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            String name = schema.local(field.getKey());
            if (!schema.leavesOut(name)) {
                put(shaped, schema, name, field.getValue());
            }
        }
        return shaped;
    }

    private static void put(ObjectNode shaped, Schema schema, String name, JsonNode value) {
        int dot = name.indexOf('.');
        Attribute attribute = schema.attribute(dot < 0 ? name : name.substring(0, dot)).orElseThrow(() -> unknown(schema, name));
        if (!attribute.mayBeWritten()) {
            return;
        }
        if (dot < 0) {
            JsonNode whole = value(schema, attribute, value, attribute.name());
            if (whole.isObject() && shaped.path(attribute.name()).isObject()) {
                ((ObjectNode) shaped.get(attribute.name())).setAll((ObjectNode) whole);
            } else {
                shaped.set(attribute.name(), whole);
            }
            return;
        }
        Attribute part = Attribute.named(attribute.parts(), name.substring(dot + 1)).orElseThrow(() -> unknown(schema, name));
        if (attribute.many()) {
            throw new ScimException(Kind.INVALID_SYNTAX, name, "must be a list under the name " + attribute.name(), "");
        }
        shaped.withObjectProperty(attribute.name()).set(part.name(), value(schema, part, value, name));
    }

    /** A value of this attribute in its form. */
    static JsonNode value(Schema schema, Attribute attribute, JsonNode given, String at) {
        if (given.isNull()) {
            return NullNode.getInstance();
        }
        if (attribute.many()) {
            ArrayNode list = StrictJson.object().putArray("list");
            (given.isArray() ? List.copyOf(elements(given)) : List.of(given)).forEach(each -> list.add(element(schema, attribute, each, at)));
            return list;
        }
        JsonNode value = given.isArray() && given.size() == 1 && given.get(0).has("value") ? given.get(0).get("value") : given;
        return switch (attribute.type()) {
            case BOOLEAN -> truth(value, at);
            case COMPLEX -> element(schema, attribute, value, at);
            case STRING, REFERENCE -> {
                if (!value.isTextual() || !Texts.good(value.asText())) {
                    throw new ScimException(Kind.INVALID_VALUE, at, "must be a text without control characters", attribute.mutability() == Attribute.Mutability.WRITE_ONLY ? "" : value.toString());
                }
                yield value;
            }
        };
    }

    private static ObjectNode element(Schema schema, Attribute attribute, JsonNode given, String at) {
        JsonNode element = given.isTextual() ? StrictJson.object().set("value", given) : given;
        if (!element.isObject()) {
            throw new ScimException(Kind.INVALID_VALUE, at, "must be an object with named parts", given.toString());
        }
        ObjectNode shaped = StrictJson.object();
        for (Map.Entry<String, JsonNode> field : element.properties()) {
            Optional<Attribute> part = Attribute.named(attribute.parts(), field.getKey());
            String name = attribute.name() + "." + field.getKey();
            if (part.isPresent() && part.get().mayBeWritten()) {
                shaped.set(part.get().name(), value(schema, part.get(), field.getValue(), name));
            } else if (part.isEmpty() && !schema.leavesOut(name)) {
                throw unknown(schema, name);
            }
        }
        return shaped;
    }

    private static BooleanNode truth(JsonNode value, String at) {
        String text = value.isValueNode() ? value.asText() : "";
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new ScimException(Kind.INVALID_VALUE, at, "must be true or false", value.toString());
        }
        return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
    }

    private static List<JsonNode> elements(JsonNode list) {
        return list.valueStream().toList();
    }

    private static ScimException unknown(Schema schema, String name) {
        return new ScimException(Kind.INVALID_SYNTAX, name, "is no attribute of " + schema.name() + "; known are " + String.join(", ", schema.attributes().stream().map(Attribute::name).toList()), "");
    }
}
