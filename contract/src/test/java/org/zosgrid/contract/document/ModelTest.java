package org.zosgrid.contract.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.Model.Language;
import org.zosgrid.contract.envelope.PayloadType;

class ModelTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static Model model(Language language, String file, String examples) {
        return new Model("own", 2, "alice", NOON, NOON.plusSeconds(600), "why", language, file, examples);
    }

    @Test
    void whatPutsAModelInForceAndWhatTakesItOutSurviveTheirJson() {
        Model table = model(Language.DMN, "<definitions/>", "- when: {}");
        assertThat(ChangeDocument.parse(PayloadType.MODEL, table.toJson())).isEqualTo(table);
        assertThat(table.isRemoval()).isFalse();
        Model removal = model(Language.DMN, "", "");
        assertThat(ChangeDocument.parse(PayloadType.MODEL, removal.toJson())).isEqualTo(removal);
        assertThat(new String(removal.toJson(), StandardCharsets.UTF_8)).doesNotContain("file");
        assertThat(removal.isRemoval()).isTrue();
    }

    @Test
    void whatTakesAModelOutBringsNoExamples() {
        assertThatThrownBy(() -> Model.parse(model(Language.DMN, "", "- when: {}").toJson())).isInstanceOf(ContractException.class).hasMessageContaining("examples: must be left out where no file is");
    }
}
