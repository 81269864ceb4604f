package org.zosgrid.bpmn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.EventSubscriptionQuery;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are stuck: those that the engine has given up, those that were tried and found somebody away, and those that told a node something which does not answer. Works in the caller's transaction. Processes go on while they are
 * looked at, so nothing is asked here that fails when somebody is gone.
 *
 * <p>What may be passed over is said by the delegate that a step names, and so holds in every diagram: what brings something about on a node or tells somebody may be,
 * what the proof rests on may not.
 */
public final class StuckSteps {
    /** What is told to one node: passed over, its answer is not waited for either, and a diagram must have a way for that. */
    private static final Set<String> OF_A_NODE = Set.of("${sendContract}", "${withdrawContract}", "${sendAgain}");
    /** What a node says when it has done what it was told: each wait for a node is for one of them. */
    private static final List<String> ANSWERS = List.of("node-running", "node-paused", "node-removed");
    /** The part of its time after which a node that has not answered is silent. */
    private static final int SILENT_AFTER = 4;
    private static final Set<String> PASSED_BY = Set.of("${openRoutes}", "${closeRoutes}", "${tellPeople}", "${callWebhook}", "${openTicket}");
    private static final Map<String, String> WHY_NOT = Map.of(
            "${verifyChange}", "verification is never skipped: what nobody verified must not be approved",
            "${openApproval}", "approval is never skipped: nodes count the signatures",
            "${sealChange}", "sealing is never skipped: what is not in the ledger no node accepts");
    private static final String UNAVAILABLE = "unavailable";
    private static final String SKIPPED = "skipped";
    private static final Pattern TIMES = Pattern.compile("R([0-9]{1,6})/.*");
    /** What the engine does where a diagram says nothing else. */
    private static final int USUAL_TRIES = 20;
    private static final int MAX_SHOWN = 1000;

    private final RuntimeService runtime;
    private final ManagementService jobs;
    private final RepositoryService repository;
    private final Supplier<Tenant> tenant;

    /** @param tenant for whom the calling thread works */
    public StuckSteps(RuntimeService runtime, ManagementService jobs, RepositoryService repository, Supplier<Tenant> tenant) {
        this.runtime = runtime;
        this.jobs = jobs;
        this.repository = repository;
        this.tenant = tenant;
    }

    /** All of them, those that have been so for longest first; at most a thousand of a kind. */
    public List<StuckStep> list() {
        return steps(tenant.get().incidents(runtime).incidentType(Incident.FAILED_JOB_HANDLER_TYPE).listPage(0, MAX_SHOWN),
                tenant.get().variables(runtime).variableNameLike(AwayNote.NAME + "%").listPage(0, MAX_SHOWN), waits(query -> query));
    }

    /** Those of one instance. */
    public List<StuckStep> of(String instance) {
        return steps(tenant.get().incidents(runtime).incidentType(Incident.FAILED_JOB_HANDLER_TYPE).processInstanceId(instance).list(),
                tenant.get().variables(runtime).processInstanceIdIn(instance).variableNameLike(AwayNote.NAME + "%").list(), waits(query -> query.processInstanceId(instance)));
    }

    /** Those where a node was told and does not answer. */
    public List<StuckStep> silent() {
        return steps(List.of(), List.of(), waits(query -> query));
    }

    /** Those that wait for longest first: where there are more than are looked at, the silent ones are among them. */
    private List<EventSubscription> waits(UnaryOperator<EventSubscriptionQuery> of) {
        return ANSWERS.stream().flatMap(answer -> of.apply(tenant.get().subscriptions(runtime).eventType("message").eventName(answer)).orderByCreated().asc().listPage(0, MAX_SHOWN).stream()).toList();
    }

    /**
     * Has a step tried again at once. One that was given up is tried once more, and given up again if it fails. Where one waits, other nodes that are waited for there are tried too.
     *
     * @return whether it is stuck; it is not, too, where the engine tries it at this very moment
     */
    public boolean retry(StuckStep step) {
        if (!isStuck(step)) {
            return false;
        }
        try {
            again(step);
            return true;
        } catch (OptimisticLockingException tried) {
            return false;
        } catch (ProcessEngineException failed) {
            if (isGone(failed)) {
                return false;
            }
            throw failed;
        }
    }

    /** Whether a job was begun, and so was no more, between the moment it was found and the one it was changed. The engine has no exception of its own for that. */
    private static boolean isGone(ProcessEngineException failed) {
        return String.valueOf(failed.getMessage()).contains("No job found with id");
    }

