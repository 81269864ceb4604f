package org.zosgrid.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as we accept it from anybody: UTF-8, one value, no duplicate keys, bounded in size and depth. What is written is compact; what is read is
 * walked with {@link JsonObject}, which reports unknown and missing fields.
 */
public final class StrictJson {
    /** The largest document, envelope or sealed contract that is looked at, in bytes. */
    public static final int MAX_BYTES = 8 << 20;

    private static final int MAX_DEPTH = 32;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(40)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private StrictJson() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Parses an object; {@code what} names it in the error. */
    public static JsonNode parse(byte[] text, String what) {
        if (text.length > MAX_BYTES) {
            throw new ContractException(what, "must not be larger than " + MAX_BYTES + " bytes", text.length + " bytes");
        }
        try {
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(text)).toString();
            try (JsonParser parser = MAPPER.createParser(decoded)) {
                JsonNode node = MAPPER.readTree(parser);
                if (node == null || !node.isObject()) {
                    throw new ContractException(what, "must be a JSON object");
                }
                if (parser.nextToken() != null) {
                    throw new ContractException(what, "must be one JSON object and nothing after it");
                }
                return node;
            }
        } catch (CharacterCodingException broken) {
            throw new ContractException(what, "must be UTF-8");
        } catch (JsonProcessingException broken) {
            throw new ContractException(what, "is no JSON: " + broken.getOriginalMessage());
        } catch (NumberFormatException broken) {
            // Jackson lets it out for an exponent of too many digits.
            throw new ContractException(what, "has a number that cannot be read: " + broken.getMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
