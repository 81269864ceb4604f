package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.trust.TrustRoot;

/** The ceremonies of docs/trust-root-ceremonies.md, command by command. */
class TrustCommandTest {
    private static final Path VECTORS = Path.of("../contract/src/test/resources/vectors").toAbsolutePath();

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void keysAndTheFirstRoot() throws Exception {
        for (String name : new String[] {"alice", "bob", "bob-new", "carol", "dave", "erin"}) {
            SigningKey key = SigningKey.generate();
            key.write(directory.resolve(name + ".pem"), Optional.empty());
            Files.writeString(directory.resolve(name + ".pub.pem"), key.verificationKey().toPem());
        }
        good(zos("trust init --out root-1.json --ledger ledger.json --person alice=alice.pub.pem --person bob=bob.pub.pem --person carol=carol.pub.pem --person dave=dave.pub.pem"
                + " --role requester=1:alice --role approver=2:bob,carol,dave --role root=2:bob,carol,dave --sign bob.pem --sign carol.pem"));
    }

    @Test
    void aLostKeyIsReplacedByTheOtherHolders() throws Exception {
        good(zos("trust add-key root-1.json --person bob=bob-new.pub.pem --out root-2.json --sign carol.pem --sign dave.pem"));
        good(zos("trust revoke-key root-2.json --key " + id("bob").substring(0, 12) + " --out root-3.json --sign carol.pem --sign dave.pem"));
        assertThat(good(zos("trust verify-chain root-1.json root-2.json root-3.json")).out()).contains("a chain of 3, up to version 3");
        TrustRoot last = root("root-3.json");
        assertThat(last.holders("approver")).containsExactly("bob", "carol", "dave");
        assertThat(last.holders("root")).containsExactly("bob", "carol", "dave");
        assertThat(last.keys()).doesNotContainKey(SigningKey.read(directory.resolve("bob.pem"), Optional.empty()).id());
    }

    @Test
    void aChangeSaysWhoMustStillSignAndCountsOnlyThen() {
        Ran first = good(zos("trust rotate root-1.json --out root-2.json --role root=2:bob,carol,dave --sign bob.pem"));
        assertThat(first.out()).contains("root holders of version 1: 1 more must sign, of carol, dave").contains("root holders of version 2: 1 more must sign");
        Ran early = zos("trust verify-chain root-1.json root-2.json");
        assertThat(early.exit()).isEqualTo(1);
        assertThat(early.err()).contains("root-2.json: signatures").contains("role root in version 1");
        good(zos("sign root-2.json --key dave.pem"));
        good(zos("trust verify-chain root-1.json root-2.json"));
    }

    @Test
    void nobodyIsRevokedBelowAThreshold() {
        good(zos("trust revoke-key root-1.json --person bob --out root-2.json --sign carol.pem --sign dave.pem"));
        Ran locked = zos("trust revoke-key root-2.json --person carol --out root-3.json --sign carol.pem --sign dave.pem");
        assertThat(locked.exit()).isEqualTo(1);
        assertThat(locked.err()).contains("must not be above the number of people who hold the role, 1 (is: 2)");
        assertThat(directory.resolve("root-3.json")).doesNotExist();
    }

