package org.zosgrid.bpmn;

class PauseTest extends TakingDown {
    PauseTest() {
        super(ChangeProcesses.PAUSE, new ChangeFacts("pause", "production", false, 1, 64), Outcome.Stage.PAUSING, NodeAnswer.PAUSED, Outcome.Stage.PAUSED);
    }
}
