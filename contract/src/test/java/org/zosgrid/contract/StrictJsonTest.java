package org.zosgrid.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.envelope.Envelope;

class StrictJsonTest {
    /** Found by the fuzzer: Jackson's parser for decimal numbers let a NumberFormatException out. */
    @Test
    void aNumberWithAnExponentOfTooManyDigitsIsRefusedLikeAnyOther() {
        refused("{\"payload\":11111111111111e11111111111111111111}", "has a number that cannot be read");
        refused("{\"payload\":1e-999999999}", "payload: must be text");
        refused("{\"payload\":1e400}", "payload: must be text");
        refused("{\"payload\":" + "9".repeat(41) + "}", "is no JSON");
    }

    @Test
    void aDocumentOfNothingButFaultsIsAnsweredInAFewLines() {
        String unknown = IntStream.range(0, 100_000).mapToObj(each -> "\"f" + each + "\":1").collect(Collectors.joining(",", "{", "}"));
        ContractException refused = catchThrowableOfType(ContractException.class, () -> Envelope.parse(bytes(unknown)));
        assertThat(refused.faults()).hasSize(100);
        assertThat(refused.faults().getLast().problem()).startsWith("there are more faults");
        assertThat(refused.getMessage()).hasSizeLessThan(20_000);
        String list = IntStream.range(0, 64).mapToObj(each -> unknown.substring(0, unknown.lastIndexOf(',', 2000)) + "}").collect(Collectors.joining(",", "{\"signatures\":[", "]}"));
        assertThat(catchThrowableOfType(ContractException.class, () -> Envelope.parse(bytes(list))).faults()).hasSize(100);
    }

    @Test
    void aFieldWhoseNameIsLongIsShownShortened() {
        assertThat(catchThrowableOfType(ContractException.class, () -> Envelope.parse(bytes("{\"" + "x".repeat(40_000) + "\":1}"))).getMessage()).contains("xxx…").hasSizeLessThan(2000);
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> Envelope.parse(bytes(json))).isInstanceOf(ContractException.class).hasMessageContaining(message);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
