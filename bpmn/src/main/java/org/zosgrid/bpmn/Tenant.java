package org.zosgrid.bpmn;

import java.util.Optional;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.dmn.DecisionEvaluationBuilder;
import org.camunda.bpm.engine.history.HistoricActivityInstanceQuery;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.camunda.bpm.engine.repository.DecisionDefinitionQuery;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentQuery;
import org.camunda.bpm.engine.repository.ProcessDefinitionQuery;
import org.camunda.bpm.engine.runtime.EventSubscriptionQuery;
import org.camunda.bpm.engine.runtime.ExecutionQuery;
import org.camunda.bpm.engine.runtime.IncidentQuery;
import org.camunda.bpm.engine.runtime.JobQuery;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.camunda.bpm.engine.runtime.VariableInstanceQuery;
import org.camunda.bpm.engine.task.TaskQuery;

/**
 * One organisation's part of the engine: its diagrams and tables, its instances and what belongs to them. The only place where the engine is asked anything by a query, so that none can
 * forget whose answers it wants; an architecture test holds that.
 *
 * @param id the engine's name for it; empty for the default organisation, whose part is what has no name
 */
public record Tenant(Optional<String> id) {
    /** The default organisation's. */
    public static final Tenant NONE = new Tenant(Optional.empty());

    /** Deploys into this part. */
    public DeploymentBuilder deployment(RepositoryService repository) {
        DeploymentBuilder builder = repository.createDeployment();
        return id.map(builder::tenantId).orElse(builder);
    }

    /** Starts the newest version of a process of this part. */
    public ProcessInstantiationBuilder start(RuntimeService runtime, String process) {
        ProcessInstantiationBuilder builder = runtime.createProcessInstanceByKey(process);
        return id.map(builder::processDefinitionTenantId).orElseGet(builder::processDefinitionWithoutTenantId);
    }

    /** Asks the newest version of a decision table of this part. */
    public DecisionEvaluationBuilder table(DecisionService decisions, String key) {
        DecisionEvaluationBuilder builder = decisions.evaluateDecisionTableByKey(key);
        return id.map(builder::decisionDefinitionTenantId).orElseGet(builder::decisionDefinitionWithoutTenantId);
    }

    public ProcessInstanceQuery instances(RuntimeService runtime) {
        ProcessInstanceQuery query = runtime.createProcessInstanceQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    public ExecutionQuery executions(RuntimeService runtime) {
        ExecutionQuery query = runtime.createExecutionQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    /** The query has no word for incidents without a tenant: {@link #isOwn} tells. */
    public IncidentQuery incidents(RuntimeService runtime) {
        IncidentQuery query = runtime.createIncidentQuery();
        return id.map(query::tenantIdIn).orElse(query);
    }

    /** The query has no word for variables without a tenant: {@link #isOwn} tells. */
    public VariableInstanceQuery variables(RuntimeService runtime) {
        VariableInstanceQuery query = runtime.createVariableInstanceQuery();
        return id.map(query::tenantIdIn).orElse(query);
    }

    /** What is waited for. */
    public EventSubscriptionQuery subscriptions(RuntimeService runtime) {
        EventSubscriptionQuery query = runtime.createEventSubscriptionQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    public TaskQuery tasks(TaskService tasks) {
        TaskQuery query = tasks.createTaskQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    public JobQuery jobs(ManagementService management) {
        JobQuery query = management.createJobQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    public HistoricProcessInstanceQuery history(HistoryService history) {
        HistoricProcessInstanceQuery query = history.createHistoricProcessInstanceQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    public HistoricActivityInstanceQuery activities(HistoryService history) {
        HistoricActivityInstanceQuery query = history.createHistoricActivityInstanceQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    public ProcessDefinitionQuery processes(RepositoryService repository) {
        ProcessDefinitionQuery query = repository.createProcessDefinitionQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    public DecisionDefinitionQuery decisions(RepositoryService repository) {
        DecisionDefinitionQuery query = repository.createDecisionDefinitionQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    public DeploymentQuery deployments(RepositoryService repository) {
        DeploymentQuery query = repository.createDeploymentQuery();
        return id.map(query::tenantIdIn).orElseGet(query::withoutTenantId);
    }

    /** Whether something of this tenant id belongs to this part. */
    public boolean isOwn(Optional<String> tenant) {
        return id.equals(tenant);
    }
}
