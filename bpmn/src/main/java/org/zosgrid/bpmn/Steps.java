package org.zosgrid.bpmn;

import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * What the models may name, with what it needs done. Made by whoever runs the engine: from a library the container does not look for beans in the
 * application's modules, so these are no beans.
 */
public final class Steps {
    private Steps() {}

    /** The delegates by the name that a model's {@code delegateExpression} gives. */
    public static Map<String, JavaDelegate> of(Verification verification, Approval approval, Sealing sealing, Delivery delivery, Exposure exposure, Outcome outcome, Models models, Skips skips) {
        Map<String, JavaDelegate> steps = new TreeMap<>();
        steps.put("verifyChange", new VerifyChange(verification));
        steps.put("readFacts", new ReadFacts(approval));
        steps.put("openApproval", new OpenApproval(approval));
        steps.put("remindApprovers", new RemindApprovers(approval));
        steps.put("askForWindow", new AskForWindow(approval));
        steps.put("sealChange", new SealChange(sealing));
        steps.put("sendContract", new SendContract(delivery));
        steps.put("nodeHeard", new NodeHeard());
        steps.put("tellWhoIsSilent", new TellWhoIsSilent());
        steps.put("withdrawContract", new WithdrawContract(delivery));
        steps.put("openRoutes", new OpenRoutes(exposure));
        steps.put("closeRoutes", new CloseRoutes(exposure));
        steps.put("enterStage", new EnterStage(outcome));
        steps.put("putInForce", new PutInForce(models));
        steps.put("skipStep", new SkipStep(skips));
        return Map.copyOf(steps);
    }
}
