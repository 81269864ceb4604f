package org.zosgrid.bpmn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are stuck: those that the engine has given up, and those whose diagram waits because somebody is away. Works in the caller's transaction.
 *
 * <p>What may be passed over is said by the delegate that a step names, and so holds in every diagram: what brings something about on a node or tells somebody may be,
 * what the proof rests on may not.
 */
public final class StuckSteps {
    /** What is told to one node: passed over, its answer is not waited for either, and a diagram must have a way for that. */
    private static final Set<String> OF_A_NODE = Set.of("${sendContract}", "${withdrawContract}");
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
    private static final int MAX_TEXT = 2000;

    private final RuntimeService runtime;
    private final ManagementService jobs;
    private final RepositoryService repository;
    private final HistoryService history;

    public StuckSteps(RuntimeService runtime, ManagementService jobs, RepositoryService repository, HistoryService history) {
        this.runtime = runtime;
        this.jobs = jobs;
        this.repository = repository;
        this.history = history;
    }

    /** A step with the job that is at work on it. */
    private record Found(StuckStep step, Job job) {}

    /** All of them, those that have been so for longest first; at most a thousand of a kind. */
    public List<StuckStep> list() {
        List<Job> found = new ArrayList<>();
        for (Incident each : runtime.createIncidentQuery().incidentType(Incident.FAILED_JOB_HANDLER_TYPE).listPage(0, MAX_SHOWN)) {
            Optional.ofNullable(jobs.createJobQuery().jobId(each.getConfiguration()).singleResult()).ifPresent(found::add);
        }
        Map<String, Definition> definitions = new HashMap<>();
        for (ProcessDefinition each : repository.createProcessDefinitionQuery().list()) {
            Definition definition = definition(each.getId(), definitions);
            Stream.concat(definition.away().keySet().stream(), definition.away().values().stream()).forEach(activity -> found.addAll(jobs.createJobQuery().processDefinitionId(each.getId()).activityId(activity).withRetriesLeft().listPage(0, MAX_SHOWN)));
        }
        return steps(found, definitions).stream().map(Found::step).sorted(Comparator.comparing(StuckStep::since).thenComparing(StuckStep::id)).toList();
    }

    /** Those of one instance. */
    public List<StuckStep> of(String instance) {
        return ofInstance(instance).stream().map(Found::step).toList();
    }

    /**
     * Has a step tried again at once. One that was given up is tried once more, and given up again if it fails.
     *
     * @return whether it is stuck
     */
    public boolean retry(StuckStep step) {
        Optional<Found> found = find(step);
        found.ifPresent(this::again);
        return found.isPresent();
    }

    @SuppressWarnings("unchecked") // only this class and Step write it
    private List<String> skipped(String instance) {
        return Objects.requireNonNullElse((List<String>) runtime.getVariable(instance, Variables.SKIPPED), List.of());
    }

    private void again(Found found) {
        if (found.step().kind() == StuckStep.Kind.FAILED) {
            jobs.setJobRetries(found.job().getId(), 1);
        }
        boolean triedNow = found.step().kind() == StuckStep.Kind.AWAY && activity(found.job()).equals(found.step().step());
        if (!triedNow) {
            jobs.setJobDuedate(found.job().getId(), ClockUtil.getCurrentTime());
        }
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
        Found found = find(step).orElseThrow(() -> new InvalidChangeException("step: " + step.id() + " is not stuck any more"));
        List<String> skipped = new ArrayList<>(skipped(step.instance()));
        skipped.add(StuckStep.place(step.step(), step.node()));
        runtime.setVariable(step.instance(), Variables.SKIPPED, skipped);
        again(found);
    }

    private Optional<Found> find(StuckStep step) {
        return ofInstance(step.instance()).stream().filter(each -> each.step().id().equals(step.id())).findFirst();
    }

    private List<Found> ofInstance(String instance) {
        return steps(jobs.createJobQuery().processInstanceId(instance).list(), new HashMap<>());
    }

    private List<Found> steps(List<Job> found, Map<String, Definition> definitions) {
        List<Found> steps = new ArrayList<>();
        for (Job job : found) {
            if (job.getProcessInstanceId() != null && job.getProcessDefinitionId() != null) {
                Definition definition = definition(job.getProcessDefinitionId(), definitions);
                step(job, definition).ifPresent(step -> steps.add(new Found(step, job)));
            }
        }
        return steps;
    }

    private Definition definition(String id, Map<String, Definition> known) {
        return known.computeIfAbsent(id, each -> Definition.of(repository.getBpmnModelInstance(each)));
    }

