package org.zosgrid.bpmn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Writes down which sequence flows of the models were taken by any test of this JVM, as {@code process/flow}, for {@link FlowCoverage}. */
final class TakenFlows extends AbstractBpmnParseListener {
    static final Path FILE = Path.of("target", "taken-flows.txt");

    private static final Set<String> TAKEN = new ConcurrentSkipListSet<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TakenFlows::write));
    }

    @Override
    public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl flow) {
        String key = ((ProcessDefinitionEntity) flow.getProcessDefinition()).getKey();
        flow.addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener) execution -> TAKEN.add(key + "/" + flow.getId()));
    }

    private static void write() {
        try {
            Files.write(FILE, TAKEN);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
