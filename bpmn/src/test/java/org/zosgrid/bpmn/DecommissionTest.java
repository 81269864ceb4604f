package org.zosgrid.bpmn;

class DecommissionTest extends TakingDown {
    DecommissionTest() {
        super(ChangeProcesses.DECOMMISSION, new ChangeFacts("decommission", "development", false, 1, 64), Outcome.Stage.REMOVING, NodeAnswer.REMOVED, Outcome.Stage.REMOVED);
    }
}