    /**
     * Passes a step over: it comes to it at once, and the process goes on behind it.
     *
     * @throws InvalidChangeException if it is not stuck any more, or never skipped
     */
    public void skip(StuckStep step) {
        step.unskippable().ifPresent(reason -> {
            throw new InvalidChangeException("step: " + reason);
        });
        if (!isStuck(step)) {
            throw new InvalidChangeException("step: " + step.id() + " is not stuck any more");
        }
        List<String> skipped = new ArrayList<>(skipped(step.instance()));
        skipped.add(StuckStep.place(step.step(), step.node()));
        runtime.setVariable(step.instance(), Variables.SKIPPED, skipped);
        again(step);
    }

    @SuppressWarnings("unchecked") // only this class and SkippableStep write it
    private List<String> skipped(String instance) {
        return Objects.requireNonNullElse((List<String>) runtime.getVariable(instance, Variables.SKIPPED), List.of());
    }

    private boolean isStuck(StuckStep step) {
        return of(step.instance()).stream().anyMatch(each -> each.id().equals(step.id()));
    }

    private void again(StuckStep step) {
        switch (step.kind()) {
            case FAILED -> tenant.get().incidents(runtime).incidentType(Incident.FAILED_JOB_HANDLER_TYPE).processInstanceId(step.instance()).activityId(step.step()).list().stream()
                    .filter(each -> node(each.getExecutionId()).equals(step.node())).forEach(each -> {
                        jobs.setJobRetries(each.getConfiguration(), 1);
                        jobs.setJobDuedate(each.getConfiguration(), ClockUtil.getCurrentTime());
                    });
            // What is tried this very moment has no timer.
            case AWAY -> Optional.ofNullable(instance(step.instance())).stream().flatMap(instance -> waiting(step.instance(), step.step(), definition(instance, new HashMap<>())))
                    .forEach(each -> jobs.setJobDuedate(each.getId(), ClockUtil.getCurrentTime()));
            case SILENT -> Optional.ofNullable(instance(step.instance())).stream().flatMap(instance -> {
                Definition definition = definition(instance, new HashMap<>());
                return waits(query -> query.processInstanceId(step.instance())).stream()
                        .filter(each -> step.step().equals(definition.asked().get(each.getActivityId())) && node(each.getExecutionId()).equals(step.node()));
            }).forEach(each -> back(step, each.getExecutionId()));
        }
    }

    /** From the wait for a node back to the step that tells it, for this node alone. */
    private void back(StuckStep step, String execution) {
        waiting(runtime.getActivityInstance(step.instance()), execution).ifPresent(wait -> runtime.createProcessInstanceModification(step.instance())
                .startBeforeActivity(step.step(), wait.getParentActivityInstanceId()).cancelActivityInstance(wait.getId()).execute());
    }

    /** The innermost activity at which an execution waits. */
    private static Optional<ActivityInstance> waiting(@Nullable ActivityInstance activity, String execution) {
        if (activity == null) {
            return Optional.empty();
        }
        Optional<ActivityInstance> inside = Arrays.stream(activity.getChildActivityInstances()).flatMap(child -> waiting(child, execution).stream()).findFirst();
        return inside.isPresent() || activity.getChildActivityInstances().length > 0 ? inside : Optional.of(activity).filter(each -> List.of(each.getExecutionIds()).contains(execution));
    }

    private List<StuckStep> steps(List<Incident> failed, List<VariableInstance> away, List<EventSubscription> waits) {
        Map<String, Definition> definitions = new HashMap<>();
        return Stream.concat(overdue(waits).flatMap(each -> silent(each, definitions).stream()), Stream.concat(failed.stream().filter(each -> isOwn(each.getTenantId())).flatMap(each -> failed(each, definitions).stream()), away.stream().filter(each -> isOwn(each.getTenantId())).flatMap(each -> away(each, definitions).stream())))
                .sorted(Comparator.comparing(StuckStep::since).thenComparing(StuckStep::id)).toList();
    }

    private boolean isOwn(@Nullable String of) {
        return tenant.get().isOwn(Optional.ofNullable(of));
    }

    private Optional<StuckStep> failed(Incident incident, Map<String, Definition> definitions) {
        ProcessInstance instance = instance(incident.getProcessInstanceId());
        Job job = tenant.get().jobs(jobs).jobId(incident.getConfiguration()).singleResult();
        if (instance == null || job == null) {
            return Optional.empty();
        }
        Definition definition = definition(instance, definitions);
        return definition.element(incident.getActivityId()).map(element -> new StuckStep(subject(instance), definition.key(), instance.getId(), element.getId(), name(element), node(incident.getExecutionId()),
                StuckStep.Kind.FAILED, incident.getIncidentTimestamp().toInstant(), AwayNote.shown(Objects.requireNonNullElse(job.getExceptionMessage(), "")), tries(element), unskippable(element)));
    }