    @Test
    void rulesAndGroupsComeWithARotation() throws Exception {
        Files.writeString(directory.resolve("rules.json"), """
                {"policy": [{"name": "all", "require": {"groups": {"approver": 2}}},
                            {"name": "internet", "match": {"exposed": true}, "require": {"groups": {"security": 1}}}]}""");
        good(zos("trust add-key root-1.json --person erin=erin.pub.pem --role approver --out root-2.json --sign bob.pem --sign carol.pem"));
        good(zos("trust rotate root-2.json --out root-3.json --role security=1:erin --policy rules.json --sign bob.pem --sign carol.pem"));
        assertThat(root("root-3.json").policy().rules()).hasSize(2);
        assertThat(good(zos("trust show root-3.json")).out()).contains("security       1 of erin").contains("rule {\"name\":\"internet\"");
        Ran gone = zos("trust rotate root-3.json --out root-4.json --remove-group security --sign bob.pem --sign carol.pem");
        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.err()).contains("policy.internet").contains("asks for a group that does not exist");
    }

    @Test
    void emergenciesComeWithARotationAndStayUntilOneTakesThemAway() throws Exception {
        Ran pointless = zos("trust rotate root-1.json --out root-2.json --emergency approver=1 --emergency-longest PT4H --sign bob.pem --sign carol.pem");
        assertThat(pointless.err()).contains("--emergency: the group approver asks for 2 people by its own threshold, whatever stands here");
        assertThat(zos("trust rotate root-1.json --out root-2.json --role oncall=1:bob,carol,dave --emergency oncall=1 --sign bob.pem").err()).contains("--emergency-longest: must be given");
        good(zos("trust rotate root-1.json --out root-2.json --role oncall=1:bob,carol,dave --emergency oncall=1 --emergency-longest PT4H --sign bob.pem --sign carol.pem"));
        assertThat(good(zos("trust show root-2.json")).out()).contains("emergency changes need {\"groups\":{\"oncall\":1}}, for at most PT4H");
        good(zos("trust rotate root-2.json --out root-3.json --sign bob.pem --sign carol.pem"));
        assertThat(root("root-3.json").emergency()).isEqualTo(root("root-2.json").emergency()).isPresent();
        good(zos("trust add-key root-3.json --person bob=bob-new.pub.pem --out root-4.json --sign carol.pem --sign dave.pem"));
        good(zos("trust rotate root-4.json --out root-5.json --emergency-longest PT1H --sign bob.pem --sign carol.pem"));
        assertThat(root("root-5.json").emergency().orElseThrow().longest()).hasHours(1);
        good(zos("trust rotate root-5.json --out root-6.json --no-emergency --sign bob.pem --sign carol.pem"));
        assertThat(root("root-6.json").emergency()).isEmpty();
    }

    @Test
    void deputiesAreNamedAndStayUntilSomebodyTakesThemAway() throws Exception {
        good(zos("trust rotate root-1.json --out root-2.json --deputy approver=erin:erin.pub.pem --sign bob.pem --sign carol.pem"));
        assertThat(root("root-2.json").standsInFor("erin")).containsExactly("approver");
        assertThat(good(zos("trust show root-2.json")).out()).contains("approver       2 of bob, carol, dave; deputies erin");
        assertThat(zos("trust rotate root-2.json --out root-3.json --deputy approver=bob --sign bob.pem").err()).contains("roles.approver.deputies: must not hold the role themselves");
        assertThat(zos("trust rotate root-2.json --out root-3.json --deputy approver=nobody --sign bob.pem").err()).contains("--deputy approver: nobody is called nobody");
        good(zos("trust rotate root-2.json --out root-3.json --role approver=2:bob,carol --sign bob.pem --sign carol.pem"));
        assertThat(root("root-3.json").standsInFor("erin")).as("another word on the group leaves its deputies").containsExactly("approver");
        good(zos("trust add-key root-3.json --person erin=bob-new.pub.pem --out root-4.json --sign carol.pem --sign dave.pem"));
        assertThat(root("root-4.json").roles().get("approver").deputies()).hasSize(2);
        good(zos("trust revoke-key root-4.json --key " + id("erin").substring(0, 12) + " --out root-5.json --sign carol.pem --sign dave.pem"));
        assertThat(root("root-5.json").roles().get("approver").deputies()).hasSize(1);
        assertThat(zos("trust rotate root-5.json --out root-6.json --no-deputy approver=dave --sign bob.pem").err()).contains("--no-deputy: dave is no deputy of approver");
        good(zos("trust rotate root-5.json --out root-6.json --no-deputy approver=erin --sign bob.pem --sign carol.pem"));
        assertThat(root("root-6.json").deputies()).isEmpty();
        good(zos("trust rotate root-2.json --out root-7.json --role approver=2:bob,carol,erin --sign bob.pem --sign carol.pem"));
        assertThat(root("root-7.json").deputies()).as("who joins the group is no deputy of it any more").isEmpty();
    }

    @Test
    void theLedgersKeysAndItsWitnessesAreReplaced() throws Exception {
        good(zos("keys ledger zosgrid.example/ledger --out ledger-2.json"));
        good(zos("keys witness compute-1 --out witness-1.json"));
        good(zos("trust rotate root-1.json --out root-2.json --ledger-keys ledger-2.pub.json --witness witness-1.pub.json --witness-threshold 1 --sign bob.pem --sign carol.pem"));
        good(zos("trust verify-chain root-1.json root-2.json"));
        TrustRoot next = root("root-2.json");
        assertThat(next.ledger()).isNotEqualTo(root("root-1.json").ledger());
        assertThat(next.witnesses().threshold()).isEqualTo(1);
        assertThat(next.witnesses().keys()).containsOnlyKeys("compute-1");
        assertThat(zos("trust rotate root-2.json --out root-3.json --remove-witness compute-1").err()).contains("must lie between 0 and the number of witnesses, 0 (is: 1)");
    }

    @Test
    void theManagementNetworksCertificatesComeFromOneAuthority() {
        String authority = directory.resolve("authority").toString();
        for (String name : new String[] {"control-plane", "compute-1"}) {
            good(Ran.zos("keys", "management", name, "--authority", authority, "--address", "10.0.0.11", "--out", directory.resolve(name).toString()));
        }
        assertThat(ManagementIdentity.read(directory.resolve("compute-1")).certificate().getSubjectX500Principal().getName()).isEqualTo("CN=compute-1");
        assertThat(ManagementIdentity.read(directory.resolve("compute-1")).authority()).isEqualTo(ManagementIdentity.read(directory.resolve("control-plane")).authority());
        assertThat(Ran.zos("keys", "management", "compute-1", "--authority", authority, "--out", directory.resolve("compute-1").toString()).err()).contains("--out: ").contains("a key is never overwritten");
        assertThat(Ran.zos("keys", "management", "compute-2", "--authority", authority, "--address", "here", "--out", directory.resolve("x").toString()).err()).contains("--address: must be an IP address, is here");
        assertThat(Ran.zos("keys", "management", "Compute", "--authority", authority, "--out", directory.resolve("x").toString()).err()).contains("NAME: ");
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void aDirectoryFollowsAndNeverGoesBack() throws Exception {
        good(zos("trust rotate root-1.json --out root-2.json --sign bob.pem --sign carol.pem"));
        assertThat(good(zos("trust follow root-2.json --pinned root-1.json --store store")).out()).contains("is at version 2");
        assertThat(zos("trust follow root-2.json --pinned root-1.json --store store").err()).contains("must be 3");
        Files.delete(directory.resolve("store/2.root.json"));
        Ran restored = zos("trust follow --pinned root-1.json --store store --known 2");
        assertThat(restored.exit()).isEqualTo(1);
        assertThat(restored.err()).contains("an old copy was restored");
    }

    @Test
    void anAuditBundleIsToldAndABrokenOneRefused() throws Exception {
        Ran told = good(zos("audit verify " + VECTORS.resolve("bundle.json") + " --root " + VECTORS.resolve("root-1.json") + " --at-least 2"));
        assertThat(told.out()).contains("shop: verified in the ledger ledger.example at size 18").contains("requested by alice, approved by bob, carol, erin, under trust root version 2")
                .contains("compute-1 signed: accepted");
        Files.writeString(directory.resolve("broken.json"), Files.readString(VECTORS.resolve("bundle.json")).replaceFirst("\"index\":1,", "\"index\":0,"));
        Ran refused = zos("audit verify broken.json --root " + VECTORS.resolve("root-1.json"));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("does not lead to its root hash");
    }

    private TrustRoot root(String file) throws Exception {
        return TrustRoot.parse(Envelope.parse(Files.readAllBytes(directory.resolve(file))).payload());
    }

    private String id(String name) {
        return SigningKey.read(directory.resolve(name + ".pem"), Optional.empty()).id().hex();
    }

    private static Ran good(Ran ran) {
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        return ran;
    }

    /** Words that name files stand for files in the test's directory. */
    private Ran zos(String line) {
        String[] words = java.util.Arrays.stream(line.split(" "))
                .map(word -> word.matches("([a-z]+=([a-z]+:)?)?[a-z0-9-]+(\\.pub)?\\.(pem|json)") ? word.replaceFirst("([a-z0-9-]+(\\.pub)?\\.(pem|json))$", directory.toString().replace("\\", "/") + "/$1") : word)
                .map(word -> word.equals("store") ? directory.resolve("store").toString() : word)
                .toArray(String[]::new);
        return Ran.zos(words);
    }
}