    private Optional<StuckStep> step(Job job, Definition definition) {
        String activity = activity(job);
        boolean failed = job.getRetries() == 0;
        // Between two waits the step itself is tried, which can take a while: it is stuck all the same.
        boolean triedNow = !failed && definition.away().containsValue(activity);
        String step = failed || triedNow ? activity : definition.away().get(activity);
        ProcessInstance instance = runtime.createProcessInstanceQuery().processInstanceId(job.getProcessInstanceId()).singleResult();
        if (step == null || step.isEmpty() || instance == null || !(definition.model().getModelElementById(step) instanceof FlowElement element)) {
            return Optional.empty();
        }
        Optional<String> node = variable(job, Variables.NODE);
        String name = Objects.requireNonNullElse(element.getName(), step);
        String subject = Objects.requireNonNullElse(instance.getBusinessKey(), "");
        Optional<String> unskippable = unskippable(element);
        if (failed) {
            return Optional.of(new StuckStep(subject, job.getProcessDefinitionKey(), instance.getId(), step, name, node, StuckStep.Kind.FAILED, since(job), text(job.getExceptionMessage()), tries(element), unskippable));
        }
        List<Date> tried = tried(job, step);
        if (triedNow && tried.isEmpty()) {
            return Optional.empty();
        }
        Instant since = tried.isEmpty() ? job.getCreateTime().toInstant() : tried.getFirst().toInstant();
        return Optional.of(new StuckStep(subject, job.getProcessDefinitionKey(), instance.getId(), step, name, node, StuckStep.Kind.AWAY, since, text(variable(job, Variables.AWAY).orElse("")), tried.size(), unskippable));
    }

    /** Id of the element that a job works at; the engine's own jobs, as for batches, work at none. */
    private String activity(Job job) {
        return Optional.ofNullable(job.getJobDefinitionId()).map(id -> jobs.createJobDefinitionQuery().jobDefinitionId(id).singleResult()).map(JobDefinition::getActivityId).orElse("");
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    private Optional<String> variable(Job job, String name) {
        return Optional.ofNullable((String) runtime.getVariable(job.getExecutionId(), name));
    }

    private Instant since(Job job) {
        return runtime.createIncidentQuery().configuration(job.getId()).list().stream().map(each -> each.getIncidentTimestamp().toInstant()).findFirst().orElseGet(() -> ClockUtil.getCurrentTime().toInstant());
    }

    /** When a step was tried for the node that the job is about, as the history has it. */
    private List<Date> tried(Job job, String step) {
        String parent = around(job);
        return history.createHistoricActivityInstanceQuery().processInstanceId(job.getProcessInstanceId()).activityId(step).orderByHistoricActivityInstanceStartTime().asc().list().stream()
                .filter(each -> each.getParentActivityInstanceId().equals(parent)).map(HistoricActivityInstance::getStartTime).toList();
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

    /** Id of the activity around the one that a job works at. */
    private String around(Job job) {
        return around(runtime.getActivityInstance(job.getProcessInstanceId()), activity(job), job.getExecutionId())
                .orElseThrow(() -> new IllegalStateException("job " + job.getId() + " works nowhere in " + job.getProcessInstanceId()));
    }

    private static Optional<String> around(ActivityInstance outer, String activity, String execution) {
        if (Arrays.stream(outer.getChildTransitionInstances()).anyMatch(each -> each.getActivityId().equals(activity) && each.getExecutionId().equals(execution))) {
            return Optional.of(outer.getId());
        }
        for (ActivityInstance each : outer.getChildActivityInstances()) {
            if (each.getActivityId().equals(activity) && List.of(each.getExecutionIds()).contains(execution)) {
                return Optional.of(outer.getId());
            }
            Optional<String> inside = around(each, activity, execution);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    /**
     * A diagram, and what its waits are about.
     *
     * @param away by the id of a timer that is waited for because somebody is away, the id of the step that found them so
     */
    private record Definition(BpmnModelInstance model, Map<String, String> away) {
        static Definition of(BpmnModelInstance model) {
            Map<String, String> away = new HashMap<>();
            // Compiled models say of their flows alone what leads where.
            for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
                if (flow.getSource() instanceof BoundaryEvent event && catches(event, UNAVAILABLE) && flow.getTarget() instanceof IntermediateCatchEvent timer) {
                    away.put(timer.getId(), event.getAttachedTo().getId());
                }
            }
            return new Definition(model, away);
        }
    }
}
