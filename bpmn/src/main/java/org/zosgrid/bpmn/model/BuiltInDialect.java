package org.zosgrid.bpmn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.bpmn.condition.Condition;
import org.zosgrid.bpmn.condition.ConditionException;
import org.zosgrid.bpmn.xml.Element;

/**
 * The engine's own terms, as the built-in models are written in and customers' models are compiled to: delegates and messages by name, and of the engine's
 * expressions only those that stand here.
 */
final class BuiltInDialect implements Dialect {
    private static final Grammar GRAMMAR = Grammar.of("""
            $flow > bpmn:documentation bpmn:startEvent bpmn:endEvent bpmn:serviceTask bpmn:userTask bpmn:businessRuleTask bpmn:subProcess bpmn:exclusiveGateway bpmn:parallelGateway bpmn:eventBasedGateway bpmn:boundaryEvent bpmn:intermediateCatchEvent bpmn:intermediateThrowEvent bpmn:sequenceFlow
            $way > bpmn:documentation bpmn:extensionElements bpmn:incoming bpmn:outgoing
            bpmn:definitions @id=ref @targetNamespace=text @modeler:executionPlatform=text @modeler:executionPlatformVersion=text > bpmn:process bpmn:error bpmn:message bpmndi:BPMNDiagram
            bpmn:process @id=ref @name=text @isExecutable=yes > $flow
            bpmn:documentation #
            bpmn:extensionElements > camunda:inputOutput camunda:executionListener camunda:failedJobRetryTimeCycle
            camunda:inputOutput > camunda:inputParameter
            camunda:inputParameter @name=word # > camunda:list
            camunda:list
            camunda:executionListener @event=word @delegateExpression=text
            camunda:failedJobRetryTimeCycle #
            bpmn:startEvent @id=ref @name=text > $way
            bpmn:endEvent @id=ref @name=text > $way bpmn:errorEventDefinition
            bpmn:serviceTask @id=ref @name=text @camunda:asyncBefore=yes @camunda:delegateExpression=text > $way
            bpmn:userTask @id=ref @name=text @camunda:assignee=text > $way bpmn:multiInstanceLoopCharacteristics
            bpmn:businessRuleTask @id=ref @name=text @camunda:decisionRef=ref @camunda:resultVariable=word @camunda:mapDecisionResult=word > $way
            bpmn:multiInstanceLoopCharacteristics @isSequential=bool @camunda:collection=text @camunda:elementVariable=word > bpmn:completionCondition
            bpmn:completionCondition @xsi:type=formal #
            bpmn:subProcess @id=ref @name=text > $way bpmn:multiInstanceLoopCharacteristics $flow
            bpmn:exclusiveGateway @id=ref @name=text @default=ref > $way
            bpmn:parallelGateway @id=ref @name=text > $way
            bpmn:eventBasedGateway @id=ref @name=text > $way
            bpmn:boundaryEvent @id=ref @name=text @attachedToRef=ref @cancelActivity=bool > $way bpmn:errorEventDefinition bpmn:timerEventDefinition bpmn:messageEventDefinition
            bpmn:intermediateCatchEvent @id=ref @name=text > $way bpmn:timerEventDefinition bpmn:messageEventDefinition
            bpmn:intermediateThrowEvent @id=ref @name=text > $way
            bpmn:incoming #
            bpmn:outgoing #
            bpmn:errorEventDefinition @errorRef=ref @camunda:errorMessageVariable=word
            bpmn:timerEventDefinition > bpmn:timeDuration bpmn:timeDate
            bpmn:timeDuration @xsi:type=formal #
            bpmn:timeDate @xsi:type=formal #
            bpmn:messageEventDefinition @messageRef=ref
            bpmn:sequenceFlow @id=ref @name=text @sourceRef=ref @targetRef=ref > bpmn:conditionExpression
            bpmn:conditionExpression @xsi:type=formal #
            bpmn:error @id=ref @name=text @errorCode=code @camunda:errorMessage=text
            bpmn:message @id=ref @name=word
            """ + Diagram.GRAMMAR);

