package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.stage.SecondServer;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** Two control planes on one database: each hears of everything, the work is shared, and one that is killed is stood in for. */
@ArquillianTest
class ClusterIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void whatAKilledServerHadBegunTheOtherFinishesAndNothingIsDoneTwice() throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        try (SecondServer second = SecondServer.join(stage, ControlPlaneContainer.installation())) {
            List<Story> stories = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                Story story = new Story(stage, "shared-" + number, 60 + number);
                story.open(); // at the first
                story.through(second.address()).approve(1);
                stories.add(story);
            }
            second.kill();
            for (Story story : stories) {
                story.reach(1, "running");
                assertThat(story.answers()).as("the page").isTrue();
            }
            second.start();
            for (Story story : stories) {
                JsonNode shown = story.through(second.address()).shown(1).json();
                assertThat(shown.path("state").asText()).as("what the second says").isEqualTo("running");
                assertThat(receipts(shown)).as("every node decided once and reported once").doesNotHaveDuplicates()
                        .contains(Stage.COMPUTE + " accepted", Stage.COMPUTE + " running", Stage.GATEWAY + " accepted");
                assertThat(ledger(story, "sealed", 1)).as("seals").hasSize(1);
                assertThat(ledger(story, "receipt", 1)).as("receipts in the ledger").hasSameSizeAs(receipts(shown));
                story.through(second.address()).remove();
            }
        }
    }

    private static List<String> receipts(JsonNode shown) {
        List<String> receipts = new ArrayList<>();
        shown.path("receipts").forEach(each -> receipts.add(each.path("node").asText() + " " + each.path("outcome").asText()));
        return receipts;
    }

    private static List<String> ledger(Story story, String kind, long version) {
        List<String> found = new ArrayList<>();
        long from = 0;
        for (JsonNode page = story.as("alice").ledger(from, 500); !page.path("items").isEmpty(); page = story.as("alice").ledger(from, 500)) {
            page.path("items").forEach(entry -> {
                if (entry.path("name").asText().equals(story.name()) && entry.path("version").asLong() == version && entry.path("kind").asText().equals(kind)) {
                    found.add(entry.path("detail").asText());
                }
            });
            from += page.path("items").size();
        }
        return found;
    }
}