    @SuppressWarnings("unchecked") // only AwayNote writes it
    private Optional<StuckStep> away(VariableInstance variable, Map<String, Definition> definitions) {
        ProcessInstance instance = instance(variable.getProcessInstanceId());
        if (instance == null) {
            return Optional.empty();
        }
        Definition definition = definition(instance, definitions);
        String[] place = variable.getName().substring(AwayNote.NAME.length()).split(":", 2);
        boolean atWork = waiting(instance.getId(), place[0], definition).findAny().isPresent()
                || tenant.get().jobs(jobs).processInstanceId(instance.getId()).activityId(place[0]).withRetriesLeft().count() > 0;
        if (!atWork) {
            return Optional.empty();
        }
        AwayNote note = AwayNote.of((List<String>) variable.getValue());
        Optional<String> node = place.length > 1 ? Optional.of(place[1]) : Optional.empty();
        return definition.element(place[0]).map(element -> new StuckStep(subject(instance), definition.key(), instance.getId(), element.getId(), name(element), node,
                StuckStep.Kind.AWAY, note.since(), note.text(), note.tries(), unskippable(element)));
    }

    /** Nearly all have time left, and there is one for each node of each change that is under way: what they all have is asked for at once. */
    private Stream<EventSubscription> overdue(List<EventSubscription> waits) {
        Instant now = ClockUtil.getCurrentTime().toInstant();
        Map<String, Duration> patience = patience(waits.stream().map(EventSubscription::getProcessInstanceId).distinct().toArray(String[]::new));
        return waits.stream().filter(wait -> patience.containsKey(wait.getProcessInstanceId()) && !wait.getCreated().toInstant().plus(patience.get(wait.getProcessInstanceId()).dividedBy(SILENT_AFTER)).isAfter(now));
    }

    /** How long these instances wait for a node. */
    private Map<String, Duration> patience(String[] instances) {
        if (instances.length == 0) {
            return Map.of(); // the engine would take it for all
        }
        return tenant.get().variables(runtime).processInstanceIdIn(instances).variableName(Variables.PROVISIONING_PATIENCE).list().stream()
                .filter(each -> each.getProcessInstanceId().equals(each.getExecutionId()) && each.getValue() instanceof String)
                .collect(Collectors.toMap(VariableInstance::getProcessInstanceId, each -> Duration.parse((String) each.getValue())));
    }

    private Optional<StuckStep> silent(EventSubscription wait, Map<String, Definition> definitions) {
        ProcessInstance instance = instance(wait.getProcessInstanceId());
        if (instance == null) {
            return Optional.empty();
        }
        Definition definition = definition(instance, definitions);
        return Optional.ofNullable(definition.asked().get(wait.getActivityId())).flatMap(definition::element).map(element -> new StuckStep(subject(instance), definition.key(), instance.getId(), element.getId(),
                name(element), node(wait.getExecutionId()), StuckStep.Kind.SILENT, wait.getCreated().toInstant(), "it was told, and has not answered", 1, unskippable(element)));
    }

    /** Timers that end the wait for whoever a step found away. */
    private Stream<Job> waiting(String instance, String step, Definition definition) {
        return definition.away().entrySet().stream().filter(each -> each.getValue().equals(step))
                .flatMap(each -> tenant.get().jobs(jobs).processInstanceId(instance).activityId(each.getKey()).withRetriesLeft().list().stream());
    }

    private @Nullable ProcessInstance instance(String id) {
        return tenant.get().instances(runtime).processInstanceId(id).singleResult();
    }

    private Definition definition(ProcessInstance instance, Map<String, Definition> known) {
        return known.computeIfAbsent(instance.getProcessDefinitionId(), id -> Definition.of(repository.getProcessDefinition(id).getKey(), repository.getBpmnModelInstance(id)));
    }

    /** A drift is about a version too, whose process has ended. */
    private String subject(ProcessInstance instance) {
        Map<String, Object> of = instance.getBusinessKey() != null && instance.getBusinessKey().startsWith(DriftProcesses.DRIFT + ":")
                ? runtime.getVariables(instance.getId(), List.of(Variables.DRIFT_ID, Variables.NAME, Variables.VERSION)) : Map.of();
        return of.containsKey(Variables.DRIFT_ID) ? of.get(Variables.NAME) + ":" + of.get(Variables.VERSION) : Objects.requireNonNullElse(instance.getBusinessKey(), "");
    }

