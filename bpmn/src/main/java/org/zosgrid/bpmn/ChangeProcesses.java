package org.zosgrid.bpmn;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.task.Task;

/** How the application starts processes and tells them what people and nodes answered. Works in the caller's transaction. */
public final class ChangeProcesses {
    /** Key of the process that runs a deployment, {@code deploy.bpmn}. */
    public static final String DEPLOY = "deploy";
    /** Key of the process that brings a deployment to rest, {@code pause.bpmn}. */
    public static final String PAUSE = "pause";
    /** Key of the process that makes it run again, {@code resume.bpmn}. */
    public static final String RESUME = "resume";
    /** Key of the process that runs a removal, {@code decommission.bpmn}. */
    public static final String DECOMMISSION = "decommission";

    /** Key of the process that puts a customer's model in force, {@code model.bpmn}. */
    public static final String MODEL = "model";
    /** Key of the process that passes a stuck step over, {@code skip.bpmn}. */
    public static final String SKIP = "skip";
    /** Key of the process by which a node comes, {@code admission.bpmn}. */
    public static final String ADMISSION = "admission";
    /** Key of the process by which a node goes, {@code retirement.bpmn}. */
    public static final String RETIREMENT = "retirement";

    /** Key of the process by which an image is released to an environment, or is so no more, {@code promotion.bpmn}. */
    public static final String PROMOTION = "promotion";

    /** Key of the process that runs a deployment that cannot wait, {@code emergency.bpmn}. */
    public static final String EMERGENCY = "emergency";
    /** Key of the process by which people say what they found of one afterwards, {@code review.bpmn}. */
    public static final String REVIEW = "review";

    /** Keys of all built-in processes: no customer's model may have one of them. */
    public static final Set<String> BUILT_IN = Set.of(DEPLOY, PAUSE, RESUME, DECOMMISSION, MODEL, SKIP, ADMISSION, RETIREMENT, PROMOTION, EMERGENCY, REVIEW, RotationProcesses.TRUST_ROOT, DriftProcesses.DRIFT);

    /** The part of the patience after which people are told that something is left on a retiring node. */
    private static final int REMIND = 4;

    /** What the engine calls the activity that is the whole instance. */
    private static final String PROCESS = "processDefinition";
    /** Ids of the tasks that are seats end so: in the built-in models it is all of the id. */
    private static final String APPROVE = "%approve";
    private static final int MOST_SEATS = 1000;
    private static final int MOST_TEXT = 1000;
    private static final Set<String> CONTAINERS = Set.of(ActivityTypes.SUB_PROCESS, ActivityTypes.MULTI_INSTANCE_BODY, PROCESS);

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ProcessTiming timing;
    private final Supplier<Tenant> tenant;

    /** @param history is not asked: what an ended process did stands in the ledger */
    public ChangeProcesses(RuntimeService runtime, TaskService tasks, HistoryService history, ProcessTiming timing) {
        this(runtime, tasks, timing, () -> Tenant.NONE);
    }

    /** @param tenant for whom the calling thread works */
    public ChangeProcesses(RuntimeService runtime, TaskService tasks, ProcessTiming timing, Supplier<Tenant> tenant) {
        this.tenant = tenant;
        this.runtime = runtime;
        this.tasks = tasks;
        this.timing = timing;
    }

