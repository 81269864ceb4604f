package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.model.Block;
import org.zosgrid.bpmn.model.CheckedModel;
import org.zosgrid.bpmn.model.Drawing;
import org.zosgrid.bpmn.model.Drawings;
import org.zosgrid.bpmn.model.Migration;
import org.zosgrid.bpmn.model.ModelCheck;
import org.zosgrid.bpmn.model.Mover;
import org.zosgrid.bpmn.model.RefusedModelException;

/** Running instances are moved to a new version of their model, or left, and the preview says which and why. */
class MigrationTest extends Play {
    private final List<String> deployments = new ArrayList<>();
    private CheckedModel old;
    private String oldDefinition;

    @BeforeEach
    void steps() {
        ((StandaloneProcessEngineConfiguration) Engine.engine().getProcessEngineConfiguration()).getBeans().putAll(new SidePorts(ports).steps());
    }

    @AfterEach
    void undeploy() {
        deployments.forEach(id -> Engine.engine().getRepositoryService().deleteDeployment(id, true));
        instance = null;
    }

    private String deployed(CheckedModel model) {
        DeploymentWithDefinitions deployment = Engine.engine().getRepositoryService().createDeployment().addInputStream(model.id() + ".bpmn", new ByteArrayInputStream(model.forTheEngine())).deployWithResult();
        deployments.add(deployment.getId());
        return deployment.getDeployedProcessDefinitions().getFirst().getId();
    }

    private static CheckedModel checked(Drawing drawing) throws RefusedModelException {
        return ModelCheck.ofCustomers(Drawings.SURROUNDINGS).checked(drawing.bytes());
    }

    private void begun(Drawing drawing) throws RefusedModelException {
        old = checked(drawing);
        oldDefinition = deployed(old);
        start(old.id());
    }

    private Migration to(Drawing drawing) throws RefusedModelException {
        CheckedModel fresh = checked(drawing);
        return new Migration(Engine.engine().getRuntimeService(), old, oldDefinition, fresh, deployed(fresh));
    }

    private static Drawing noted(String process, boolean early) {
        Drawing drawing = new Drawing(process).start("start").block(Block.VERIFY, "verify").on("verify", "*").end("invalid", "INVALID").at("verify");
        if (early) {
            drawing.wait("pause", "PT1H");
        }
        drawing.block(Block.APPROVALS, "ask").on("ask", "*").end("no", "REJECTED").at("ask");
        if (!early) {
            drawing.wait("pause", "PT1H");
        }
        return drawing.block(Block.SEAL, "seal").on("seal", "*").end("unsealed", "INVALID").at("seal").block(Block.PROVISION, "provision").on("provision", "*").block(Block.WITHDRAW, "withdraw")
                .end("undone", "COMPENSATED").at("provision").end("running", "RUNNING");
    }

    @Test
    void whoeverWaitsForApprovalsGoesOnInTheNewVersion() throws RefusedModelException {
        begun(Drawings.deployment("acme"));
        approved("bob");
        Migration migration = to(Drawings.sealed("acme").block(Block.WINDOW, "night", "window", "night").on("night", "*").to("withdraw").at("night").block(Block.PROVISION, "provision").on("provision", "*").block(Block.WITHDRAW, "withdraw")
                .end("undone", "COMPENSATED").at("provision").end("running", "RUNNING"));
        Mover mover = migration.preview().getFirst();
        assertThat(mover.obstacles()).isEmpty();
        assertThat(mover.businessKey()).isEqualTo("shop:3");
        assertThat(mover.at()).containsExactly("ask");
        migration.move(List.of(mover.instance()));
        assertThat(migration.preview()).isEmpty();
        approved("carol");
        assertThat(ports.calls).contains("seal", "window night");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        hasEndedWith("RUNNING");
    }

    @Test
    void whoeverStandsAtWhatIsGoneIsLeft() throws RefusedModelException {
        begun(noted("acme", true));
        Migration migration = to(Drawings.deployment("acme"));
        Mover mover = migration.preview().getFirst();
        assertThat(mover.at()).containsExactly("pause");
        assertThat(mover.obstacles()).containsExactly("pause (pause) is under way, and in the new version it is missing, of another kind, or in another sub-process");
        assertThatThrownBy(() -> migration.move(List.of(mover.instance()))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("pause (pause) is under way");
        assertThatThrownBy(() -> migration.move(List.of("nobody"))).hasMessage("instance: must run the old version (is: nobody)");
    }

    /** Each version is in order by itself, and the engine would move the instance: from before the approvals to behind them. */
    @Test
    void nobodyIsMovedBehindTheApprovals() throws RefusedModelException {
        begun(noted("acme", true));
        Migration migration = to(noted("acme", false));
        Mover mover = migration.preview().getFirst();
        assertThat(mover.obstacles()).containsExactly("there the change may be verified, not approved, not sealed, not healthy, not undone, not removed, and in the new version it never is");
        assertThatThrownBy(() -> migration.move(List.of(mover.instance()))).isInstanceOf(IllegalArgumentException.class);
        pass(Duration.ofHours(1));
        assertThat(processes.openSeats(instance)).as("it goes on in its own version").hasSize(3);
    }

    @Test
    void nodesThatAreWaitedForAreStillHeard() throws RefusedModelException {
        begun(Drawings.deployment("acme"));
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.RUNNING, "");
        Migration migration = to(noted("acme", true));
        Mover mover = migration.preview().getFirst();
        assertThat(mover.at()).containsExactly("provision");
        assertThat(mover.obstacles()).isEmpty();
        migration.move(List.of(mover.instance()));
        answer("gateway-1", NodeAnswer.RUNNING, "");
        hasEndedWith("RUNNING");
    }

    @Test
    void whatWaitsBesideEachOtherIsMovedTogether() throws RefusedModelException {
        ports.away("ticket service-desk", "service-desk: timed out");
        begun(Drawings.everything("acme"));
        Migration migration = to(Drawings.everything("acme"));
        Mover mover = migration.preview().getFirst();
        assertThat(mover.at()).containsExactlyInAnyOrder("join", "ticket");
        assertThat(mover.obstacles()).isEmpty();
        migration.move(List.of(mover.instance()));
        ports.back("ticket service-desk");
        retryPause();
        assertThat(processes.openSeats(instance)).hasSize(3);
    }
}
