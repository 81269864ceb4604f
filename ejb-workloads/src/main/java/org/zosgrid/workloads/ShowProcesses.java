package org.zosgrid.workloads;

import static org.zosgrid.workloads.organisation.KnownOrganisations.tenant;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.engine.ActivityStatistics;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.ProcessView;

/** Shows the processes and decision tables that are in force or were, and how it went in them. */
@Stateless
public class ShowProcesses {
    @Inject private RepositoryService repository;
    @Inject private RuntimeService runtime;
    @Inject private HistoryService history;
    @Inject private ActivityStatistics statistics;
    @Inject private Changes changes;

    /** Every version, by key, the newest first. */
    public List<ProcessView> list() {
        List<ProcessView> views = new ArrayList<>();
        for (ProcessDefinition each : tenant().processes(repository).orderByProcessDefinitionKey().asc().orderByProcessDefinitionVersion().desc().list()) {
            views.add(new ProcessView("process", each.getKey(), each.getVersion(), name(each.getName(), each.getKey()), tenant().instances(runtime).processDefinitionId(each.getId()).count()));
        }
        for (DecisionDefinition each : tenant().decisions(repository).orderByDecisionDefinitionKey().asc().orderByDecisionDefinitionVersion().desc().list()) {
            views.add(new ProcessView("decision", each.getKey(), each.getVersion(), name(each.getName(), each.getKey()), 0));
        }
        return views;
    }

    /** The XML of a diagram (BPMN) or table (DMN). @throws RefusedException NOT_FOUND */
    public byte[] model(String kind, String key, int version) {
        try (InputStream model = kind.equals("process") ? repository.getProcessModel(process(key, version).getId()) : repository.getDecisionModel(decision(key, version).getId())) {
            return model.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @throws RefusedException NOT_FOUND */
    public ProcessView.Statistics statistics(String key, int version, Instant since) {
        return new ProcessView.Statistics(since, statistics.of(process(key, version).getId(), since));
    }

    /**
     * The newest first.
     *
     * @param from how many are left out
     * @throws RefusedException NOT_FOUND
     */
    public Page<ProcessView.Instance> instances(String key, int version, int from, int limit) {
        List<HistoricProcessInstance> found = tenant().history(history).processDefinitionId(process(key, version).getId())
                .orderByProcessInstanceStartTime().desc().orderByProcessInstanceId().asc().listPage(from, limit + 1);
        boolean more = found.size() > limit;
        return new Page<>((more ? found.subList(0, limit) : found).stream().map(ShowProcesses::instance).toList(), more ? Optional.of(Integer.toString(from + limit)) : Optional.empty());
    }

    /**
     * The way of a change through its diagram, also when it has ended.
     *
     * @throws RefusedException NOT_FOUND also if no process worked on it, or the engine has forgotten it
     */
    public ProcessView.Track track(String name, long version) {
        String instance = changes.find(name, version).flatMap(Change::processInstance)
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "No process works on such a version", new Fault("version", "must be one of " + name, Long.toString(version))));
        HistoricProcessInstance process = Optional.ofNullable(tenant().history(history).processInstanceId(instance).singleResult())
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "The process is forgotten", new Fault("version", "is too old", Long.toString(version))));
        Set<String> here = new TreeSet<>();
        Set<String> done = new TreeSet<>();
        for (HistoricActivityInstance each : tenant().activities(history).processInstanceId(instance).list()) {
            (each.getEndTime() == null ? here : done).add(each.getActivityId());
        }
        done.removeAll(here);
        Set<String> stuck = new TreeSet<>();
        tenant().incidents(runtime).processInstanceId(instance).list().forEach(each -> stuck.add(each.getActivityId()));
        here.addAll(stuck); // a step that failed before its first end stands in no history
        return new ProcessView.Track(process.getProcessDefinitionKey(), process.getProcessDefinitionVersion(), List.copyOf(done), List.copyOf(here), List.copyOf(stuck));
    }

    private static ProcessView.Instance instance(HistoricProcessInstance each) {
        return new ProcessView.Instance(each.getId(), Objects.requireNonNullElse(each.getBusinessKey(), ""), each.getStartTime().toInstant(),
                Optional.ofNullable(each.getEndTime()).map(Date::toInstant), each.getState().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private ProcessDefinition process(String key, int version) {
        return Optional.ofNullable(tenant().processes(repository).processDefinitionKey(key).processDefinitionVersion(version).singleResult())
                .orElseThrow(() -> none("process", key, version));
    }

    private DecisionDefinition decision(String key, int version) {
        return Optional.ofNullable(tenant().decisions(repository).decisionDefinitionKey(key).decisionDefinitionVersion(version).singleResult())
                .orElseThrow(() -> none("decision", key, version));
    }

    private static RefusedException none(String kind, String key, int version) {
        return new RefusedException(Kind.NOT_FOUND, "There is no such " + kind, new Fault("key", "must be a " + kind + "'s with this version", key + " " + version));
    }

    private static String name(String name, String key) {
        return Objects.requireNonNullElse(name, key);
    }
}
