package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.condition.Variable;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.model.ModelsInForce;
import org.zosgrid.workloads.view.TableTrial;

/** Asks a decision table that nobody has signed yet about a change that nobody has made. */
@Stateless
public class TryTable {
    @Inject private ModelsInForce models;

    /** @throws RefusedException INVALID if there are no such changes */
    public TableTrial ask(String file, TableTrial.Change change) {
        List<Fault> faults = new ArrayList<>();
        check("kind", Variable.KIND, change.kind(), faults);
        check("environment", Variable.ENVIRONMENT, change.environment(), faults);
        check("dataClass", Variable.DATA_CLASS, change.dataClass(), faults);
        if (!faults.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, "There are no such changes", faults);
        }
        return models.trial(file.getBytes(StandardCharsets.UTF_8), new ChangeFacts(change.kind(), change.environment(), change.exposed(), change.machines(), change.memoryMiB(),
                change.dataClass(), change.cost(), change.hour()));
    }

    private static void check(String field, Variable variable, String value, List<Fault> faults) {
        if (!variable.choices().contains(value)) {
            faults.add(new Fault(field, "must be one of " + String.join(", ", variable.choices()), value));
        }
    }
}
