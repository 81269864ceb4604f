package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.zosgrid.bpmn.model.Block;
import org.zosgrid.bpmn.model.CheckedModel;
import org.zosgrid.bpmn.model.Drawing;
import org.zosgrid.bpmn.model.Drawings;
import org.zosgrid.bpmn.model.ModelCheck;
import org.zosgrid.bpmn.model.RefusedModelException;

/** Models of customers, checked, compiled and run on the engine from end to end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CustomersModelTest extends Play {
    private static final ModelCheck CHECK = ModelCheck.ofCustomers(Drawings.SURROUNDINGS);

    /** Ids of what the engine did in all tests of this class. */
    private static final Set<String> DONE = new TreeSet<>();

    private SidePorts side;
    private Deployment deployment;

    @BeforeEach
    void steps() {
        side = new SidePorts(ports);
        ((StandaloneProcessEngineConfiguration) Engine.engine().getProcessEngineConfiguration()).getBeans().putAll(side.steps());
    }

    @AfterEach
    void undeploy() {
        if (deployment != null) {
            Engine.engine().getHistoryService().createHistoricActivityInstanceQuery().list().forEach(activity -> DONE.add(activity.getActivityId()));
            Engine.engine().getRepositoryService().deleteDeployment(deployment.getId(), true);
            instance = null;
        }
    }

    private void started(Drawing drawing) throws RefusedModelException {
        CheckedModel model = CHECK.checked(drawing.bytes());
        deployment = Engine.engine().getRepositoryService().createDeployment().addInputStream(model.id() + ".bpmn", new ByteArrayInputStream(model.forTheEngine())).deploy();
        start(model.id());
    }

    @Test
    void aDeploymentRuns() throws RefusedModelException {
        started(Drawings.deployment("acme"));
        assertThat(processes.openSeats(instance)).containsExactly("bob", "carol", "dave");
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        assertThat(ports.calls.subList(0, 4)).containsExactly("verify", "open approval 2", "seal", "PROVISIONING");
        assertThat(ports.calls.subList(6, ports.calls.size())).containsExactly("EXPOSING", "open routes", "RUNNING");
        hasEndedWith("RUNNING");
    }

    @Test
    void whatNodesRefuseIsTakenBack() throws RefusedModelException {
        started(Drawings.deployment("acme"));
        approved("bob", "carol");
        ports.calls.clear();
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.REFUSED, "gateway-1: no");
        answer("gateway-1", NodeAnswer.REMOVED, "");
        answer("compute-1", NodeAnswer.REMOVED, "");
        assertThat(ports.calls).containsExactly("COMPENSATING: gateway-1: no", "close routes", "withdraw gateway-1", "withdraw compute-1", "COMPENSATED: gateway-1: no");
        hasEndedWith("COMPENSATED: gateway-1: no");
    }

    @Test
    void whoIsSilentForTooLongIsNamed() throws RefusedModelException {
        started(Drawings.deployment("acme"));
        ports.knowNothing.add("compute-1");
        ports.knowNothing.add("gateway-1");
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.RUNNING, "");
        pass(TIMING.provisioningPatience());
        hasEndedWith("COMPENSATED: not done within PT5M; no answer from gateway-1");
    }

    @Test
    void aGatewayThatStaysAwayIsGivenUp() throws RefusedModelException {
        started(Drawings.deployment("acme"));
        ports.knowNothing.add("compute-1");
        ports.knowNothing.add("gateway-1");
        ports.away("open routes", "gateway-1: timed out");
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        retryPause();
        pass(TIMING.provisioningPatience());
        hasEndedWith("COMPENSATED: not done within PT5M; last fault: gateway-1: timed out");
    }

    @Test
    void peopleSayNoInEachOfTheirWays() throws RefusedModelException {
        started(Drawings.deployment("acme"));
        assertThat(processes.rejected(instance, "carol", "not on a Friday")).isTrue();
        hasEndedWith("REJECTED: carol: not on a Friday");
        start("acme");
        assertThat(processes.withdrawn(instance, "a slip of the pen")).isTrue();
        hasEndedWith("REJECTED: a slip of the pen");
        start("acme");
        approved("bob");
        pass(Ports.APPROVAL_TIME.dividedBy(2));
        assertThat(ports.calls).endsWith("remind");
        pass(Ports.APPROVAL_TIME);
        assertThat(ports.calls).last().asString().startsWith("REJECTED: fewer than 2 people had approved it by 20");
        assertThat(Engine.hasEnded(instance)).isTrue();
    }

    @Test
    void everybodyIsNotEnoughIfARuleIsNotSatisfied() throws RefusedModelException {
        started(Drawings.deployment("acme"));
        for (String person : ports.people) {
            assertThat(processes.approved(instance, person, List.of("somebody of security must have approved"))).isTrue();
        }
        assertThat(ports.calls).doesNotContain("seal");
        hasEndedWith("REJECTED: everybody who may approve it has, and that is not enough: somebody of security must have approved");
    }

    /** The check knows the errors that a block can end with; whatever else comes up is a fault, and must not be taken for an end that went well. */
    @Test
    void anErrorThatNoBlockHasEndsNothing() throws RefusedModelException {
        started(new Drawing("acme").start("start").block(Block.VERIFY, "verify").on("verify", "*").end("not-valid", "INVALID").at("verify").block(Block.APPROVALS, "ask").on("ask", "*").end("not-approved", "REJECTED")
                .at("ask").open("sealing").start("approved").block(Block.SEAL, "seal").end("sealed").close().on("sealing", "invalid").end("not-sealed", "INVALID").at("sealing")
                .block(Block.PROVISION, "provision").on("provision", "*").block(Block.WITHDRAW, "withdraw").end("undone", "COMPENSATED").at("provision").end("running", "RUNNING"));
        ports.refusals.put("seal", new UnavailableException("nobody said that it could be"));
        approved("bob");
        assertThatThrownBy(() -> processes.approved(instance, "carol", List.of())).isInstanceOf(ProcessEngineException.class).hasMessageContaining("unavailable");
        assertThat(processes.openSeats(instance)).as("the last approval is not given").containsExactly("carol", "dave");
        ports.back("seal");
        approved("carol");
        assertThat(ports.calls).contains("PROVISIONING");
    }

    @Test
    void whatIsNotValidIsNotApproved() throws RefusedModelException {
        ports.refusals.put("verify", new InvalidChangeException("version: must be 4"));
        started(Drawings.deployment("acme"));
        hasEndedWith("INVALID: version: must be 4");
        ports.away("verify", "hub: timed out");
        start("acme");
        pass(TIMING.verificationPatience());
        hasEndedWith("INVALID: the hub was away for too long: hub: timed out");
    }

    @Test
    void aRemovalRuns() throws RefusedModelException {
        ports.facts = new ChangeFacts("decommission", "development", false, 1, 64);
        started(Drawings.removal("acme"));
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.REMOVED, "");
        answer("gateway-1", NodeAnswer.REMOVED, "");
        assertThat(ports.calls.subList(2, 5)).containsExactly("seal", "REMOVING", "close routes");
        hasEndedWith("REMOVED");
    }

    @Test
    void everyBlockDoesItsWork() throws RefusedModelException {
        side.opens = side.opens.plus(Duration.ofHours(1));
        ports.refusals.put("verify", new InvalidChangeException("version: must be 4"));
        started(Drawings.everything("acme"));
        assertThat(ports.calls).containsExactly("verify", "tell REQUESTER: It is not valid yet");
        ports.back("verify");
        ports.away("ticket service-desk", "service-desk: timed out");
        pass(Duration.ofMinutes(1));
        assertThat(processes.position(instance)).containsExactly("Try again", "join");
        ports.back("ticket service-desk");
        retryPause();
        assertThat(ports.calls).contains("webhook chat", "ticket service-desk").endsWith("open approval 2");
        pass(Duration.ofMinutes(10));
        assertThat(ports.calls).endsWith("tell OPERATORS: It waits");
        approved("bob", "carol");
        assertThat(ports.calls).endsWith("window night");
        assertThat(processes.position(instance)).containsExactly("night");
        pass(Duration.ofHours(1));
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        assertThat(ports.calls).containsSubsequence("window night", "seal", "PROVISIONING", "EXPOSING", "open routes", "RUNNING");
        hasEndedWith("RUNNING");
    }

    @Test
    void aConditionIsAnsweredFromTheFactsOfTheChange() throws RefusedModelException {
        ports.facts = new ChangeFacts("deployment", "staging", false, 2, 512);
        started(Drawings.everything("acme"));
        assertThat(ports.calls).as("neither production nor large").containsExactly("verify", "open approval 1");
    }

    @Test
    void aNodeThatFailsOrIsAwayWhileItProvisions() throws RefusedModelException {
        ports.away("send compute-1", "compute-1: timed out");
        started(Drawings.deployment("acme"));
        approved("bob", "carol");
        ports.back("send compute-1");
        retryPause();
        ports.knowNothing.addAll(ports.nodes);
        answer("compute-1", NodeAnswer.FAILED, "compute-1: disk: is full");
        hasEndedWith("COMPENSATED: compute-1: disk: is full");
    }

    @Test
    void aGatewayThatRefusesEndsExposing() throws RefusedModelException {
        ports.refusals.put("open routes", new RefusedByNodeException("gateway-1: name: is taken"));
        ports.knowNothing.addAll(ports.nodes);
        started(Drawings.deployment("acme"));
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        hasEndedWith("COMPENSATED: gateway-1: name: is taken");
    }

    @Test
    void aWithdrawalDoesNotGiveUp() throws RefusedModelException {
        started(Drawings.deployment("acme"));
        approved("bob", "carol");
        ports.away("close routes", "gateway-1: timed out");
        ports.away("withdraw gateway-1", "gateway-1: timed out");
        answer("compute-1", NodeAnswer.REFUSED, "compute-1: no");
        pass(Duration.ofDays(2));
        ports.back("close routes");
        retryPause();
        ports.back("withdraw gateway-1");
        retryPause();
        answer("gateway-1", NodeAnswer.FAILED, "");
        answer("compute-1", NodeAnswer.REFUSED, "");
        hasEndedWith("COMPENSATED: compute-1: no");
    }

    @Test
    void aRemovalThatNodesRefuseFailOrForget() throws RefusedModelException {
        ports.facts = new ChangeFacts("decommission", "development", false, 1, 64);
        ports.away("close routes", "gateway-1: timed out");
        ports.away("send compute-1", "compute-1: timed out");
        started(Drawings.removal("acme"));
        approved("bob", "carol");
        ports.back("close routes");
        retryPause();
        ports.back("send compute-1");
        retryPause();
        answer("compute-1", NodeAnswer.REFUSED, "compute-1: no");
        hasEndedWith("FAILED: compute-1: no");
        start("acme");
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.FAILED, "compute-1: broken");
        hasEndedWith("FAILED: compute-1: broken");
        start("acme");
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.REMOVED, "");
        pass(TIMING.provisioningPatience());
        assertThat(ports.calls).last().asString().startsWith("FAILED: not done within PT5M; no answer from gateway-1");
    }

    @Test
    void aTicketSystemThatStaysAwayIsGivenUp() throws RefusedModelException {
        ports.away("ticket service-desk", "service-desk: timed out");
        started(Drawings.everything("acme"));
        pass(Duration.ofHours(1));
        assertThat(ports.calls).endsWith("open approval 2");
        assertThat(Engine.engine().getRuntimeService().getVariable(instance, "why")).isEqualTo("not done within PT1H; last fault: service-desk: timed out");
    }

    private StuckStep stuck() {
        var engine = Engine.engine();
        return new StuckSteps(engine.getRuntimeService(), engine.getManagementService(), engine.getRepositoryService(), () -> Tenant.NONE).of(instance).getFirst();
    }

    private void skip(String expected) {
        var engine = Engine.engine();
        StuckStep step = stuck();
        assertThat(step.id()).isEqualTo("shop:3:" + expected);
        new StuckSteps(engine.getRuntimeService(), engine.getManagementService(), engine.getRepositoryService(), () -> Tenant.NONE).skip(step);
        Engine.runDueJobs(instance);
    }

    @Test
    void aQuorumSkipsANodeAndThenAnOperatorUndoes() throws RefusedModelException {
        ports.away("send compute-1", "compute-1: timed out");
        ports.away("open routes", "gateway-1: timed out");
        started(Drawings.deployment("acme"));
        approved("bob", "carol");
        skip("provision.send:compute-1");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        ports.away("withdraw gateway-1", "gateway-1: timed out");
        ports.knowNothing.add("compute-1");
        assertThat(processes.undone(instance, "dave: enough")).isTrue();
        Engine.runDueJobs(instance);
        skip("withdraw.withdraw:gateway-1");
        hasEndedWith("COMPENSATED: dave: enough");
    }

    @Test
    void anOperatorUndoesWhileNodesProvision() throws RefusedModelException {
        ports.knowNothing.addAll(ports.nodes);
        started(Drawings.deployment("acme"));
        approved("bob", "carol");
        assertThat(processes.undone(instance, "dave: enough")).isTrue();
        Engine.runDueJobs(instance);
        hasEndedWith("COMPENSATED: dave: enough");
    }

    @Test
    void aQuorumSkipsANodeThatIsToRemove() throws RefusedModelException {
        ports.facts = new ChangeFacts("decommission", "development", false, 1, 64);
        ports.away("send compute-1", "compute-1: timed out");
        started(Drawings.removal("acme"));
        approved("bob", "carol");
        skip("remove.send:compute-1");
        answer("gateway-1", NodeAnswer.REMOVED, "");
        hasEndedWith("REMOVED");
    }

    /** The last test: every element that a block is compiled to was run in one of those above. */
    @Test
    @Order(Integer.MAX_VALUE)
    void everyPartOfEveryBlockWasRun() throws RefusedModelException {
        Set<String> parts = new TreeSet<>();
        for (Drawing drawing : List.of(Drawings.deployment("acme"), Drawings.removal("acme"), Drawings.everything("acme"))) {
            Bpmn.readModelFromStream(new ByteArrayInputStream(CHECK.checked(drawing.bytes()).forTheEngine())).getModelElementsByType(FlowNode.class).stream().map(FlowNode::getId).filter(id -> id.contains(".")).forEach(parts::add);
        }
        parts.removeAll(DONE);
        assertThat(parts).as("elements of blocks that no test ran").isEmpty();
    }
}
