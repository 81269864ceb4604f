package org.zosgrid.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own models, and what customers' are compiled to, pass the rules that customers' models do. */
class BuiltInModelsTest {
    private static String file(String name) throws IOException {
        try (InputStream in = BuiltInModelsTest.class.getResourceAsStream("/" + name + ".bpmn")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> check(String xml) {
        return ModelCheck.ofTheEngine().check(xml.getBytes(StandardCharsets.UTF_8)).stream().map(Finding::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "emergency", "pause", "resume", "decommission", "model", "skip"})
    void theBuiltInModelsHaveNoFindings(String name) throws IOException {
        assertThat(check(file(name))).isEmpty();
    }

    @Test
    void whatIsCompiledHasNoFindings() throws RefusedModelException {
        for (Drawing drawing : List.of(Drawings.deployment("acme"), Drawings.removal("acme"), Drawings.everything("acme"))) {
            byte[] compiled = ModelCheck.ofCustomers(Drawings.SURROUNDINGS).checked(drawing.bytes()).forTheEngine();
            assertThat(check(new String(compiled, StandardCharsets.UTF_8))).isEmpty();
        }
    }

    /** The rules bite there too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "deploy       | sourceRef=\"still-patient\" targetRef=\"verify\" | sourceRef=\"still-patient\" targetRef=\"seal\" | quorum",
        "deploy       | targetRef=\"verify\"                           | targetRef=\"decide\"                           | verify-first",
        "deploy       | ${enough and                                   | ${true or                                      | expression",
        "deploy       | camunda:collection=\"${people}\"               | camunda:collection=\"${nodes}\"                | quorum",
        "deploy       | <bpmn:intermediateCatchEvent id=\"it-runs\"    | <bpmn:intermediateCatchEvent id=\"nobody\"     | reference",
        "deploy       | messageRef=\"message-node-running\"            | messageRef=\"message-node-removed\"            | healthy-first",
        "deploy       | refused-or-failed\" targetRef=\"take-back\"    | refused-or-failed\" targetRef=\"running\"      | undo",
        "deploy       | ${enterStage}                                  | ${sealChange}                                  | allowed",
        "decommission | messageRef=\"message-node-removed\"            | messageRef=\"message-node-running\"            | outcome",
        "decommission | sourceRef=\"still-patient\" targetRef=\"verify\" | sourceRef=\"still-patient\" targetRef=\"take-down\" | seal-first"})
    void whatIsWrongIsFound(String name, String from, String to, String rule) throws IOException {
        String xml = file(name);
        assertThat(xml).contains(from);
        assertThat(check(xml.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)))).anyMatch(finding -> finding.endsWith("[" + rule + "]"));
    }
}
