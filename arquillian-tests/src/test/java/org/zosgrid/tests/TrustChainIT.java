package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.audit.AuditReport;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.LedgerKeys;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** The trust chain on real nodes: histories that a stranger verifies offline, and a trust root that is replaced while deployments run. */
@ArquillianTest
class TrustChainIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void theWholeHistoryOfADeploymentIsVerifiedOffline() throws Exception {
        Story story = new Story(stage(), "audited", 21);
        story.open();
        assertThat(kinds(audit(story, "audited"))).as("besides what other tests did to the trust root").contains("submitted").doesNotContain("approved", "sealed");
        story.approve(1);
        story.reach(1, "running");
        assertThat(kinds(audit(story, "audited"))).contains("submitted", "approved", "sealed", "receipt", "provisioned");
        story.remove();
        AuditReport removed = audit(story, "audited");
        assertThat(kinds(removed)).contains("sealed", "decommissioned");
        byte[] forged = new String(story.as("alice").audit("audited"), StandardCharsets.ISO_8859_1).replaceFirst("\"name\":\"audited\"", "\"name\":\"altered\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> AuditBundle.verify(forged, pinned(), 0)).isInstanceOf(ContractException.class);
    }

    /** Twice: the second time the ledger gets new keys, while every witness still goes by the old ones and must sign the checkpoint by which it learns of the new. */
    @Test
    @RunAsClient
    void aTrustRootIsReplacedAndThenTheLedgersKeysAndEveryNodeFollows() throws Exception {
        Story story = new Story(stage(), "rotated", 22);
        story.open();
        story.approve(1);
        story.reach(1, "running");
        TrustRoot first = TrustRoot.parse(Envelope.parse(story.as("bob").trustRoot().path("envelope").binaryValue()).payload());
        TrustRoot second = successor(first, first.ledger());
        Envelope alone = Envelope.sign(PayloadType.TRUST_ROOT, second.toJson(), stage().cast().key("bob"));
        assertThatThrownBy(() -> story.as("bob").rotate(alone)).as("one of two root holders").isInstanceOf(RefusedException.class);
        rotate(story, second);

        LedgerKey key = LedgerKey.generate(first.ledger().origin());
        TrustRoot third = successor(second, key.verifiers());
        assertThat(third.witnesses().threshold()).as("witnesses that must sign").isPositive();
        assertThatThrownBy(() -> rotate(story, third)).as("the ledger's new private key is not there yet").isInstanceOf(RefusedException.class);
        key.write(stage().cast().ledgerKeys().resolve("2.json"));
        rotate(story, third);
        assertThat(story.answers()).as("the page, under the new root").isTrue();
        story.remove();
        assertThat(audit(story, "rotated").rootVersion()).isEqualTo(third.version());
    }

    private static TrustRoot successor(TrustRoot now, LedgerKeys ledger) {
        return new TrustRoot(now.version() + 1, now.expires().plus(30, ChronoUnit.DAYS), now.keys(), now.roles(), now.policy(), now.nodes(), ledger, now.witnesses(), now.promoted());
    }

    /** Hands a trust root in and waits until both nodes have signed that they decide by it. */
    private static void rotate(Story story, TrustRoot next) throws Exception {
        Cast cast = stage().cast();
        story.as("bob").rotate(Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), cast.key("bob"), cast.key("carol")));
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        List<String> states = new ArrayList<>();
        while (Instant.now().isBefore(end) && !(states.size() == 2 && states.stream().allMatch("in-force"::equals))) {
            Thread.sleep(300);
            states.clear();
            JsonNode nodes = story.as("bob").trustRoot().path("nodes");
            nodes.forEach(node -> states.add(node.path("state").asText()));
        }
        assertThat(states).as("what the nodes have signed of version " + next.version()).containsExactly("in-force", "in-force");
    }

    private static AuditReport audit(Story story, String name) throws Exception {
        AuditReport report = AuditBundle.verify(story.as("alice").audit(name), pinned(), 0);
        assertThat(report.name()).isEqualTo(name);
        return report;
    }

    private static List<String> kinds(AuditReport report) {
        return report.events().stream().map(event -> event.entry().kind()).toList();
    }

    private static Envelope pinned() throws Exception {
        return Envelope.parse(Files.readAllBytes(stage().cast().trustRootFile()));
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }
}
