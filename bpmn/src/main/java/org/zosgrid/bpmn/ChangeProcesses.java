package org.zosgrid.bpmn;

import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;

/** How the application starts processes and tells them what people and nodes answered. Works in the caller's transaction. */
public final class ChangeProcesses {
    /** Key of the process that runs a deployment, {@code deploy.bpmn}. */
    public static final String DEPLOY = "deploy";
    /** Key of the process that runs a removal, {@code decommission.bpmn}. */
    public static final String DECOMMISSION = "decommission";

    public ChangeProcesses(RuntimeService runtime, TaskService tasks, HistoryService history, ProcessTiming timing) {
        throw new UnsupportedOperationException();
    }

    /** Starts a process with the business key {@code NAME:VERSION}; its first step runs in a transaction of its own. Returns the instance's id. */
    public String start(String process, long change, String name, long version) {
        throw new UnsupportedOperationException();
    }

    /** Somebody approved: their seat is taken. False if no seat is open for them. */
    public boolean approved(String instance, String person) {
        throw new UnsupportedOperationException();
    }

    /** Somebody rejected. False if approval is not open. */
    public boolean rejected(String instance, String person, String reason) {
        throw new UnsupportedOperationException();
    }

    /** The author takes the change back. False if approval is not open. */
    public boolean withdrawn(String instance, String reason) {
        throw new UnsupportedOperationException();
    }

    /** A node answered. False if the process does not wait for this answer of that node. */
    public boolean nodeAnswered(String instance, String node, NodeAnswer answer, String why) {
        throw new UnsupportedOperationException();
    }

    /** Names of the activities that are under way, as they stand in the diagram; empty for an ended instance. */
    public List<String> position(String instance) {
        throw new UnsupportedOperationException();
    }

    /** People whose seat is open, by name. */
    public List<String> openSeats(String instance) {
        throw new UnsupportedOperationException();
    }
}
