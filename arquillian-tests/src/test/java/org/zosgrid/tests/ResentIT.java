package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.util.Map;
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

/**
 * As if a server had been killed between its append to a node's log and its commit, and another had appended something else behind it: the record is found there,
 * and the node is not sent a second one, which it would refuse.
 */
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResentIT {
    private static final String NODE = "compute-1";

    @Resource private UserTransaction transaction;
    @Inject private RuntimeService runtime;
    @Inject private RepositoryService repository;
    @Inject private Changes changes;

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
        Resent.wentOnAndAreRemoved();
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
