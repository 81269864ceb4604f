/**
 * The workflow engine, wired into the server.
 *
 * <p>{@link org.zosgrid.workloads.engine.WorkflowEngine} starts Camunda once per application, on the data source {@code jdbc/zos} and inside the
 * container's own transactions: a use case that stores an entity and starts a process does both or neither. It deploys every process
 * model and decision table of the archive that carries {@code META-INF/processes.xml} (the {@code bpmn} module) and runs jobs on a managed executor.
 *
 * <p><b>How a model finds what it names.</b> A name in an expression, {@code camunda:delegateExpression="${verifyChange}"} for instance, is one of the steps
 * that {@link org.zosgrid.bpmn.Steps} lists, or the CDI name of a bean with a normal scope. A name that neither has is an ordinary process variable. Steps
 * run in the engine's transaction; {@code camunda:asyncBefore} begins a new one on a thread of the managed executor.
 *
 * <p><b>How a bean reaches the engine.</b> Inject Camunda's services: {@code @Inject RuntimeService}, {@code TaskService}, {@code HistoryService},
 * {@code RepositoryService}, {@code ManagementService}.
 *
 * <p>This package knows nothing about deployments, approvals or nodes. Flyway must have run before it starts: the engine adds its own tables
 * ({@code ACT_…}) beside ours.
 */
@NullMarked
package org.zosgrid.workloads.engine;

import org.jspecify.annotations.NullMarked;
