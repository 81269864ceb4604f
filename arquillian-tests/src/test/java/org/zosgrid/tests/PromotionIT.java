package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** The trust root lets only promoted images run in staging: the control plane says so early, a node refuses what slipped past it, and a revocation reaches every node. */
@ArquillianTest
class PromotionIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void onlyPromotedImagesRunAndARevocationIsHeardByEveryNode() throws Exception {
        Story early = new Story(stage(), "promoted-early", 81);
        Story shop = new Story(stage(), "promoted", 82);
        Set<Environment> before = root(shop).promoted();
        try {
            aNodeRefusesWhatWasSealedBeforeItsTrustRootAskedForPromotions(early);
            var document = inStaging(shop.document(1, Duration.ofHours(2)));
            ImageReference image = document.machines().getFirst().image();

            assertThat(faults(shop, document)).anyMatch(fault -> fault.startsWith("machines[0].image: must have been promoted to staging"));
            assertThatThrownBy(() -> shop.submit(document)).isInstanceOf(RefusedException.class).hasMessageContaining("must have been promoted to staging");
            String name = promote(shop, image, 1, true);
            assertThat(promotion(shop, image).path("state").asText()).isEqualTo("promoted");
            assertThat(promotion(shop, image).path("signers")).extracting(JsonNode::asText).containsExactly("alice", "bob", "carol");
            assertThat(faults(shop, document)).isEmpty();
            shop.submit(document);
            shop.reach(1, "approval");
            shop.approve(1);
            shop.reach(1, "running");
            assertThat(shop.machinesOn(Stage.COMPUTE)).containsExactly("running");

            var rebuilt = inStaging(shop.document(2, Duration.ofHours(2)));
            assertThat(rebuilt.machines().getFirst().image().name()).isEqualTo(image.name());
            assertThatThrownBy(() -> shop.submit(rebuilt)).as("another fingerprint under the same tag").isInstanceOf(RefusedException.class).hasMessageContaining("must have been promoted to staging");
            ImageReference second = rebuilt.machines().getFirst().image();
            promote(shop, second, 1, true);
            assertThatThrownBy(() -> submit(shop, second, Environment.STAGING, 3, true)).isInstanceOf(RefusedException.class).hasMessageContaining("must be 2");

            promote(shop, second, 2, false);
            assertThat(promotion(shop, second).path("objection").asText()).contains("version 2 revokes it");
            assertThatThrownBy(() -> shop.submit(rebuilt)).isInstanceOf(RefusedException.class).hasMessageContaining("version 2 revokes it");
            stage().await(Stage.COMPUTE, () -> told(shop, second).containsAll(List.of(Stage.COMPUTE, Stage.GATEWAY)));
            assertThat(shop.machinesOn(Stage.COMPUTE)).as("what runs goes on").containsExactly("running");
            assertThat(kinds(shop, name, 1)).contains("sealed", "promoted");
            verified(shop.name());
            verified(name);
            shop.remove(2);
        } finally {
            rotate(shop, before);
        }
    }

    /** It was sealed when any image might run; on the way to the node, the trust root comes first. */
    private static void aNodeRefusesWhatWasSealedBeforeItsTrustRootAskedForPromotions(Story early) throws Exception {
        early.submit(inStaging(early.document(1, Duration.ofHours(2))));
        early.reach(1, "approval");
        stage().process(Stage.COMPUTE).kill();
        try {
            early.approve(1);
            early.passes(1, "provisioning");
            rotate(early, Set.of(Environment.STAGING));
        } finally {
            stage().startNode(Stage.COMPUTE);
        }
        DeploymentVersion ended = early.reach(1, "compensated");
        assertThat(ended.json().path("message").asText()).contains("image-not-promoted", "machines[0].image", "none came along");
        assertThat(early.workloadsOn(Stage.COMPUTE)).isZero();
    }

    private static String promote(Story story, ImageReference image, long version, boolean counts) {
        String name = submit(story, image, Environment.STAGING, version, counts);
        new Watch(story.as(Cast.REQUESTER), name, version).reach("approval", Story.PATIENCE, each -> {});
        for (String person : List.of("bob", "carol")) {
            Approval.of(story.as(person), name, version).give(story.as(person), stage().cast().key(person));
        }
        new Watch(story.as(Cast.REQUESTER), name, version).reach(counts ? "promoted" : "revoked", Story.PATIENCE, each -> {});
        return name;
    }

    private static String submit(Story story, ImageReference image, Environment environment, long version, boolean counts) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ImagePromotion document = new ImagePromotion(ImagePromotion.name(image, environment), version, Cast.REQUESTER, now, now.plus(Duration.ofHours(1)), counts ? "tried" : "a flaw was found", image, environment,
                counts ? Optional.of(now.plus(Duration.ofDays(30))) : Optional.empty());
        story.as(Cast.REQUESTER).submit(Envelope.sign(document.payloadType(), document.toJson(), stage().cast().key(Cast.REQUESTER)));
        return document.name();
    }

    private static JsonNode promotion(Story story, ImageReference image) {
        List<JsonNode> all = story.as("alice").promotions(Optional.of(image));
        assertThat(all).hasSize(1);
        // Which nodes have been told may differ already.
        assertThat(story.as("alice").promotions(Optional.of(ImageReference.parse(image.name())))).extracting(each -> each.path("name").asText()).contains(all.getFirst().path("name").asText());
        return all.getFirst();
    }

    private static List<String> told(Story story, ImageReference image) {
        List<String> nodes = new ArrayList<>();
        promotion(story, image).path("told").forEach(each -> nodes.add(each.asText()));
        return nodes;
    }

    private static List<String> faults(Story story, org.zosgrid.contract.document.Deployment document) {
        List<String> faults = new ArrayList<>();
        story.as("alice").plan(document.toJson()).path("faults").forEach(each -> faults.add(each.asText()));
        return faults;
    }

    private static List<String> kinds(Story story, String name, long version) {
        return story.as("alice").show(name, version).json().path("timeline").findValuesAsText("kind");
    }

    /** What was decided, and the promotions that nodes had with it, proves itself without the control plane. */
    private static void verified(String name) throws Exception {
        byte[] bundle = stage().controlPlane(stage().cast().key(Cast.REQUESTER)).audit(name);
        Envelope pinned = Envelope.parse(java.nio.file.Files.readAllBytes(stage().cast().trustRootFile()));
        assertThat(AuditBundle.verify(bundle, pinned, 0).events()).isNotEmpty();
    }

    private static org.zosgrid.contract.document.Deployment inStaging(org.zosgrid.contract.document.Deployment drawn) {
        return new org.zosgrid.contract.document.Deployment(drawn.name(), drawn.version(), drawn.requester(), Environment.STAGING, drawn.created(), drawn.expires(), drawn.description(), drawn.network(),
                drawn.machines(), drawn.gateways(), drawn.approval(), drawn.workflow());
    }

    private static TrustRoot root(Story story) throws Exception {
        return TrustRoot.parse(Envelope.parse(story.as("bob").trustRoot().path("envelope").binaryValue()).payload());
    }

    private static void rotate(Story story, Set<Environment> promoted) throws Exception {
        TrustRoot now = root(story);
        TrustRoot next = new TrustRoot(now.version() + 1, now.expires(), now.keys(), now.roles(), now.policy(), now.nodes(), now.ledger(), now.witnesses(), promoted);
        story.as("bob").rotate(Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), stage().cast().key("bob"), stage().cast().key("carol")));
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }
}
