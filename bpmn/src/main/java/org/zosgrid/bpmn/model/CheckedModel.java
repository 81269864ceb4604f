package org.zosgrid.bpmn.model;

import java.util.List;
import java.util.Set;
import org.zosgrid.bpmn.condition.Subject;
import org.zosgrid.bpmn.xml.Element;

/** A model without findings, and what the engine gets instead of it. */
public final class CheckedModel {
    private final Model model;
    private final Element drawing;
    private final Play play;

    CheckedModel(Model model, Element drawing, Play play) {
        this.model = model;
        this.drawing = drawing;
        this.play = play;
    }

    /** Id of the process, by which it is started. */
    public String id() {
        return model.id();
    }

    public String name() {
        return model.name();
    }

    /** Whether it is for removals; otherwise it is for deployments. */
    public boolean removes() {
        return model.scope().all().anyMatch(node -> node.act() == Act.REMOVE);
    }

    /** Which tables are asked for approvals on the way of a change, where nothing goes wrong on it. A way that depends on how long the process takes is gone both ways. */
    public List<Asked> asked(Subject subject) {
        return ApprovalsAhead.of(model.scope(), subject);
    }

    /** The model in the engine's terms, as a {@code .bpmn} file: written from what was understood, with nothing else in it. */
    public byte[] forTheEngine() {
        byte[] compiled = EngineXml.of(model, drawing);
        readBack(compiled);
        return compiled;
    }

    /** A second lock: what the engine may have is a list too, and a fault in the compiler must not reach it. */
    private static void readBack(byte[] compiled) {
        Findings findings = new Findings();
        ModelReader reader = new ModelReader(new BuiltInDialect(), findings);
        reader.document(compiled).flatMap(reader::model).ifPresent(model -> new Structure(findings).check(model));
        if (!findings.isEmpty()) {
            throw new IllegalStateException("what was compiled is not what the engine may have: " + findings.list());
        }
    }

    /** Situations in which it rests. */
    Set<Rest> rests() {
        return play.rests();
    }
}
