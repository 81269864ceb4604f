package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.configuration.CheckSettings;

/** What corporate systems hear of the running control plane. */
@ArquillianTest
class EventsIT {
    @Resource(lookup = "jdbc/zos") private DataSource database;
    @Resource private UserTransaction transaction;
    @Inject private DecisionLog decisions;
    @Inject private CheckSettings settings;

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void decisionsArriveSignedAndInOrderWhileAnotherReceiverIsSilentAndAThirdFails() throws Exception {
        Subscribers.hearOfDecisions();
    }

    @Test
    @RunAsClient
    void onlyARootHolderSubscribesAndOnlyWhatTheConfigurationAllows() {
        Subscribers.areAdministered();
    }

    @Test
    @RunAsClient
    void approversAreAskedByMailAndTheAuthorReadsHowItEnded() throws Exception {
        Subscribers.getMail();
    }

    @Test
    @RunAsClient
    void aDatabaseThatHangsMakesTheServerNotReadyAndLeavesItLive() throws Exception {
        Watchers.seeADatabaseHang();
    }

    @Test
    @RunAsClient
    void aCollectorWithTheTokenGetsFigures() throws Exception {
        Watchers.collect();
    }

    @Test
    @RunAsClient
    void whoReadsThePagesSeesNodesDecisionsImagesAndProcesses() throws Exception {
        PageReaders.seeWhatHappened();
    }

    @Test
    @RunAsClient
    void aRequestUnderAKeyIsCarriedOutOnceAndARefusedOneNever() throws Exception {
        Subscribers.repeatThemselves();
    }

    @Test
    @RunAsClient
    void oneTraceLeadsFromTheRequestToTheNodesReceipts() throws Exception {
        Watchers.followATrace();
    }

    @Test
    @RunAsClient
    void anAnswerInATicketIsNoApprovalAndARefusalThereEndsTheChange() throws Exception {
        TicketReaders.decide();
    }

    @Test
    void aSettingThatTheCatalogueDoesNotHaveIsRefusedInsideTheServerToo() {
        settings.check();
        System.setProperty("zos.http.prot", "1");
        try {
            assertThatThrownBy(() -> settings.check()).rootCause().hasMessageContaining("zos.http.prot: is unknown; the nearest known one is zos.http.port");
        } finally {
            System.clearProperty("zos.http.prot");
        }
    }

    /** Of a full server, which no launcher has looked after; this file is there, and what it holds are no windows. */
    @Test
    void aFileThatDoesNotHoldWhatItMustIsRefusedInsideTheServerToo() throws IOException {
        // The file that is named stays the same: MicroProfile Config keeps what a setting said for a while.
        Path file = Path.of(System.getProperty("zos.workflow.windows"));
        byte[] before = Files.readAllBytes(file);
        Files.writeString(file, "{\"windows\": \"at night\"}");
        try {
            assertThatThrownBy(() -> settings.check()).rootCause().hasMessageContaining("zos.workflow.windows: must have windows such as").hasMessageContaining(file.toString());
        } finally {
            Files.write(file, before);
        }
    }

    @Test
    void whatIsRolledBackNobodyIsToldOf() throws Exception {
        long webhook = insert();
        transaction.begin();
        CurrentOrganisation.run("default", () -> decisions.append("failed", "undone", 1, "00".repeat(32), "test"));
        assertThat(number("SELECT count(*) FROM webhook_delivery WHERE webhook_id = " + webhook)).isEqualTo(1);
        transaction.rollback();
        assertThat(number("SELECT count(*) FROM webhook_delivery WHERE webhook_id = " + webhook)).isZero();
        assertThat(number("SELECT count(*) FROM ledger_entry WHERE name = 'undone'")).isZero();
        number("DELETE FROM webhook WHERE id = " + webhook + " RETURNING id");
    }

    private long insert() throws SQLException {
        return number("INSERT INTO webhook (url, types, secret, creator, created_at, leased_until) VALUES ('http://127.0.0.1:1/', '', '\\x00', 'test', now(), 'infinity') RETURNING id");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
