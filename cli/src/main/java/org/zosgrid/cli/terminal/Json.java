package org.zosgrid.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zosgrid.cli.CliException;

/** JSON as the command line reads and prints it. Dates are ISO 8601 text made by the caller. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static JsonNode parse(byte[] text, String source) {
        try {
            return MAPPER.readTree(text);
        } catch (java.io.IOException broken) {
            throw new CliException(source + " answered with something that is no JSON: " + broken.getMessage());
        }
    }

    public static String print(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