    private static final String ENOUGH = "${enough and nrOfCompletedInstances >= quorum}";
    private static final Set<String> EXPRESSIONS = Set.of("${retryPause}", "${provisioningPatience}", "${dueAt}", "${remindAt}", "${opensAt}", "${windowOpen}", "${inForce}", "${answerExpected}", "${enough}", ENOUGH,
            "${now().before(verifyUntil)}", "${people}", "${person}", "${nodes}", "${nodes.reversed()}", "${said}", "${why}", "${''}", "${decided.groups}",
            "the hub was away for too long: ${away}", "fewer than ${quorum} people had approved it by ${dueAt}", "it was approved, and no time window opened before ${dueAt}", "everybody who may approve it has, and that is not enough: ${lacking}");
    private static final Pattern AT_LEAST = Pattern.compile("\\$\\{decided\\.people > ([0-9]{1,3}) \\? decided\\.people : \\1}");
    private static final Pattern CONDITION = Pattern.compile("\\$\\{conditions\\.hold\\(execution, '([^'\\\\$#{}]*)'\\)}");

    private record Delegate(Act act, List<String> errors) {}

    private static final Map<String, Delegate> DELEGATES = Map.ofEntries(
            Map.entry("${verifyChange}", new Delegate(Act.VERIFY, List.of("invalid", "unavailable"))),
            Map.entry("${openApproval}", new Delegate(Act.OPEN_SEATS, List.of("invalid"))),
            Map.entry("${remindApprovers}", new Delegate(Act.BESIDE, List.of())),
            Map.entry("${sealChange}", new Delegate(Act.SEAL, List.of("invalid"))),
            Map.entry("${sendContract}", new Delegate(Act.SEND, List.of("unavailable", "skipped"))),
            Map.entry("${withdrawContract}", new Delegate(Act.WITHDRAW, List.of("unavailable", "skipped"))),
            Map.entry("${openRoutes}", new Delegate(Act.EXPOSE, List.of("unavailable", "refused"))),
            Map.entry("${closeRoutes}", new Delegate(Act.CLOSE, List.of("unavailable"))),
            Map.entry("${putInForce}", new Delegate(Act.PUT_IN_FORCE, List.of("invalid"))),
            Map.entry("${skipStep}", new Delegate(Act.PUT_IN_FORCE, List.of("invalid"))),
            Map.entry("${tellPeople}", new Delegate(Act.BESIDE, List.of())),
            Map.entry("${callWebhook}", new Delegate(Act.BESIDE, List.of("invalid"))),
            Map.entry("${openTicket}", new Delegate(Act.BESIDE, List.of("invalid", "unavailable"))),
            Map.entry("${findWindow}", new Delegate(Act.BESIDE, List.of("invalid"))));
    private static final String STAGE = "${enterStage}";
    private static final Set<String> LISTENERS = Set.of(STAGE, "${readFacts}", "${nodeHeard}", "${tellWhoIsSilent}", "${askForWindow}");
    /** What stands still on a node runs there no more, and that is all that counts here. */
    private static final Map<String, Act> MESSAGES = Map.of("node-running", Act.HEAR_RUNNING, "node-paused", Act.HEAR_REMOVED, "node-removed", Act.HEAR_REMOVED, "node-refused", Act.NONE, "node-failed", Act.NONE,
            "change-rejected", Act.NONE, "change-withdrawn", Act.NONE, "change-undone", Act.NONE);

    /** A block is compiled to some thirty elements and flows. */
    @Override
    public int times() {
        return 40;
    }

    @Override
    public Grammar grammar() {
        return GRAMMAR;
    }

    @Override
    public void process(Element root, Element process, Findings findings) {
        root.all().forEach(element -> {
            List<String> texts = new ArrayList<>(element.attributes().values());
            texts.add(element.text());
            texts.stream().filter(text -> text.contains("${") || text.contains("#{")).filter(text -> !isKnown(text)).forEach(text ->
                    fault(Rule.EXPRESSION, element, "there is an expression: " + Grammar.shortened(text), "the built-in models use a few, none of which is this one", findings));
        });
        root.children(Names.bpmn("message")).filter(message -> !MESSAGES.containsKey(message.attribute("name").orElse("")) || !messageOf(message.id()).equals(message.attribute("name").orElse(""))).forEach(message ->
                fault(Rule.ALLOWED, message, "there is a message " + message.attribute("name").orElse(""), "it must be one of " + String.join(", ", MESSAGES.keySet()) + ", with an id to match", findings));
        root.all().filter(element -> element.is(Names.camunda("executionListener")) && !LISTENERS.contains(element.attribute("delegateExpression").orElse(""))).forEach(listener ->
                fault(Rule.ALLOWED, listener, "there is a listener " + listener.attribute("delegateExpression").orElse(""), "it must be one of " + String.join(", ", LISTENERS), findings));
    }

