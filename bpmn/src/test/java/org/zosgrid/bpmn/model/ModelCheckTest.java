package org.zosgrid.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.xml.BoundedXml;
import org.zosgrid.bpmn.xml.Element;
import org.zosgrid.bpmn.xml.XmlException;

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

    /** As large as may be, with two long paths beside each other: some ten thousand situations. */
    @Test
    void aLargeModelIsCheckedToo() {
        Drawing drawing = new Drawing("large").start("start").parallel("fork");
        for (String path : List.of("a", "b")) {
            drawing.at("fork");
            for (int i = 0; i < 75; i++) {
                drawing.block(Block.NOTIFY, path + i, "audience", "operators", "text", "On it goes");
            }
            drawing.to("join");
        }
        drawing.at("").parallel("join");
        for (int i = 0; i < 90; i++) {
            drawing.wait("w" + i, "PT1S");
        }
        assertThat(check(drawing.end("end", "FAILED"))).isEmpty();
    }

    @Test
    void aFindingIsReadInOneLine() {
        assertThat(check(new Drawing("acme").start("start").block(Block.VERIFY, "verify").end("end", "INVALID"))).containsExactly(
                "verify (verify): nothing catches its error invalid; a boundary event that catches invalid, or every error, must sit on it or on a sub-process around it [uncaught]");
    }

    /** Should the check ever let an expression through, what is compiled does not leave the house. */
    @Test
    void whatIsCompiledIsReadBack() throws XmlException {
        Scope scope = new Scope(List.of(node("start", Node.Kind.START), node("end", Node.Kind.END)), List.of(new Flow("flow", "", "start", "end", false, null)));
        Element drawing = BoundedXml.read("<none/>".getBytes(StandardCharsets.UTF_8));
        for (String name : List.of("${sealing.seal(7)}", "#{x}")) {
            Model model = new Model("acme", name, scope);
            CheckedModel checked = new CheckedModel(model, drawing, new Play(model, new Findings()));
            assertThatThrownBy(checked::forTheEngine).isInstanceOf(IllegalStateException.class).hasMessageContaining("there is an expression: " + name);
        }
    }

    private static Node node(String id, Node.Kind kind) {
        return new Node(id, id, kind, Act.NONE, null, Map.of(), List.of(), null, false, "", true, null, "", null, "");
    }
}
