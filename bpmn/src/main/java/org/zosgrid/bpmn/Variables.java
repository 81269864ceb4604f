package org.zosgrid.bpmn;

import java.util.List;
import org.camunda.bpm.engine.delegate.VariableScope;

/** Names of the variables that the models and the steps share. Everything else about a change stands in the database. */
final class Variables {
    static final String CHANGE_ID = "changeId";
    static final String NAME = "name";
    /** Which drift a process is about; such a process is about no change. */
    static final String DRIFT_ID = "driftId";
    static final String VERSION = "version";

    /** When the process began, by the engine's clock. */
    static final String STARTED_AT = "startedAt";

    static final String RETRY_PAUSE = "retryPause";
    static final String VERIFY_UNTIL = "verifyUntil";
    static final String PROVISIONING_PATIENCE = "provisioningPatience";

    static final String KIND = "kind";
    static final String ENVIRONMENT = "environment";
    static final String EXPOSED = "exposed";
    static final String MACHINES = "machines";
    static final String MEMORY_MIB = "memoryMiB";
    static final String DATA_CLASS = "dataClass";
    static final String COST = "cost";
    static final String HOUR = "hour";
    /** What the decision table demands. */
    static final String DEMANDED = "demanded";
    /** Groups that it demands, separated by commas; none if it says nothing of groups. */
    static final String DEMANDED_GROUPS = "demandedGroups";

    static final String PEOPLE = "people";
    static final String QUORUM = "quorum";
    /** Whether the approvals so far satisfy every rule, whoever they are by. */
    static final String ENOUGH = "enough";
    /** What they lack, in sentences; empty if nothing. */
    static final String LACKING = "lacking";
    static final String REMIND_AT = "remindAt";
    static final String DUE_AT = "dueAt";
    /** Whether the time windows of all rules are open. */
    static final String WINDOW_OPEN = "windowOpen";
    /** When they are open next. */
    static final String OPENS_AT = "opensAt";

    /** Whether a customer's model is in force now, or was taken out of it. */
    static final String IN_FORCE = "inForce";

    static final String NODES = "nodes";
    /** The one node that a multi-instance activity is about. */
    static final String NODE = "node";
    /** Nodes that have not yet done what the contract asks. */
    static final String SILENT = "silent";
    /** Nodes that refuse a new trust root. */
    static final String REFUSING = "refusing";
    /** After which time people are told who has not followed a new trust root; ISO 8601. */
    static final String REMIND_AFTER = "remindAfter";
    /** After which time it is no longer waited for; ISO 8601. */
    static final String PATIENCE = "patience";
    /** Whether a node that must undo something will answer. */
    static final String ANSWER_EXPECTED = "answerExpected";
    /** What a node said with its answer. */
    static final String SAID = "said";

    /** The last time that somebody could not be reached: what was the matter. Empty if it never happened. */
    static final String AWAY = "away";
    /** Why a change does not take its usual way; empty as long as it does. */
    static final String WHY = "why";
    /** Which {@link Outcome.Stage} an element of the diagram enters; local to the element. */
    static final String STAGE = "stage";

    /** Steps that a quorum has passed over, and that have not come to it yet; see {@link StuckStep#place}. */
    static final String SKIPPED = "skipped";

    private Variables() {}

    @SuppressWarnings("unchecked") // whoever writes a list writes one of strings
    static List<String> strings(VariableScope scope, String name) {
        return (List<String>) scope.getVariable(name);
    }
}
