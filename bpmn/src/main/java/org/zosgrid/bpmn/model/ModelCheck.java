package org.zosgrid.bpmn.model;

import java.util.List;
import java.util.Optional;
import org.zosgrid.bpmn.xml.Element;

/** Checks models before the engine sees them: by a list of what may stand in them, and by playing them in every way. */
public final class ModelCheck {
    private final Dialect dialect;

    private ModelCheck(Dialect dialect) {
        this.dialect = dialect;
    }

    /** For models that customers draw. */
    public static ModelCheck ofCustomers(Surroundings surroundings) {
        return new ModelCheck(new CustomersDialect(surroundings));
    }

    /** For the built-in models, and for what customers' models are compiled to: the same rules, in the engine's own terms. */
    public static ModelCheck ofTheEngine() {
        return new ModelCheck(new BuiltInDialect());
    }

    /** What is wrong with a file; nothing if it may be deployed. The order of steps is looked at when everything before it is right. */
    public List<Finding> check(byte[] file) {
        Findings findings = new Findings();
        read(file, findings);
        return findings.list();
    }

    /**
     * A file as the engine may have it.
     *
     * @throws RefusedModelException if there are findings
     */
    public CheckedModel checked(byte[] file) throws RefusedModelException {
        Findings findings = new Findings();
        Optional<CheckedModel> model = read(file, findings);
        if (model.isEmpty()) {
            throw new RefusedModelException(findings.list());
        }
        return model.get();
    }

    private Optional<CheckedModel> read(byte[] file, Findings findings) {
        ModelReader reader = new ModelReader(dialect, findings);
        Optional<Element> root = reader.document(file);
        Optional<Model> model = root.flatMap(reader::model);
        if (model.isEmpty()) {
            return Optional.empty();
        }
        new Structure(findings).check(model.get());
        if (!findings.isEmpty()) {
            return Optional.empty();
        }
        Play play = new Play(model.get(), findings);
        play.run();
        return findings.isEmpty() ? Optional.of(new CheckedModel(model.get(), root.get(), play)) : Optional.empty();
    }
}
