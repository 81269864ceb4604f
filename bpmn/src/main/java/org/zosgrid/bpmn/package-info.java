/**
 * The workflows: process models and decision tables ({@code src/main/resources}), the delegates that the models name, and what they need done.
 *
 * <p>What a process needs is stated as interfaces ({@link org.zosgrid.bpmn.Verification}, {@link org.zosgrid.bpmn.Approval},
 * {@link org.zosgrid.bpmn.Sealing}, {@link org.zosgrid.bpmn.Delivery}, {@link org.zosgrid.bpmn.Exposure}, {@link org.zosgrid.bpmn.Outcome}), which
 * {@code ejb-workloads} implements. {@link org.zosgrid.bpmn.Steps} makes the delegates from them, so a model can be run on the bare engine, without a
 * server. The other direction, people and nodes answering, is {@link org.zosgrid.bpmn.ChangeProcesses}. Nothing here knows a database table, a node or a
 * key. Start reading with the diagram {@code deploy.bpmn}.
 *
 * <p>Models and tables that customers make are checked and compiled in {@link org.zosgrid.bpmn.model} and {@link org.zosgrid.bpmn.table}; their conditions
 * are read in {@link org.zosgrid.bpmn.condition}. What their blocks need besides is stated in {@link org.zosgrid.bpmn.Notices},
 * {@link org.zosgrid.bpmn.Webhooks}, {@link org.zosgrid.bpmn.Tickets} and {@link org.zosgrid.bpmn.MaintenanceWindows}; {@link org.zosgrid.bpmn.ModelSteps}
 * makes the delegates.
 */
@NullMarked
package org.zosgrid.bpmn;

import org.jspecify.annotations.NullMarked;