    /** Starts a process with the business key {@code NAME:VERSION}; its first step runs in a transaction of its own. Returns the instance's id. */
    public String start(String process, long change, String name, long version) {
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CHANGE_ID, change);
        variables.put(Variables.NAME, name);
        variables.put(Variables.VERSION, version);
        variables.put(Variables.STARTED_AT, ClockUtil.getCurrentTime());
        variables.put(Variables.RETRY_PAUSE, timing.retryPause().toString());
        variables.put(Variables.VERIFY_UNTIL, later(timing.verificationPatience()));
        variables.put(Variables.PROVISIONING_PATIENCE, timing.provisioningPatience().toString());
        variables.put(Variables.PATIENCE, timing.rotationPatience().toString());
        variables.put(Variables.REMIND_AFTER, timing.rotationPatience().dividedBy(REMIND).toString());
        variables.put(Variables.WHY, "");
        variables.put(Variables.LACKING, "");
        variables.put(Variables.AWAY, "");
        variables.put(Variables.SAID, "");
        return tenant.get().start(runtime, process).businessKey(name + ":" + version).setVariables(variables).execute().getId();
    }

    /** By the engine's clock, which the model compares it with. */
    private static Date later(Duration patience) {
        return Date.from(ClockUtil.getCurrentTime().toInstant().plus(patience));
    }

    /**
     * Somebody approved: their seat is taken. False if no seat is open for them.
     *
     * @param missing what all approvals so far lack; the seats stay open until that is nothing and the quorum is reached, and when everybody has taken theirs the
     *     change ends with it
     */
    public boolean approved(String instance, String person, List<String> missing) {
        Task seat = tenant.get().tasks(tasks).processInstanceId(instance).taskDefinitionKeyLike(APPROVE).taskAssignee(person).singleResult();
        if (seat == null) {
            return false;
        }
        tasks.complete(seat.getId(), Map.of(Variables.ENOUGH, missing.isEmpty(), Variables.LACKING, shortened(String.join("; ", missing))));
        return true;
    }

    /** The engine keeps texts up to 4000 characters. */
    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
    }

    /** Somebody rejected. False if approval is not open. */
    public boolean rejected(String instance, String person, String reason) {
        return ended(instance, "change-rejected", person + ": " + reason);
    }

    /** The author takes the change back. False if approval is not open. */
    public boolean withdrawn(String instance, String reason) {
        return ended(instance, "change-withdrawn", reason);
    }

    /** Whatever was done since it was sealed is taken back, in reverse order. False if nothing of the kind is under way, or it is being taken back already. */
    public boolean undone(String instance, String why) {
        return ended(instance, "change-undone", why);
    }

    /** Ends an instance in which nothing was approved yet, whatever it stands at. */
    public void end(String instance, String why) {
        runtime.deleteProcessInstance(instance, why);
    }

    /** Also of an instance that is suspended: what ends it takes the suspension away. */
    private boolean ended(String instance, String message, String why) {
        Execution waiting = tenant.get().executions(runtime).processInstanceId(instance).messageEventSubscriptionName(message).singleResult();
        if (waiting == null) {
            return false;
        }
        if (waiting.isSuspended()) {
            runtime.activateProcessInstanceById(instance);
        }
        runtime.messageEventReceived(message, waiting.getId(), Map.of(Variables.WHY, why, Variables.SAID, why));
        return true;
    }

    /** A node answered. False if the process does not wait for this answer of that node. */
    public boolean nodeAnswered(String instance, String node, NodeAnswer answer, String why) {
        String message = switch (answer) {
            case RUNNING -> "node-running";
            case PAUSED -> "node-paused";
            case REMOVED -> "node-removed";
            case REFUSED -> "node-refused";
            case FAILED -> "node-failed";
        };
        for (Execution waiting : tenant.get().executions(runtime).processInstanceId(instance).messageEventSubscriptionName(message).list()) {
            if (node.equals(runtime.getVariable(waiting.getId(), Variables.NODE))) {
                runtime.messageEventReceived(message, waiting.getId(), Map.of(Variables.SAID, why));
                return true;
            }
        }
        return false;
    }

    /** What a node has come to that an admission or a retirement waits for. */
    public enum NodeMilestone {
        /** The trust root in force names it as the admission does. */
        IN_ROOT,
        /** No deployment has anything on it. */
        EMPTY,
        /** The trust root in force does not name it. */
        OUT_OF_ROOT,
        /** An admission was sealed after the retirement. */
        CALLED_OFF
    }

    /** A node has come so far. False if the process does not wait for it: telling twice does no harm. */
    public boolean nodeHasCome(String instance, NodeMilestone milestone) {
        String message = switch (milestone) {
            case IN_ROOT -> "node-in-root";
            case EMPTY -> "node-empty";
            case OUT_OF_ROOT -> "node-out-of-root";
            case CALLED_OFF -> "node-called-off";
        };
        Execution waiting = tenant.get().executions(runtime).processInstanceId(instance).messageEventSubscriptionName(message).singleResult();
        if (waiting == null) {
            return false;
        }
        runtime.messageEventReceived(message, waiting.getId());
        return true;
    }

    /** Names of the activities that are under way, as they stand in the diagram; empty for an ended instance. */
    public List<String> position(String instance) {
        ActivityInstance root = runtime.getActivityInstance(instance);
        if (root == null) {
            return List.of();
        }
        Set<String> names = new TreeSet<>();
        addLeaves(root, names);
        return List.copyOf(names);
    }

    private static void addLeaves(ActivityInstance activity, Set<String> names) {
        ActivityInstance[] children = activity.getChildActivityInstances();
        Arrays.stream(children).forEach(child -> addLeaves(child, names));
        if (children.length == 0) {
            addUnlessContainer(activity.getActivityType(), activity.getActivityName(), names);
        }
        // Transitions are activities that a job is about to begin.
        Arrays.stream(activity.getChildTransitionInstances()).forEach(next -> addUnlessContainer(next.getActivityType(), next.getActivityName(), names));
    }

    /** A multi-instance activity keeps the instances that are done until all of them are: an empty container is one of these. */
    private static void addUnlessContainer(String type, String name, Set<String> names) {
        if (!CONTAINERS.contains(type)) {
            names.add(name);
        }
    }

    /** People whose seat is open, by name. */
    public List<String> openSeats(String instance) {
        return openSeats(Set.of(instance)).getOrDefault(instance, List.of());
    }

    /** People whose seats are open, by name, of each of these instances that has any; one question to the engine, however many they are. */
    public Map<String, List<String>> openSeats(Set<String> instances) {
        if (instances.isEmpty()) {
            return Map.of(); // the engine would take it for all
        }
        return tenant.get().tasks(tasks).processInstanceIdIn(instances.toArray(String[]::new)).taskDefinitionKeyLike(APPROVE).list().stream().sorted(Comparator.comparing(Task::getAssignee))
                .collect(Collectors.groupingBy(Task::getProcessInstanceId, Collectors.mapping(Task::getAssignee, Collectors.toList())));
    }

    /** Instances in which this person has an open seat, the oldest seats first; at most {@value #MOST_SEATS}. */
    public List<String> instancesWaitingFor(String person) {
        return tenant.get().tasks(tasks).taskAssignee(person).taskDefinitionKeyLike(APPROVE).orderByTaskCreateTime().asc().listPage(0, MOST_SEATS).stream().map(Task::getProcessInstanceId).toList();
    }
}