    private static String name(FlowElement element) {
        return Objects.requireNonNullElse(element.getName(), element.getId());
    }

    /** The node that a step is about, looked for upwards from where it stands. */
    private Optional<String> node(String execution) {
        String id = execution;
        while (id != null) {
            VariableInstance node = tenant.get().variables(runtime).executionIdIn(id).variableName(Variables.NODE).singleResult();
            if (node != null) {
                return Optional.of((String) node.getValue());
            }
            Execution at = tenant.get().executions(runtime).executionId(id).singleResult();
            id = at == null ? null : ((ExecutionEntity) at).getParentId();
        }
        return Optional.empty();
    }

    private static int tries(FlowElement element) {
        return element.getExtensionElements() == null ? USUAL_TRIES : element.getExtensionElements().getElements().stream()
                .filter(each -> each.getElementType().getTypeName().equals("failedJobRetryTimeCycle")).map(each -> TIMES.matcher(each.getTextContent().strip()))
                .filter(Matcher::matches).map(each -> Integer.parseInt(each.group(1))).findFirst().orElse(USUAL_TRIES);
    }

    /** Why a step is never passed over; empty if it may be. */
    private static Optional<String> unskippable(FlowElement element) {
        String delegate = element instanceof ServiceTask task ? Objects.requireNonNullElse(task.getCamundaDelegateExpression(), "") : "";
        if (PASSED_BY.contains(delegate) || OF_A_NODE.contains(delegate) && hasAWayRound(element)) {
            return Optional.empty();
        }
        if (OF_A_NODE.contains(delegate)) {
            return Optional.of("its process began with a version of the diagram that has no way round it");
        }
        return Optional.of(WHY_NOT.getOrDefault(delegate, "only what tells nodes, gateways or people something is ever skipped, and this does not"));
    }

    private static boolean hasAWayRound(FlowElement element) {
        return element.getParentElement().getChildElementsByType(BoundaryEvent.class).stream().filter(event -> event.getAttachedTo().equals(element)).anyMatch(event -> catches(event, SKIPPED));
    }

    private static boolean catches(BoundaryEvent event, String code) {
        return event.getChildElementsByType(ErrorEventDefinition.class).stream().anyMatch(each -> each.getError() != null && code.equals(each.getError().getErrorCode()));
    }

    /**
     * A diagram, and what its waits are about.
     *
     * @param away by the id of a timer that is waited for because somebody is away, the id of the step that found them so
     * @param asked by the id of an event by which a node answers, the id of the step that told it
     */
    private record Definition(String key, BpmnModelInstance model, Map<String, String> away, Map<String, String> asked) {
        Optional<FlowElement> element(String id) {
            return model.getModelElementById(id) instanceof FlowElement element ? Optional.of(element) : Optional.empty();
        }

        static Definition of(String key, BpmnModelInstance model) {
            Map<String, String> away = new HashMap<>();
            // Compiled models say of their flows alone what leads where. A timer may lead on to a gateway first.
            for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
                if (flow.getSource() instanceof BoundaryEvent event && catches(event, UNAVAILABLE) && flow.getTarget() instanceof IntermediateCatchEvent timer) {
                    away.put(timer.getId(), event.getAttachedTo().getId());
                }
            }
            Map<FlowNode, List<FlowNode>> before = new HashMap<>();
            model.getModelElementsByType(SequenceFlow.class).forEach(flow -> before.computeIfAbsent(flow.getTarget(), target -> new ArrayList<>()).add(flow.getSource()));
            Map<String, String> asked = new HashMap<>();
            model.getModelElementsByType(IntermediateCatchEvent.class).forEach(event -> told(event, before).ifPresent(step -> asked.put(event.getId(), step)));
            return new Definition(key, model, away, asked);
        }

        /** Back through gateways to the step that tells a node something. */
        private static Optional<String> told(FlowNode from, Map<FlowNode, List<FlowNode>> before) {
            return before.getOrDefault(from, List.of()).stream().flatMap(each -> each instanceof Gateway ? told(each, before).stream()
                    : each instanceof ServiceTask task && OF_A_NODE.contains(Objects.requireNonNullElse(task.getCamundaDelegateExpression(), "")) ? Stream.of(task.getId()) : Stream.of()).findFirst();
        }
    }
}
