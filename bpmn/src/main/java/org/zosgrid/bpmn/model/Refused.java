package org.zosgrid.bpmn.model;

import java.util.Map;
import javax.xml.namespace.QName;

/** What to do instead of things that people often try. Whether something is refused is not decided here. */
final class Refused {
    private static final String NO_CODE = "a model runs no code of its own; use a block";
    private static final String NO_MESSAGES = "a model has no messages and signals of its own: they could answer for nodes and people; use a block and catch its errors";

    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("scriptTask", NO_CODE), Map.entry("script", NO_CODE), Map.entry("scriptFormat", NO_CODE), Map.entry("resource", NO_CODE),
            Map.entry("class", NO_CODE), Map.entry("expression", NO_CODE), Map.entry("delegateExpression", NO_CODE), Map.entry("executionListener", NO_CODE),
            Map.entry("taskListener", NO_CODE), Map.entry("connector", NO_CODE), Map.entry("field", NO_CODE), Map.entry("variableMappingClass", NO_CODE),
            Map.entry("variableMappingDelegateExpression", NO_CODE),
            Map.entry("task", "each task is one of the blocks: choose a template in the modeller"),
            Map.entry("sendTask", "use the block org.zosgrid.notify or org.zosgrid.webhook"), Map.entry("receiveTask", NO_MESSAGES), Map.entry("manualTask", "use the block org.zosgrid.notify"),
            Map.entry("businessRuleTask", "name the table in the block org.zosgrid.approvals"),
            Map.entry("message", NO_MESSAGES), Map.entry("signal", NO_MESSAGES), Map.entry("messageEventDefinition", NO_MESSAGES), Map.entry("signalEventDefinition", NO_MESSAGES),
            Map.entry("eventBasedGateway", NO_MESSAGES), Map.entry("conditionalEventDefinition", "use an exclusive gateway with a condition"),
            Map.entry("callActivity", "a model calls no other process; draw a sub-process"), Map.entry("calledElement", "a model calls no other process; draw a sub-process"),
            Map.entry("transaction", "use bpmn:subProcess; what nodes did is undone by the block org.zosgrid.withdraw"),
            Map.entry("compensateEventDefinition", "what nodes did is undone by the block org.zosgrid.withdraw, drawn as a path"),
            Map.entry("isForCompensation", "what nodes did is undone by the block org.zosgrid.withdraw, drawn as a path"),
            Map.entry("cancelEventDefinition", "catch an error instead"), Map.entry("escalationEventDefinition", "use an error, or a timer that does not interrupt"),
            Map.entry("terminateEventDefinition", "let each path come to an end of its own"), Map.entry("linkEventDefinition", "draw the flow"),
            Map.entry("inclusiveGateway", "use exclusive and parallel gateways"), Map.entry("complexGateway", "use exclusive and parallel gateways"),
            Map.entry("multiInstanceLoopCharacteristics", "blocks do what must be done for each node or person by themselves"),
            Map.entry("standardLoopCharacteristics", "draw the loop, with a timer in it"),
            Map.entry("triggeredByEvent", "there are no event sub-processes; use a boundary event"),
            Map.entry("timeCycle", "a timer fires once, after bpmn:timeDuration"), Map.entry("timeDate", "a timer waits for bpmn:timeDuration"),
            Map.entry("type", "there are no external tasks; use a block"), Map.entry("topic", "there are no external tasks; use a block"),
            Map.entry("formKey", "seats have the server's own form"), Map.entry("formData", "seats have the server's own form"), Map.entry("formRef", "seats have the server's own form"),
            Map.entry("assignee", "who may approve is said by the trust root"), Map.entry("candidateUsers", "who may approve is said by the trust root"),
            Map.entry("candidateGroups", "who may approve is said by the trust root"), Map.entry("outputParameter", "blocks have no outputs that a model maps"),
            Map.entry("asyncBefore", "where transactions begin is decided by the blocks"), Map.entry("asyncAfter", "where transactions begin is decided by the blocks"),
            Map.entry("in", "a model calls no other process"), Map.entry("out", "a model calls no other process"),
            Map.entry("collaboration", "draw one process without pools"), Map.entry("laneSet", "draw one process without lanes"));

    private Refused() {}

    static String insteadOf(QName name, String allowed) {
        String instead = INSTEAD.get(name.getLocalPart());
        return instead != null ? instead : "allowed there: " + allowed;
    }
}
