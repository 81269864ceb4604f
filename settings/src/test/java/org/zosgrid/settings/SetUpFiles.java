package org.zosgrid.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.transport.ManagementAuthority;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;

/** The files that every control plane is set up with, real ones and as small as can be: {@code root.json}, {@code ledger.json}, {@code nodes.json} and {@code tls}. */
public final class SetUpFiles {
    private SetUpFiles() {}

    /**
     * Writes them.
     *
     * @return the lines of a configuration that names them, with all that must be given
     */
    public static String write(Path folder) throws IOException {
        LedgerKey ledger = LedgerKey.generate("zosgrid.example/test");
        ledger.write(folder.resolve("ledger.json"));
        Files.write(folder.resolve("root.json"), trustRoot(ledger).toJson());
        Files.writeString(folder.resolve("nodes.json"), "{\"nodes\": []}");
        ManagementAuthority.create(folder.resolve("authority")).issue("control-plane", List.of(InetAddress.ofLiteral("127.0.0.1")), folder.resolve("tls"));
        return """
                zos.state=%1$s/state
                zos.trust-root=%1$s/root.json
                zos.ledger-key=%1$s/ledger.json
                zos.inventory=%1$s/nodes.json
                zos.management-tls=%1$s/tls
                zos.hub=http://10.231.0.1:8090
                zos.http.port=8080
                """.formatted(folder);
    }

    private static Envelope trustRoot(LedgerKey ledger) {
        SigningKey alice = SigningKey.generate();
        SigningKey bob = SigningKey.generate();
        Map<KeyId, TrustedKey> keys = Map.of(alice.id(), new TrustedKey("alice", alice.verificationKey()), bob.id(), new TrustedKey("bob", bob.verificationKey()));
        Map<String, Role> roles = Map.of("root", new Role(Set.of(bob.id()), 1), "requester", new Role(Set.of(alice.id()), 1), TrustRoot.APPROVER, new Role(Set.of(bob.id()), 1));
        Instant expires = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        TrustRoot root = new TrustRoot(1, expires, keys, roles, Policy.quorum(TrustRoot.APPROVER, 1), Map.of(), ledger.verifiers());
        return Envelope.sign(PayloadType.TRUST_ROOT, root.toJson(), bob);
    }
}
