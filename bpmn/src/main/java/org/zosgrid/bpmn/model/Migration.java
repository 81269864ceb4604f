package org.zosgrid.bpmn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/**
 * Moves running instances of a customer's model to a new version of it, or says why not.
 *
 * <p>Two things must hold. The engine must find what is under way in the new version, as the same kind of element in the same place. And what may be true of
 * the change where the instance stands must be true there in the new version: otherwise an instance that nobody has approved could be moved behind the
 * approvals, by a new version that is in order by itself.
 */
public final class Migration {
    private final RuntimeService runtime;
    private final String fromDefinition;
    private final MigrationPlan plan;
    private final Set<String> mapped;
    private final Map<Set<String>, Set<Rest>> from;
    private final Map<Set<String>, Set<Rest>> to;

    /**
     * @param fromDefinition id of the engine's definition of the old version
     * @param toDefinition id of the engine's definition of the new version
     */
    public Migration(RuntimeService runtime, CheckedModel from, String fromDefinition, CheckedModel to, String toDefinition) {
        this.runtime = runtime;
        this.fromDefinition = fromDefinition;
        plan = runtime.createMigrationPlan(fromDefinition, toDefinition).mapEqualActivities().updateEventTriggers().build();
        mapped = plan.getInstructions().stream().map(MigrationInstruction::getSourceActivityId).collect(Collectors.toSet());
        this.from = byPlace(from);
        this.to = byPlace(to);
    }

    private static Map<Set<String>, Set<Rest>> byPlace(CheckedModel model) {
        return model.rests().stream().collect(Collectors.groupingBy(Rest::at, Collectors.toSet()));
    }

    /** All running instances of the old version, by business key. */
    public List<Mover> preview() {
        return runtime.createProcessInstanceQuery().processDefinitionId(fromDefinition).orderByBusinessKey().asc().list().stream().map(this::mover).toList();
    }

    /**
     * Moves instances, all of them or none.
     *
     * @throws IllegalArgumentException if one of them cannot be moved, now; the message says why
     */
    public void move(List<String> instances) {
        for (String id : instances) {
            ProcessInstance instance = runtime.createProcessInstanceQuery().processInstanceId(id).processDefinitionId(fromDefinition).singleResult();
            if (instance == null) {
                throw new IllegalArgumentException("instance: must run the old version (is: " + id + ")");
            }
            Mover mover = mover(instance);
            if (!mover.canMove()) {
                throw new IllegalArgumentException("instance: " + id + " cannot be moved: " + String.join("; ", mover.obstacles()));
            }
        }
        if (!instances.isEmpty()) {
            runtime.newMigration(plan).processInstanceIds(instances).execute();
        }
    }

    private Mover mover(ProcessInstance instance) {
        ActivityInstance root = runtime.getActivityInstance(instance.getId());
        Map<String, String> engines = new TreeMap<>();
        Set<String> at = new TreeSet<>();
        Stream.of(root.getChildActivityInstances()).forEach(child -> add(child, engines, at));
        Stream.of(root.getChildTransitionInstances()).forEach(next -> add(next.getActivityId(), next.getActivityName(), next.getActivityType(), engines, at));
        List<String> obstacles = new ArrayList<>();
        engines.forEach((id, name) -> {
            if (!mapped.contains(id)) {
                obstacles.add(drawn(id) + " (" + name + ") is under way, and in the new version it is missing, of another kind, or in another sub-process");
            }
        });
        if (obstacles.isEmpty()) {
            truths(at, obstacles);
        }
        return new Mover(instance.getId(), String.valueOf(instance.getBusinessKey()), at.stream().map(place -> place.replace("->", "")).toList(), obstacles);
    }

    private static void add(ActivityInstance activity, Map<String, String> engines, Set<String> at) {
        add(activity.getActivityId(), activity.getActivityName(), activity.getActivityType(), engines, at);
        Stream.of(activity.getChildActivityInstances()).forEach(child -> add(child, engines, at));
        Stream.of(activity.getChildTransitionInstances()).forEach(next -> add(next.getActivityId(), next.getActivityName(), next.getActivityType(), engines, at));
    }

    private static void add(String id, String name, String type, Map<String, String> engines, Set<String> at) {
        engines.put(id, String.valueOf(name));
        at.add((ActivityTypes.GATEWAY_PARALLEL.equals(type) ? "->" : "") + drawn(id));
    }

    /** What a block is compiled to has ids that go on after a dot; a multi-instance body has the id of its activity and {@code #}. */
    private static String drawn(String id) {
        return id.replaceFirst("[.#].*", "");
    }

    private void truths(Set<String> at, List<String> obstacles) {
        Set<Rest> before = from.getOrDefault(at, Set.of());
        Set<Rest> after = to.getOrDefault(at, Set.of());
        if (before.isEmpty()) {
            obstacles.add("the old version cannot stand at " + String.join(" and ", at) + " at once: it was changed from outside");
        }
        before.stream().filter(rest -> !after.contains(rest)).map(Migration::shown).sorted().findFirst().ifPresent(missing ->
                obstacles.add("there the change may be " + missing + ", and in the new version it never is"));
    }

    private static String shown(Rest rest) {
        return Stream.of(Fact.VERIFIED, Fact.APPROVED, Fact.SEALED, Fact.HEALTHY, Fact.UNDONE, Fact.REMOVED)
                .map(fact -> (fact.in(rest.facts()) ? "" : "not ") + fact.name().toLowerCase(java.util.Locale.ROOT)).collect(Collectors.joining(", "))
                + (rest.outcome() == null ? "" : ", and its outcome " + rest.outcome());
    }
}
