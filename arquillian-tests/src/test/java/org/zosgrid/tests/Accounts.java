package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** People with accounts at the stage's control plane, and no keys; a class of its own, since the server that runs {@link IdentityIT} has no command line. */
final class Accounts {
    private static final String PASSWORD = "correct horse battery staple";

    private Accounts() {}

    static void logInAndOut() {
        Stage stage = ControlPlaneContainer.stage();
        ControlPlane root = stage.controlPlane(stage.cast().key("bob"));
        root.addUser("Carla", "Carla of audit", PASSWORD, List.of("auditors"));
        root.addUser("pat", "", PASSWORD, List.of("platform"));
        root.addUser("nora", "", PASSWORD, List.of("nothing"));
        try {
            JsonNode begun = anonymous().logIn("carla", PASSWORD, Optional.empty());
            assertThat(begun.path("roles")).hasSize(1);
            ControlPlane carla = ControlPlane.withToken(stage.controlPlaneAddress(), begun.path("token").asText());
            assertThat(carla.list()).isNotNull();
            refused(carla::users, 403);
            refused(() -> carla.reject("anything", 1, "no"), 403);
            ControlPlane pat = ControlPlane.withToken(stage.controlPlaneAddress(), anonymous().logIn("pat", PASSWORD, Optional.empty()).path("token").asText());
            assertThat(pat.users()).extracting(each -> each.path("name").asText()).contains("carla", "nora", "pat");
            refused(() -> anonymous().logIn("nora", PASSWORD, Optional.empty()), 403);
            refused(() -> anonymous().logIn("carla", PASSWORD, Optional.of("rival")), 401);
            refused(() -> anonymous().logIn("carla", PASSWORD, Optional.of("nowhere")), 401);
            pat.logOut();
            refused(pat::users, 401);
            root.removeUser("carla");
            refused(carla::list, 401);
        } finally {
            for (JsonNode each : root.users()) {
                root.removeUser(each.path("name").asText());
            }
        }
    }

    static void logInThroughTheDirectory() {
        JsonNode begun = anonymous().logIn("Alice", "alice's password", Optional.empty());
        assertThat(begun.path("name").asText()).isEqualTo("alice");
        assertThat(begun.path("roles")).extracting(JsonNode::asText).containsExactly("reader");
        ControlPlane alice = ControlPlane.withToken(ControlPlaneContainer.stage().controlPlaneAddress(), begun.path("token").asText());
        assertThat(alice.list()).isNotNull();
        refused(alice::users, 403);
        refused(() -> alice.reject("anything", 1, "a login of her name is not her key"), 403);
        refused(() -> anonymous().logIn("alice", "a star's password", Optional.empty()), 401);
        refused(() -> anonymous().logIn("alice", "alice's password", Optional.of("rival")), 401); // the directory is the default organisation's
        alice.logOut();
        refused(alice::list, 401);
    }

    static void areBarredAfterFailures() {
        for (int time = 0; time < 5; time++) {
            refused(() -> anonymous().logIn("guessed", "wrong", Optional.empty()), 401);
        }
        assertThatThrownBy(() -> anonymous().logIn("guessed", "wrong", Optional.empty())).isInstanceOf(RefusedException.class).hasMessageContaining("Too many logins have failed");
    }

    private static ControlPlane anonymous() {
        return ControlPlane.anonymous(ControlPlaneContainer.stage().controlPlaneAddress());
    }

    private static void refused(Runnable call, int status) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
