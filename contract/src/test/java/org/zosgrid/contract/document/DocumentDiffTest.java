package org.zosgrid.contract.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.zosgrid.contract.People.document;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.StrictJson;

class DocumentDiffTest {

    @Test
    void everyDifferenceIsToldWithItsField() {
        List<String> told = DocumentDiff.between(document(1).toJson(), document(2, "staging-exposed", 2, "{name: own, require: {groups: {security: 1}}}").toJson())
                .stream().map(Object::toString).toList();
        assertThat(told).contains("~ version: 1 → 2", "~ environment: \"production\" → \"staging\"", "+ machines[web-1].node: \"compute-1\"", "+ gateways[front].host: \"shop.example\"",
                "+ approval[own].require.groups.security: 1", "- gateways: []");
        assertThat(told).noneMatch(each -> each.contains("web-0].image"));
    }

    @Test
    void theSameDocumentHasNoDifferenceWhateverItsSpaces() {
        byte[] spaced = new String(document(1).toJson(), StandardCharsets.UTF_8).replace(",\"", " ,\n\"").getBytes(StandardCharsets.UTF_8);
        assertThat(DocumentDiff.between(document(1).toJson(), spaced)).isEmpty();
    }

    @Test
    void anotherOrderIsADifference() {
        Deployment two = document(1, "staging", 2, "");
        Deployment turned = two.withMachines(two.machines().reversed());
        assertThat(DocumentDiff.between(two.toJson(), turned.toJson())).singleElement().asString().isEqualTo("~ machines[order]: web-0, web-1 → web-1, web-0");
    }

    @Test
    void nothingInADocumentSteersATerminal() {
        byte[] evil = StrictJson.bytes(StrictJson.object().put("description", "\u001b[2J\u202eneddih\r\n\u2028").put("a\u001b.b", 1));
        assertThat(DocumentDiff.fields(evil).toString()).doesNotContain("\u001b", "\u202e", "\u2028", "\r", "\n").contains("\\u{202e}");
    }

    @Property(tries = 500)
    void twoDocumentsWithoutADifferenceAreTheSame(@ForAll String one, @ForAll String other, @ForAll boolean nested) {
        byte[] first = StrictJson.bytes(nested ? StrictJson.object().set("a", StrictJson.object().put(one, other)) : StrictJson.object().put("a." + one, other));
        byte[] second = StrictJson.bytes(nested ? StrictJson.object().put("a." + one, other) : StrictJson.object().put("a." + other, one));
        boolean same = StrictJson.parse(first, "").equals(StrictJson.parse(second, ""));
        assertThat(DocumentDiff.between(first, second).isEmpty()).isEqualTo(same);
    }
}
