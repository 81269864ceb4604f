package org.zosgrid.flist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an image wants to be started.
 *
 * @param entrypoint and {@code command}: the words to run, one list after the other
 * @param environment variables
 * @param workingDirectory absolute; {@code /} if the image says nothing
 * @param user as the image says it: {@code uid}, {@code uid:gid}, a name, or empty for root
 */
public record ImageConfig(List<String> entrypoint, List<String> command, Map<String, String> environment, String workingDirectory, String user) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    public static ImageConfig empty() {
        return new ImageConfig(List.of(), List.of(), Map.of(), "/", "");
    }

    /** From the {@code config} object of an OCI image configuration. */
    static ImageConfig ofOci(JsonNode config) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode each : config.path("Env")) {
            String[] part = each.asText().split("=", 2);
            environment.put(part[0], part.length == 2 ? part[1] : "");
        }
        String directory = config.path("WorkingDir").asText("");
        return new ImageConfig(texts(config.path("Entrypoint")), texts(config.path("Cmd")), environment, directory.isEmpty() ? "/" : directory, config.path("User").asText(""));
    }

    byte[] toJson() {
        ObjectNode object = MAPPER.createObjectNode();
        entrypoint.forEach(object.putArray("entrypoint")::add);
        command.forEach(object.putArray("command")::add);
        ObjectNode variables = object.putObject("environment");
        environment.forEach(variables::put);
        object.put("workingDirectory", workingDirectory).put("user", user);
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ImageConfig parse(byte[] json) {
        try {
            JsonNode object = MAPPER.readTree(json);
            if (object == null || !object.isObject()) {
                throw new FlistException("the image's configuration must be a JSON object");
            }
            Map<String, String> environment = new LinkedHashMap<>();
            object.path("environment").properties().forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
            return new ImageConfig(texts(object.path("entrypoint")), texts(object.path("command")), environment,
                    object.path("workingDirectory").asText("/"), object.path("user").asText(""));
        } catch (IOException broken) {
            throw new FlistException("the image's configuration is no JSON: " + broken.getMessage());
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