    private static boolean isKnown(String text) {
        return EXPRESSIONS.contains(text) || DELEGATES.containsKey(text) || LISTENERS.contains(text) || AT_LEAST.matcher(text).matches() || CONDITION.matcher(text).matches();
    }

    /** Ids of messages are their names behind {@code message-} or {@code message.}. */
    private static String messageOf(String reference) {
        return reference.replaceFirst("^message[-.]", "");
    }

    @Override
    public Meaning meaning(Element element, Findings findings) {
        return switch (element.name().getLocalPart()) {
            case "serviceTask" -> delegate(element, findings);
            case "userTask" -> seats(element, findings);
            case "endEvent" -> new Meaning(Act.NONE, null, Map.of(), List.of(), outcome(element, findings));
            case "intermediateCatchEvent" -> element.child(Names.MESSAGE_EVENT).map(definition -> of(MESSAGES.getOrDefault(messageOf(definition.attribute("messageRef").orElse("")), Act.NONE), List.of())).orElse(Meaning.NONE);
            default -> Meaning.NONE;
        };
    }

    private static Meaning of(Act act, List<String> errors) {
        return new Meaning(act, null, Map.of(), errors, null);
    }

    private static Meaning delegate(Element element, Findings findings) {
        Delegate delegate = DELEGATES.get(element.attribute(Names.camunda("delegateExpression")).orElse(""));
        if (delegate == null) {
            fault(Rule.BLOCK, element, "there is no such step", "it must be one of " + String.join(", ", DELEGATES.keySet()), findings);
            return Meaning.NONE;
        }
        return of(delegate.act(), delegate.errors());
    }

    /** Seats for people are done when enough of them approved, and in no other way. */
    private static Meaning seats(Element element, Findings findings) {
        boolean right = element.child(Names.bpmn("multiInstanceLoopCharacteristics")).filter(loop -> loop.attribute(Names.camunda("collection")).orElse("").equals("${people}")
                && loop.attribute("isSequential").isEmpty() && loop.child(Names.bpmn("completionCondition")).filter(enough -> enough.text().equals(ENOUGH)).isPresent()).isPresent();
        if (!right || !element.id().endsWith("approve")) {
            fault(Rule.QUORUM, element, "it is a task for people and no seats", "its id ends with approve, and it is done for each of ${people} until " + ENOUGH, findings);
        }
        return of(Act.APPROVE, List.of());
    }

    private static Outcome.@Nullable Stage outcome(Element element, Findings findings) {
        boolean enters = element.all().anyMatch(each -> each.is(Names.camunda("executionListener")) && each.attribute("delegateExpression").orElse("").equals(STAGE));
        if (!enters) {
            return null;
        }
        String stage = element.all().filter(each -> each.is(Names.INPUT) && each.attribute("name").orElse("").equals("stage")).map(Element::text).findFirst().orElse("");
        try {
            return Outcome.Stage.valueOf(stage);
        } catch (IllegalArgumentException none) {
            fault(Rule.OUTCOME, element, "it enters " + Grammar.shortened(stage), "it must enter a stage that there is", findings);
            return null;
        }
    }

    @Override
    public @Nullable Condition condition(Element flow, Element expression, Findings findings) {
        Matcher compiled = CONDITION.matcher(expression.text());
        if (compiled.matches()) {
            try {
                return Condition.parse(compiled.group(1));
            } catch (ConditionException none) {
                fault(Rule.CONDITION, flow, "the condition is none", String.valueOf(none.getMessage()), findings);
            }
        }
        return null;
    }

    @Override
    public String timer(Element event, Element definition, Findings findings) {
        return definition.children().stream().map(Element::text).findFirst().orElse("");
    }

    private static void fault(Rule rule, Element element, String wrong, String right, Findings findings) {
        findings.add(rule, element.id(), element.attribute("name").orElse(""), wrong, right);
    }
}
