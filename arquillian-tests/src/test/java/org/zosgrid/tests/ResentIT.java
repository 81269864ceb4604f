package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.NodeReceipt;
import org.zosgrid.model.NodeReceipts;

/**
 * As if a server had been killed between its append to a node's log and its commit, and another had appended something else behind it: the record is found there,
 * and the node is not sent a second one, which it would refuse. And as if a disk had hung so long that the second was sent all the same: the refusal of the second is
 * no answer to what was sent, since the node has taken the first.
 */
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResentIT {
    private static final String NODE = "compute-1";

    @Resource(lookup = "jdbc/zos") private DataSource database;
    @Resource private UserTransaction transaction;
    @Inject private RuntimeService runtime;
    @Inject private RepositoryService repository;
    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    @Order(1)
    void twoDeploymentsRun() throws Exception {
        Resent.run();
    }

    @Test
    @Order(2)
    void whatWasAppendedAndForgottenIsFoundBehindOthers() throws Exception {
        CurrentOrganisation.in("default", () -> {
            transaction.begin();
            Change first = changes.newest(Resent.FIRST).orElseThrow();
            Dispatch sent = dispatch(first);
            long place = sent.sequence().orElseThrow();
            String digest = sent.digest();
            assertThat(dispatch(changes.newest(Resent.SECOND).orElseThrow()).sequence().orElseThrow()).as("place of the second").isGreaterThan(place);
            sent.sendAgain();
            send(first);
            assertThat(dispatch(first).sequence()).hasValue(place);
            assertThat(dispatch(first).digest()).isEqualTo(digest);
            transaction.commit();
            return NODE;
        });
    }

    @Test
    @RunAsClient
    @Order(3)
    void bothGoOn() throws Exception {
        Resent.wentOn();
    }

    @Test
    @Order(4)
    void whatADiskWroteTooLateIsFoundWhenTheNextIsRefused() throws Exception {
        CurrentOrganisation.in("default", () -> {
            transaction.begin();
            Dispatch taken = dispatch(changes.newest(Resent.FIRST).orElseThrow());
            transaction.commit();
            long place = taken.sequence().orElseThrow();

            transaction.begin();
            changes.lockNode(NODE);
            notBefore(taken, place + 1); // so that it is not found, as if it were not there yet
            Change first = changes.newest(Resent.FIRST).orElseThrow();
            dispatch(first).sendAgain();
            send(first);
            String next = dispatch(first).digest();
            assertThat(next).isNotEqualTo(taken.digest());
            assertThat(dispatch(first).sequence().orElseThrow()).isGreaterThan(place);
            notBefore(taken, taken.notBefore());
            transaction.commit();

            assertThat(said(next)).extracting(NodeReceipt::reason).containsExactly("replayed");
            transaction.begin();
            assertThat(dispatch(first).digest()).as("what was sent").isEqualTo(taken.digest());
            assertThat(dispatch(first).sequence()).hasValue(place);
            transaction.commit();
            return NODE;
        });
    }

    @Test
    @RunAsClient
    @Order(5)
    void theNodeIsHeardOfWhatItTook() throws Exception {
        Resent.areRemoved();
    }

    /** What the node said of a record, as soon as it has. */
    private List<NodeReceipt> said(String digest) throws Exception {
        Instant until = Instant.now().plus(Duration.ofMinutes(1));
        while (Instant.now().isBefore(until)) {
            transaction.begin();
            List<NodeReceipt> said = receipts.of(NODE, digest);
            transaction.commit();
            if (!said.isEmpty()) {
                return said;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(NODE + " has said nothing of " + digest);
    }

    private void notBefore(Dispatch dispatch, long place) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement update = connection.prepareStatement("UPDATE dispatch SET not_before = ? WHERE id = ?")) {
            update.setLong(1, place);
            update.setLong(2, dispatch.id());
            assertThat(update.executeUpdate()).isOne();
        }
    }

    private void send(Change change) {
        var deployed = repository.createDeployment().addString("resending.bpmn", """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="tests">
              <process id="resending" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
                <startEvent id="start"/><sequenceFlow id="in" sourceRef="start" targetRef="send"/><serviceTask id="send" camunda:delegateExpression="${sendContract}"/>
              </process>
            </definitions>
            """).deploy();
        runtime.startProcessInstanceByKey("resending", Map.of("changeId", change.id(), "node", NODE, "name", change.name(), "version", change.version()));
        repository.deleteDeployment(deployed.getId(), true);
    }

    private Dispatch dispatch(Change change) {
        return changes.dispatch(change.id(), NODE, Dispatch.CONTRACT).orElseThrow();
    }
}
