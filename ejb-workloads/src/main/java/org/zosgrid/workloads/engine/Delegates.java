package org.zosgrid.workloads.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.zosgrid.bpmn.Approval;
import org.zosgrid.bpmn.CloseRoutes;
import org.zosgrid.bpmn.Delivery;
import org.zosgrid.bpmn.DescribeChange;
import org.zosgrid.bpmn.EnterStage;
import org.zosgrid.bpmn.Exposure;
import org.zosgrid.bpmn.OpenApproval;
import org.zosgrid.bpmn.OpenRoutes;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.bpmn.Patience;
import org.zosgrid.bpmn.RemindApprovers;
import org.zosgrid.bpmn.SealChange;
import org.zosgrid.bpmn.Sealing;
import org.zosgrid.bpmn.SendContract;
import org.zosgrid.bpmn.Verification;
import org.zosgrid.bpmn.VerifyChange;
import org.zosgrid.bpmn.WithdrawContract;

/**
 * Gives the delegates of the process models their names, and what they need done. They stand in the application's library, from where the container does
 * not look for beans in this module; so this module makes them.
 */
@ApplicationScoped
public class Delegates {
    @Inject private Approval approval;
    @Inject private Delivery delivery;
    @Inject private Exposure exposure;
    @Inject private Outcome outcome;
    @Inject private Sealing sealing;
    @Inject private Verification verification;

    @Produces
    @Named("verifyChange")
    JavaDelegate verifyChange() {
        return new VerifyChange(verification);
    }

    @Produces
    @Named("describeChange")
    JavaDelegate describeChange() {
        return new DescribeChange(approval);
    }

    @Produces
    @Named("openApproval")
    JavaDelegate openApproval() {
        return new OpenApproval(approval);
    }

    @Produces
    @Named("remindApprovers")
    JavaDelegate remindApprovers() {
        return new RemindApprovers(approval);
    }

    @Produces
    @Named("sealChange")
    JavaDelegate sealChange() {
        return new SealChange(sealing);
    }

    @Produces
    @Named("sendContract")
    JavaDelegate sendContract() {
        return new SendContract(delivery);
    }

    @Produces
    @Named("withdrawContract")
    JavaDelegate withdrawContract() {
        return new WithdrawContract(delivery);
    }

    @Produces
    @Named("openRoutes")
    JavaDelegate openRoutes() {
        return new OpenRoutes(exposure);
    }

    @Produces
    @Named("closeRoutes")
    JavaDelegate closeRoutes() {
        return new CloseRoutes(exposure);
    }

    @Produces
    @Named("enterStage")
    JavaDelegate enterStage() {
        return new EnterStage(outcome);
    }

    @Produces
    @ApplicationScoped
    @Named("patience")
    Patience patience() {
        return new Patience();
    }
}
