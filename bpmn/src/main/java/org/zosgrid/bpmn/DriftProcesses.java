package org.zosgrid.bpmn;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** How the application starts the process of a drift and tells it what people choose and nodes say. Works in the caller's transaction. */
public final class DriftProcesses {
    /** Key of the process that lasts until what drifted is well again or replaced, {@code drift.bpmn}. */
    public static final String DRIFT = "drift";

    private static final String REPAIR = "drift-repair";
    private static final String NOT_MENDED = "drift-not-mended";
    private static final String WELL = "drift-well";
    private static final String REPLACED = "drift-replaced";

    private final RuntimeService runtime;
    private final Duration retryPause;
    private final Duration patience;
    private final Duration remindAfter;
    private final Supplier<Tenant> tenant;

    /**
     * @param retryPause how long a node that is away is left alone
     * @param patience how long it may take until it answers a repair
     * @param remindAfter after which time people are told again that nothing was chosen
     * @param tenant for whom the calling thread works
     */
    public DriftProcesses(RuntimeService runtime, Duration retryPause, Duration patience, Duration remindAfter, Supplier<Tenant> tenant) {
        this.runtime = runtime;
        this.retryPause = retryPause;
        this.patience = patience;
        this.remindAfter = remindAfter;
        this.tenant = tenant;
    }

    /** Starts the process of a drift, with the business key {@code drift:ID}; people are told within the call. Returns the instance's id. */
    public String start(long drift, String name, long version, String node) {
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.DRIFT_ID, drift);
        variables.put(Variables.NAME, name);
        variables.put(Variables.VERSION, version);
        variables.put(Variables.NODE, node);
        variables.put(Variables.RETRY_PAUSE, retryPause.toString());
        variables.put(Variables.PATIENCE, patience.toString());
        variables.put(Variables.REMIND_AFTER, remindAfter.toString());
        variables.put(Variables.AWAY, "");
        variables.put(Variables.SAID, "");
        return tenant.get().start(runtime, DRIFT).businessKey(key(drift)).setVariables(variables).execute().getId();
    }

    /** Drifts whose process is under way. */
    public List<Long> underWay() {
        return tenant.get().instances(runtime).processDefinitionKey(DRIFT).list().stream()
                .map(ProcessInstance::getBusinessKey).filter(Objects::nonNull).map(key -> Long.valueOf(key.substring(key.indexOf(':') + 1))).sorted().toList();
    }

    /** Somebody chose to send the contract again. False if that is under way already, or the process is over. */
    public boolean repair(long drift) {
        return told(REPAIR, drift, "");
    }

    /** The node will not or cannot do what was sent again. False if no answer is waited for. */
    public boolean notMended(long drift, String why) {
        return told(NOT_MENDED, drift, why);
    }

    /** The node says that everything runs. False if the process is over. */
    public boolean well(long drift) {
        return told(WELL, drift, "");
    }

    /** Another version is in its place. False if the process is over. */
    public boolean replaced(long drift) {
        return told(REPLACED, drift, "");
    }

    private boolean told(String message, long drift, String said) {
        Execution waiting = tenant.get().executions(runtime).processDefinitionKey(DRIFT).processInstanceBusinessKey(key(drift)).messageEventSubscriptionName(message).singleResult();
        if (waiting == null) {
            return false;
        }
        runtime.messageEventReceived(message, waiting.getId(), Map.of(Variables.SAID, said));
        return true;
    }

    private static String key(long drift) {
        return DRIFT + ":" + drift;
    }
}
