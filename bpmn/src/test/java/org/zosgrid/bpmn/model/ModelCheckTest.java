package org.zosgrid.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCheckTest {
    private static List<String> check(Drawing drawing) {
        return ModelCheck.ofCustomers(Drawings.SURROUNDINGS).check(drawing.bytes()).stream().map(Finding::toString).toList();
    }

    @Test
    void modelsInOrderHaveNoFindings() {
        assertThat(check(Drawings.deployment("acme"))).isEmpty();
        assertThat(check(Drawings.removal("acme"))).isEmpty();
        assertThat(check(Drawings.everything("acme"))).isEmpty();
    }
}
