package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** As if no model were ever checked: the running engine is given processes that seal, send or expose, and do nothing before. The steps themselves count the signatures. */
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileProcessIT {
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
    void somethingWaitsForApprovals() throws Exception {
        Unapproved.submit();
    }

    @Test
    @Order(2)
    void sealingWithoutApprovalsIsRefused() throws Exception {
        isRefused("sealChange", "quorum-not-reached");
    }

    @Test
    @Order(3)
    void whatWasNotSealedIsNotSent() throws Exception {
        isRefused("sendContract", "");
    }

    @Test
    @Order(4)
    void whatWasNotSealedIsNotExposed() throws Exception {
        isRefused("openRoutes", "");
    }

    @Test
    @RunAsClient
    @Order(5)
    void nothingOfItRuns() throws Exception {
        Unapproved.runsNowhere();
    }

    private void isRefused(String step, String why) throws Exception {
        CurrentOrganisation.in("default", () -> {
            refused(step, why);
            return step;
        });
    }

    private void refused(String step, String why) throws Exception {
        String key = "hostile-" + step;
        transaction.begin();
        Change change = changes.newest(Unapproved.NAME).orElseThrow();
        repository.createDeployment().addString(key + ".bpmn", """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="tests">
                  <process id="%1$s" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
                    <startEvent id="start"/><sequenceFlow id="in" sourceRef="start" targetRef="step"/><serviceTask id="step" camunda:delegateExpression="${%2$s}"/>
                  </process>
                </definitions>
                """.formatted(key, step)).deploy();
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey(key, Unapproved.NAME + ":1",
                Map.of("changeId", change.id(), "node", "compute-1", "name", Unapproved.NAME, "version", 1L))).isNotNull().hasMessageContaining(why);
        transaction.rollback();
        transaction.begin();
        Change after = changes.newest(Unapproved.NAME).orElseThrow();
        assertThat(after.sealed()).isEmpty();
        assertThat(changes.dispatches(after.id())).isEmpty();
        transaction.rollback();
    }
}
