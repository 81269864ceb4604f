package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.Model.Language;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** Processes and decision tables of the customers' own, on the running server and a node. */
@ArquillianTest
class ModelsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void aDeploymentGoesThroughTheCustomersModelAndIsMovedToItsNextVersion() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "modelled", 61);
        ControlPlane alice = story.as(Cast.REQUESTER);
        assertThatThrownBy(() -> story.submit(story.by("own-deployment", story.document(1, Duration.ofHours(1)))))
                .isInstanceOf(RefusedException.class).hasMessageContaining("workflow: must be a process of your own that is in force");

        putInForce(alice, "own-quorum", 1, Language.DMN, example("own-quorum.dmn"), example("own-quorum.examples.yaml"));
        putInForce(alice, "own-deployment", 1, Language.BPMN, example("own-deployment.bpmn"), "");
        assertThat(alice.models()).extracting(each -> each.path("name").asText() + " " + each.path("state").asText()).contains("own-deployment in_force", "own-quorum in_force");

        org.zosgrid.contract.document.Deployment unbound = story.by("own-deployment", story.document(1, Duration.ofHours(1)));
        assertThatThrownBy(() -> story.submit(unbound)).isInstanceOf(RefusedException.class)
                .hasMessageContaining("demand.groups: must have approver, of which the decision table own-quorum demands somebody: ask what is demanded again");
        org.zosgrid.contract.document.Deployment bound = Story.bound(alice, org.zosgrid.contract.document.Deployment.class, unbound);
        assertThat(bound.demand()).isEqualTo(new Demand(0, Set.of("approver")));
        story.submit(bound);
        assertThat(story.reach(1, "approval").json().path("quorum").asInt()).isEqualTo(2);
        putInForce(alice, "own-deployment", 2, Language.BPMN, example("own-deployment.bpmn").replace("name=\"Our deployment\"", "name=\"Our second deployment\""), "");
        JsonNode preview = alice.previewMigration("own-deployment", 1).path("instances");
        assertThat(preview).hasSize(1);
        assertThat(preview.get(0).path("change").asText()).isEqualTo("modelled:1");
        assertThat(preview.get(0).path("obstacles")).as(preview.toString()).isEmpty();
        List<String> instance = List.of(preview.get(0).path("instance").asText());
        assertThatThrownBy(() -> alice.migrate("own-deployment", 1, instance)).isInstanceOf(RefusedException.class).hasMessageContaining("root");
        assertThat(story.as("bob").migrate("own-deployment", 1, instance).path("instances")).hasSize(1);
        assertThat(alice.previewMigration("own-deployment", 1).path("instances")).isEmpty();
        assertThat(story.told()).contains("migrated");
        assertThat(story.shown(1).json().path("timeline")).anySatisfy(event -> assertThat(List.of(event.path("kind").asText(), event.path("actor").asText(), event.path("detail").asText()))
                .isEqualTo(List.of("migrated", "bob", "from version 1 of own-deployment to version 2")));

        story.approve(1);
        story.reach(1, "running");
        assertThat(story.answers()).isTrue();
        story.remove();

        assertThatThrownBy(() -> takeOut(alice, "own-quorum", 2, Language.DMN, 2)).isInstanceOf(RefusedException.class).hasMessageContaining("is asked by the process own-deployment");
        assertThatThrownBy(() -> takeOut(alice, "own-deployment", 3, Language.DMN, 2)).isInstanceOf(RefusedException.class).hasMessageContaining("language: must be the one of the version in force, bpmn");
        takeOut(alice, "own-deployment", 3, Language.BPMN, 2);
        assertThat(alice.show("own-deployment", 2).state()).isEqualTo("superseded");
        assertThat(alice.show("own-deployment", 3).json().path("timeline").findValuesAsText("kind")).contains("sealed", "out-of-force");
        assertThatThrownBy(() -> story.submit(story.by("own-deployment", story.document(3, Duration.ofHours(1)))))
                .isInstanceOf(RefusedException.class).hasMessageContaining("workflow: must be a process of your own that is in force");
        assertThatThrownBy(() -> takeOut(alice, "own-deployment", 4, Language.BPMN, 2)).isInstanceOf(RefusedException.class).hasMessageContaining("none of this name is in force");
        takeOut(alice, "own-quorum", 2, Language.DMN, 2);
    }

    @Test
    @RunAsClient
    void theBuiltInTableIsAskedAgainWhenTheCustomersIsOutOfForce() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "counted", 63);
        ControlPlane alice = story.as(Cast.REQUESTER);
        long version = newest(alice, "quorum") + 1;
        putInForce(alice, "quorum", version, Language.DMN, builtIn("quorum.dmn").replaceAll("(<outputEntry[^>]*><text>)[0-9]+(</text>)", "$13$2"), builtIn("quorum.examples.yaml").replaceAll("people: [0-9]+", "people: 3"));
        org.zosgrid.contract.document.Deployment unbound = story.document(1, Duration.ofHours(1));
        assertThatThrownBy(() -> story.submit(unbound)).isInstanceOf(RefusedException.class)
                .hasMessageContaining("demand.people: must be at least 3, as many people as the decision table quorum demands: ask what is demanded again, and sign a document that says it (is: 0)");
        assertThatThrownBy(() -> story.submit(unbound.withDemand(new Demand(3, Set.of("nobody"))))).hasMessageContaining("demand.groups: must be approver groups of the trust root");
        assertThatThrownBy(() -> story.submit(unbound.withDemand(new Demand(99, Set.of())))).hasMessageContaining("demand: is out of reach even if everybody but the requester approves");
        assertThat(alice.plan(unbound.toJson()).path("demand").path("people").asInt()).isEqualTo(3);
        assertThat(quorumOf(story, Story.bound(alice, org.zosgrid.contract.document.Deployment.class, unbound))).isEqualTo(3);
        aNodeHoldsItToWhatItBinds(story, Story.bound(alice, org.zosgrid.contract.document.Deployment.class, unbound));
        takeOut(alice, "quorum", version + 1, Language.DMN, 3);
        assertThat(quorumOf(story, story.document(1, Duration.ofHours(1)))).isEqualTo(2);
    }

    /** Two are enough by the rules, and a control plane that was taken seals it with two. */
    private static void aNodeHoldsItToWhatItBinds(Story story, org.zosgrid.contract.document.Deployment bound) throws Exception {
        assertThat(bound.demand()).isEqualTo(new Demand(3, Set.of()));
        Cast cast = ControlPlaneContainer.stage().cast();
        Receipt refused = HackedControlPlane.seals(ControlPlaneContainer.stage(), Stage.COMPUTE, Envelope.sign(bound.payloadType(), bound.toJson(), cast.key(Cast.REQUESTER), cast.key("bob"), cast.key("carol")), story.name(), 1);
        assertThat(refused.reason()).isEqualTo("quorum-not-reached");
        assertThat(refused.message()).contains("3 people must have approved (2 did), says the document's demand");
    }

    @Test
    @RunAsClient
    void aTableThatDemandsMoreMeanwhileMakesTheChangeInvalid() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "outgrown", 64);
        ControlPlane alice = story.as(Cast.REQUESTER);
        long version = newest(alice, "quorum");
        org.zosgrid.contract.document.Deployment document = story.document(1, Duration.ofHours(1));
        ControlPlaneContainer.stage().process("hub").kill();
        try {
            story.submit(document);
            story.passes(1, "Try again");
            putInForce(alice, "quorum", version + 1, Language.DMN, builtIn("quorum.dmn").replaceAll("(<outputEntry[^>]*><text>)[0-9]+(</text>)", "$13$2"), builtIn("quorum.examples.yaml").replaceAll("people: [0-9]+", "people: 3"));
        } finally {
            ControlPlaneContainer.stage().startHub();
        }
        assertThat(story.reach(1, "invalid").json().path("message").asText()).contains("demand.people: must be at least 3, as many people as the decision table quorum demands");
        takeOut(alice, "quorum", version + 2, Language.DMN, 3);
    }

    /** Of all tests together; 0 if there is none. */
    private static long newest(ControlPlane alice, String model) {
        return alice.models().stream().filter(each -> each.path("name").asText().equals(model)).mapToLong(each -> each.path("version").asLong()).findFirst().orElse(0);
    }

    /** How many people a deployment needs now; it is taken back again. */
    private static int quorumOf(Story story, org.zosgrid.contract.document.Deployment document) throws Exception {
        story.submit(document);
        int quorum = story.reach(1, "approval").json().path("quorum").asInt();
        story.as(Cast.REQUESTER).withdraw(story.name(), 1, "it was only asked how many must approve");
        story.reach(1, "withdrawn");
        return quorum;
    }

    /** @param people how many must approve it */
    static void takeOut(ControlPlane alice, String name, long version, Language language, int people) throws Exception {
        submit(alice, model(name, version, language, "", ""));
        approve(alice, name, version, "done", List.of("bob", "carol", "dave").subList(0, people));
    }

    @Test
    @RunAsClient
    void whatIsWrongWithAModelIsNamedByItsElements() throws Exception {
        ControlPlane alice = new Story(ControlPlaneContainer.stage(), "nobody", 62).as(Cast.REQUESTER);
        String hostile = example("own-deployment.bpmn").replace("modelerTemplate=\"org.zosgrid.approvals\"", "modelerTemplate=\"org.zosgrid.everybody\"");
        assertThat(alice.checkModel(Language.BPMN, hostile, "").path("findings")).anySatisfy(finding -> {
            assertThat(finding.path("element").asText()).isEqualTo("approve");
            assertThat(finding.path("rule").asText()).isEqualTo("block");
        });
        assertThatThrownBy(() -> submit(alice, model("own-deployment-2", 1, Language.BPMN, hostile, "")))
                .isInstanceOf(RefusedException.class).hasMessageContaining("file#approve");
        String script = example("own-deployment.bpmn").replaceFirst("<bpmn:startEvent", "<bpmn:scriptTask id=\"run\" scriptFormat=\"javascript\"><bpmn:script>1</bpmn:script></bpmn:scriptTask><bpmn:startEvent");
        assertThatThrownBy(() -> submit(alice, model("own-deployment-2", 1, Language.BPMN, script, "")))
                .isInstanceOf(RefusedException.class).hasMessageContaining("scriptTask");
        assertThatThrownBy(() -> submit(alice, model("own-quorum-2", 1, Language.DMN, example("own-quorum.dmn").replaceAll("(<outputEntry[^>]*><text>)[0-9]+(</text>)", "$11$2"), example("own-quorum.examples.yaml"))))
                .isInstanceOf(RefusedException.class).hasMessageContaining("it must demand at least 2");
        assertThatThrownBy(() -> submit(alice, model("deploy", 1, Language.BPMN, example("own-deployment.bpmn").replace("id=\"own-deployment\"", "id=\"deploy\""), "")))
                .isInstanceOf(RefusedException.class).hasMessageContaining("process-id");
    }

    static void putInForce(ControlPlane alice, String name, long version, Language language, String file, String examples) throws Exception {
        submit(alice, model(name, version, language, file, examples));
        approve(alice, name, version, "in_force", List.of("bob", "carol"));
    }

    private static void approve(ControlPlane alice, String name, long version, String end, List<String> people) throws Exception {
        Watch watch = new Watch(alice, name, version);
        assertThat(watch.reach("approval", PATIENCE, each -> {}).json().path("quorum").asInt()).isEqualTo(people.size());
        for (String person : people) {
            ControlPlane approver = ControlPlaneContainer.stage().controlPlane(ControlPlaneContainer.stage().cast().key(person));
            Approval.of(approver, name, version).give(approver, ControlPlaneContainer.stage().cast().key(person));
        }
        watch.reach(end, PATIENCE, each -> {});
    }

    private static void submit(ControlPlane alice, Model written) {
        Model model = Story.bound(alice, Model.class, written);
        alice.submit(Envelope.sign(model.payloadType(), model.toJson(), ControlPlaneContainer.stage().cast().key(Cast.REQUESTER)));
    }

    private static Model model(String name, long version, Language language, String file, String examples) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new Model(name, version, Cast.REQUESTER, now, now.plus(Duration.ofHours(1)), "we approve in our own way", language, file, examples);
    }

    private static String builtIn(String name) throws IOException {
        return Files.readString(Path.of("../bpmn/src/main/resources").resolve(name), StandardCharsets.UTF_8);
    }

    /** As documented, with the groups that this stage has; the stage's rules demand two people everywhere. */
    private static String example(String name) throws IOException {
        String text = Files.readString(Path.of("../docs/examples").resolve(name), StandardCharsets.UTF_8).replace("security", "approver");
        return name.startsWith("own-quorum") ? text.replaceAll("(<outputEntry[^>]*><text>)1(</text>)", "$12$2").replace("people: 1", "people: 2") : text;
    }
}
