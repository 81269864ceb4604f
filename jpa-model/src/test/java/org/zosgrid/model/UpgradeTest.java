package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.organisation.Organisation;

/**
 * Databases of earlier versions, with rows as those wrote them, brought up to date and read by what reads them today. An organisation's schema is upgraded like the default
 * one's tables. Rows are written in SQL: the classes of today would write what today's tables want.
 */
class UpgradeTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
    private static final SigningKey ALICE = SigningKey.generate();

    private final DataSource source = TestDatabase.empty();

    /** The oldest tables with a ledger in tiles: models, servers, search, drift, events, logins, emergencies and holdings came after it. */
    @ParameterizedTest
    @ValueSource(strings = {Organisation.DEFAULT, "acme"})
    void whatWasWrittenBeforeModelsIsReadToday(String organisation) {
        at("30", organisation);
        write(organisation, """
                INSERT INTO change (id, name, version, kind, requester, digest, envelope, state, submitted_at, expires_at, quorum, idempotency_key, process_instance, sealed, sealed_index) VALUES
                    (1, 'shop', 1, 'deployment', 'alice', 'd1', '\\x01', 'running', now(), now(), 2, 'k1', 'p1', '\\x02', 1),
                    (2, 'blog', 1, 'deployment', 'alice', 'd2', '\\x01', 'approval', now(), now(), 2, 'k2', 'p2', null, null);
                INSERT INTO approval VALUES (1, 'bob', 'k', '\\x03', now()), (2, 'carol', 'k', '\\x03', now());
                INSERT INTO rejection VALUES (2, 'dave', 'not today', now());
                INSERT INTO dispatch (change_id, node, purpose, digest, record, ledger_size, sequence) VALUES (1, 'compute-1', 'contract', 'c1', '\\x04', 2, 5);
                INSERT INTO dispatch (change_id, node, purpose) VALUES (1, 'gateway-1', 'contract');
                INSERT INTO receipt VALUES ('compute-1', 7, 'shop', 1, 'c1', 'running', '', '', '\\x05', now(), 2, 1);
                INSERT INTO webhook (id, url, types, secret, creator, created_at, leased_until) VALUES (1, 'https://hooks.example.org', '', '\\x06', 'bob', now(), now());
                INSERT INTO webhook_delivery (webhook_id, ledger_index, subject, due_at) VALUES (1, 1, 'shop', now());
                INSERT INTO mail (change_id, kind, person, subject, body, attempts, due_at, ended_at) VALUES (2, 'reminder', 'bob', 's', 'b', 1, now(), now());
                INSERT INTO change_ticket (change_id, due_at) VALUES (2, now());
                """ + entry(0, "submitted", "shop", "asked for by alice") + entry(1, "sealed", "shop", "approved by bob and carol"));
        upgraded(organisation, entities -> {
            Changes changes = new Changes(entities);
            Change shop = changes.current("shop").orElseThrow();
            assertThat(shop.state()).isEqualTo(ChangeState.RUNNING);
            assertThat(shop.demandedGroups()).as("no table had demanded anybody").isEmpty();
            assertThat(changes.approvals(shop.id())).extracting(Approval::person).containsExactly("bob");
            Change blog = changes.open("blog").orElseThrow();
            assertThat(changes.rejections(blog.id())).extracting(Rejection::reason).containsExactly("not today");

            assertThat(changes.dispatch(shop.id(), "compute-1", Dispatch.CONTRACT).orElseThrow().sequence()).hasValue(5);
            assertThat(changes.notBefore(shop.id(), "gateway-1")).as("it may have been appended anywhere").isZero();
            assertThat(changes.dispatch("compute-1", "c1").flatMap(Dispatch::changeId)).hasValue(shop.id());
            assertThat(new NodeReceipts(entities).next("compute-1")).isEqualTo(8);
            assertThat(new Drifts(entities).open(shop.id())).isEmpty();
            assertThat(new Emergencies(entities).of(shop.id())).as("nothing was sealed as one").isEmpty();

            assertThat(new Webhooks(entities).find(1).orElseThrow().name()).isEmpty();
            assertThat(new Webhooks(entities).next(1, NOW.plusSeconds(1_000_000_000))).as("what is still to be sent").isPresent();
            assertThat(new ChangeTickets(entities).find(blog.id()).orElseThrow().summary()).isEmpty();
            Mails mails = new Mails(entities);
            mails.add(new Mail(blog.id(), "reminder", "bob", "s", "b", NOW));
            assertThat(mails.waiting()).as("who was reminded before is not reminded again").isZero();
            mails.add(new Mail(blog.id(), "notice", "bob", "s", "b", NOW));
            assertThat(mails.waiting()).isEqualTo(1);
        });
    }

    /** V85: what the ledger had is found like what it gets; V100: what happens to an old change is told. */
    @ParameterizedTest
    @ValueSource(strings = {Organisation.DEFAULT, "acme"})
    void oldDecisionsAreFoundAndOldChangesFollowed(String organisation) {
        at("76", organisation);
        write(organisation, change(1, "shop", "running") + entry(0, "submitted", "shop", "asked for by alice") + entry(1, "sealed", "shop", "approved by bob") + entry(2, "failed", "blog", "U+0000 is \0 here, for bob"));
        upgraded(organisation, entities -> {
            Ledger ledger = new Ledger(entities);
            assertThat(found(ledger, "", "bob")).containsExactly(2L, 1L);
            assertThat(found(ledger, "submitted", "")).containsExactly(0L);
            ledger.append(new LedgerEntry("provisioned", "shop", 1, "0".repeat(64), NOW, "told by bob"));
            assertThat(found(ledger, "", "bob")).containsExactly(3L, 2L, 1L);
            assertThat(ledger.search(new LedgerSearch("", "", "", Optional.of(NOW.minusSeconds(1)), Optional.empty()), 100, 100)).as("by time").hasSize(4);
        });
        TestDatabase database = TestDatabase.on(source);
        CurrentOrganisation.run(organisation, () -> {
            ChangeEvents.Position before = database.ask(entities -> new ChangeEvents(entities).now());
            database.run(entities -> new Changes(entities).lock(1).enter(ChangeState.DRIFTED, "gone"));
            assertThat(database.ask(entities -> new ChangeEvents(entities).after(before, 10)).stream().map(told -> told.change().name())).containsExactly("shop");
            String key = database.ask(entities -> new ChangeEvents(entities).key());
            assertThat(key).hasSize(64);
        });
    }

    /** V110. */
    @Test
    void accountsThatHadANameOnlyHaveEmptyProfiles() {
        at("108", Organisation.DEFAULT);
        UUID erin = UUID.randomUUID();
        write(Organisation.DEFAULT, "INSERT INTO account VALUES ('" + erin + "', 'erin', null, 'Erin', 'h', true, now(), now());"
                + "INSERT INTO login VALUES ('digest', 'erin', '" + erin + "', '', now());");
        upgraded(Organisation.DEFAULT, entities -> {
            assertThat(new Accounts(entities).find(erin).orElseThrow().profile()).isEqualTo(Account.Profile.named("Erin"));
            assertThat(new Accounts(entities).password("erin")).hasValue("h");
        });
    }

    /** V125. */
    @Test
    void aDispatchUnderWayIsLookedForInTheWholeLog() {
        at("120", Organisation.DEFAULT);
        write(Organisation.DEFAULT, change(1, "shop", "provisioning") + change(2, "blog", "running") + """
                INSERT INTO dispatch (change_id, node, purpose, digest, record, ledger_size, sequence) VALUES (2, 'compute-1', 'contract', 'c2', '\\x04', 2, 3);
                INSERT INTO dispatch (change_id, node, purpose) VALUES (1, 'compute-1', 'contract');
                """);
        upgraded(Organisation.DEFAULT, entities -> {
            Changes changes = new Changes(entities);
            assertThat(changes.dispatch(1, "compute-1", Dispatch.CONTRACT).orElseThrow().sequence()).isEmpty();
            assertThat(changes.unknownPlaces("compute-1", changes.notBefore(1, "compute-1"))).containsExactly(new Changes.Places(0, 3), new Changes.Places(4, Long.MAX_VALUE));
        });
    }

    /** V133: each deployment that stands is reckoned from its signed document, whether it ran before or was under way; nobody's quota has a hole. */
    @ParameterizedTest
    @ValueSource(strings = {Organisation.DEFAULT, "acme"})
    void whatDeploymentsHeldBeforeIsCounted(String organisation) {
        at("128", organisation);
        write(organisation, Stream.of("running", "paused", "drifted", "provisioning", "approval", "removed", "failed").map(state -> change(state.hashCode() & 0xffff, "app-" + state, state)).reduce("", String::concat));
        upgraded(organisation, entities -> {
            assertThat(noted(entities)).extracting(Change::name).containsExactlyInAnyOrder("app-running", "app-paused", "app-drifted", "app-provisioning");
            assertThat(new Holdings(entities).others("")).isEqualTo(new Holdings.Sum(4, 2_000, 4L * 64 * 1024 * 1024));
            assertThat(new Holdings(entities).heldByOthers("new", List.of("app-running.example", "app-approval.example", "app-removed.example"))).containsExactly("app-running.example");
            new Changes(entities).open("app-approval").orElseThrow().enter(ChangeState.PROVISIONING, "");
            entities.flush();
            assertThat(noted(entities)).as("under way when the tables came").extracting(Change::name).containsExactly("app-approval");
            assertThat(new Holdings(entities).others("").deployments()).isEqualTo(5);
        });
    }

    /** V134: what was sealed before is read, too. */
    @ParameterizedTest
    @ValueSource(strings = {Organisation.DEFAULT, "acme"})
    void whatWasSealedBeforeNamesItsImages(String organisation) {
        at("133", organisation);
        write(organisation, change(1, "app", "running") + "UPDATE change SET sealed_index = 12;");
        upgraded(organisation, entities -> {
            ImageNames names = new ImageNames(entities);
            ImageNames.Sealed app = names.unread(10).getFirst();
            assertThat(app.index()).isEqualTo(12);
            List<ImageReference> images = Deployment.parse(Envelope.parse(app.envelope()).payload()).machines().stream().map(Machine::image).toList();
            names.keep(app, images);
            assertThat(names.of(List.of(images.getFirst().fingerprint().orElseThrow()))).containsValue(List.of(images.getFirst().name()));
            assertThat(names.unread(10)).isEmpty();
        });
    }

    /** As the application does with whatever is missing, before it asks for a sum. */
    private static List<Change> noted(EntityManager entities) {
        Holdings holdings = new Holdings(entities);
        List<Change> missing = holdings.missing();
        for (Change each : missing) {
            Deployment deployment = Deployment.parse(Envelope.parse(each.envelope()).payload());
            Resources all = Resources.of(deployment);
            holdings.keep(each.id(), all.cpuMillis(), all.memoryBytes(), deployment.gateways().stream().map(GatewayRoute::host).toList());
        }
        return missing;
    }

    private static List<Long> found(Ledger ledger, String kind, String words) {
        return ledger.search(new LedgerSearch(kind, "", words, Optional.empty(), Optional.empty()), 100, 100).stream().map(LedgerRecord::index).toList();
    }

    private void at(String version, String organisation) {
        if (!organisation.equals(Organisation.DEFAULT)) {
            Schema.configuration(source, Organisation.DEFAULT).target(version).load().migrate();
        }
        Schema.configuration(source, organisation).target(version).load().migrate();
    }

    private void write(String organisation, String rows) {
        TestDatabase.execute(source, "SET search_path TO " + (organisation.equals(Organisation.DEFAULT) ? "public" : Schema.quoted(organisation)) + ";" + rows);
    }

    /** Today's tables, read by today's classes. */
    private void upgraded(String organisation, Consumer<EntityManager> read) {
        Schema.migrate(source);
        Schema.migrate(source, organisation);
        TestDatabase database = TestDatabase.on(source);
        CurrentOrganisation.run(organisation, () -> {
            database.validate();
            database.run(read);
        });
    }

    private static String change(long id, String name, String state) {
        Deployment document = Deployment.fromYaml("""
                name: %1$s
                version: 1
                requester: alice
                environment: production
                description: The shop
                network: {name: net, subnet: 10.40.0.0/24}
                machines:
                  - {name: web, node: compute-1, image: "demo/web:1.0@sha256:%2$s", cpuMillis: 500, memory: 64MiB, ports: [8080]}
                gateways:
                  - {name: shop, node: gateway-1, host: %1$s.example, machine: web, port: 8080}
                """.formatted(name, "0".repeat(64)));
        byte[] envelope = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), ALICE).toJson();
        return "INSERT INTO change (id, name, version, kind, requester, digest, envelope, state, submitted_at, expires_at, idempotency_key) VALUES (%d, '%s', 1, 'deployment', 'alice', 'd', '\\x%s', '%s', now(), now(), 'k%d');"
                .formatted(id, name, HexFormat.of().formatHex(envelope), state, id);
    }

    private static String entry(long index, String kind, String name, String detail) {
        byte[] entry = new LedgerEntry(kind, name, 1, "0".repeat(64), NOW, detail).toJson();
        return "INSERT INTO ledger_entry VALUES (%d, '%s', '%s', 1, '\\x%s', '\\x00');".formatted(index, kind, name, HexFormat.of().formatHex(entry));
    }
}
