package org.zosgrid.bpmn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** How the application starts the process of a new trust root and tells it what nodes' receipts say. Works in the caller's transaction. */
public final class RotationProcesses {
    /** Key of the process that waits until every node decides by a new trust root, {@code trust-root.bpmn}. */
    public static final String TRUST_ROOT = "trust-root";

    private static final String FOLLOWS = "node-follows";
    private static final String REFUSES = "node-refuses-root";
    /** The part of the patience after which people are told that nodes are silent. */
    private static final int REMIND = 4;

    private final RuntimeService runtime;
    private final Duration patience;
    private final Supplier<Tenant> tenant;

    /** @param patience how long nodes may take until the process ends without them; who is silent is told after a quarter of it */
    public RotationProcesses(RuntimeService runtime, Duration patience) {
        this(runtime, patience, () -> Tenant.NONE);
    }

    /** @param tenant for whom the calling thread works */
    public RotationProcesses(RuntimeService runtime, Duration patience, Supplier<Tenant> tenant) {
        this.tenant = tenant;
        this.runtime = runtime;
        this.patience = patience;
    }

    /** Starts the process of a version that was sealed just now, with the business key {@code trust-root:VERSION}. Returns the instance's id. */
    public String start(long version, Collection<String> nodes) {
        List<String> names = List.copyOf(new TreeSet<>(nodes));
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.VERSION, version);
        variables.put(Variables.NODES, new ArrayList<>(names));
        variables.put(Variables.SILENT, new ArrayList<>(names));
        variables.put(Variables.REFUSING, new ArrayList<>());
        variables.put(Variables.REMIND_AFTER, patience.dividedBy(REMIND).toString());
        variables.put(Variables.PATIENCE, patience.toString());
        return tenant.get().start(runtime, TRUST_ROOT).businessKey(key(version)).setVariables(variables).execute().getId();
    }

    /** Versions whose process waits for nodes. */
    public List<Long> waiting() {
        return tenant.get().instances(runtime).processDefinitionKey(TRUST_ROOT).list().stream()
                .map(ProcessInstance::getBusinessKey).filter(Objects::nonNull).map(key -> Long.valueOf(key.substring(key.indexOf(':') + 1))).sorted().toList();
    }

    /** A node decides by this version, or a later one. False if the process does not wait for it: telling twice does no harm. */
    public boolean follows(long version, String node) {
        return told(FOLLOWS, version, node);
    }

    /** A node refuses it and will not take it. False as for {@link #follows}. */
    public boolean refuses(long version, String node) {
        return told(REFUSES, version, node);
    }

    private boolean told(String message, long version, String node) {
        for (Execution waiting : tenant.get().executions(runtime).processDefinitionKey(TRUST_ROOT).processInstanceBusinessKey(key(version)).messageEventSubscriptionName(message).list()) {
            if (node.equals(runtime.getVariable(waiting.getId(), Variables.NODE))) {
                runtime.messageEventReceived(message, waiting.getId());
                return true;
            }
        }
        return false;
    }

    private static String key(long version) {
        return TRUST_ROOT + ":" + version;
    }
}
