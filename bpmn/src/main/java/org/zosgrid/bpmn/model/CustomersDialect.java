package org.zosgrid.bpmn.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.bpmn.condition.Condition;
import org.zosgrid.bpmn.condition.ConditionException;
import org.zosgrid.bpmn.xml.Element;

/** How customers write models: with blocks, chosen by their element templates. */
final class CustomersDialect implements Dialect {
    private static final Grammar GRAMMAR = Grammar.of("""
            $artifacts > bpmn:textAnnotation bpmn:association bpmn:group
            $flow > bpmn:documentation bpmn:startEvent bpmn:endEvent bpmn:serviceTask bpmn:userTask bpmn:subProcess bpmn:exclusiveGateway bpmn:parallelGateway bpmn:boundaryEvent bpmn:intermediateCatchEvent bpmn:sequenceFlow $artifacts
            bpmn:definitions @id=ref @name=text @targetNamespace=text @exporter=text @exporterVersion=text @modeler:executionPlatform=text @modeler:executionPlatformVersion=text > bpmn:process bpmn:error bpmn:category bpmndi:BPMNDiagram
            bpmn:process @id=id @name=text @isExecutable=yes @camunda:historyTimeToLive=word @camunda:versionTag=word @camunda:isStartableInTasklist=bool > $flow
            bpmn:documentation @id=ref #
            bpmn:extensionElements > camunda:inputOutput
            camunda:inputOutput > camunda:inputParameter
            camunda:inputParameter @name=word #
            bpmn:startEvent @id=id @name=text > bpmn:documentation bpmn:incoming bpmn:outgoing
            bpmn:endEvent @id=id @name=text @camunda:modelerTemplate=text @camunda:modelerTemplateVersion=text > bpmn:documentation bpmn:extensionElements bpmn:incoming bpmn:errorEventDefinition
            bpmn:serviceTask @id=id @name=text @camunda:modelerTemplate=text @camunda:modelerTemplateVersion=text > bpmn:documentation bpmn:extensionElements bpmn:incoming bpmn:outgoing
            bpmn:userTask @id=id @name=text @camunda:modelerTemplate=text @camunda:modelerTemplateVersion=text > bpmn:documentation bpmn:extensionElements bpmn:incoming bpmn:outgoing
            bpmn:subProcess @id=id @name=text > bpmn:incoming bpmn:outgoing $flow
            bpmn:exclusiveGateway @id=id @name=text @default=id @gatewayDirection=word > bpmn:documentation bpmn:incoming bpmn:outgoing
            bpmn:parallelGateway @id=id @name=text @gatewayDirection=word > bpmn:documentation bpmn:incoming bpmn:outgoing
            bpmn:boundaryEvent @id=id @name=text @attachedToRef=id @cancelActivity=bool > bpmn:documentation bpmn:outgoing bpmn:errorEventDefinition bpmn:timerEventDefinition
            bpmn:intermediateCatchEvent @id=id @name=text > bpmn:documentation bpmn:incoming bpmn:outgoing bpmn:timerEventDefinition
            bpmn:incoming #
            bpmn:outgoing #
            bpmn:errorEventDefinition @id=ref @errorRef=ref
            bpmn:timerEventDefinition @id=ref > bpmn:timeDuration
            bpmn:timeDuration @id=ref @xsi:type=formal #
            bpmn:sequenceFlow @id=id @name=text @sourceRef=id @targetRef=id > bpmn:documentation bpmn:conditionExpression
            bpmn:conditionExpression @id=ref @xsi:type=formal @language=zos #
            bpmn:error @id=ref @name=text @errorCode=code
            bpmn:textAnnotation @id=ref @textFormat=word > bpmn:text
            bpmn:text #
            bpmn:association @id=ref @sourceRef=ref @targetRef=ref @associationDirection=word
            bpmn:group @id=ref @categoryValueRef=ref
            bpmn:category @id=ref @name=text > bpmn:categoryValue
            bpmn:categoryValue @id=ref @value=text
            """ + Diagram.GRAMMAR);
    private static final InputType.Span TIMER = new InputType.Span(Duration.ofSeconds(1), Duration.ofDays(366));

    private final Surroundings surroundings;

    CustomersDialect(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int times() {
        return 1;
    }

    @Override
    public Grammar grammar() {
        return GRAMMAR;
    }

    @Override
    public void process(Element root, Element process, Findings findings) {
        if (surroundings.reserved().contains(process.id())) {
            findings.add(Rule.PROCESS_ID, process.id(), process.attribute("name").orElse(""), "the id is that of a built-in process", "the model must have an id of its own");
        }
        long removals = blocks(process, Block.REMOVE);
        if (removals > 0 && blocks(process, Block.PROVISION) + blocks(process, Block.EXPOSE) + blocks(process, Block.WITHDRAW) > 0) {
            findings.add(Rule.BLOCK, process.id(), process.attribute("name").orElse(""), "it has " + Block.REMOVE.template() + " beside blocks of a deployment", "a model is for deployments or for removals");
        }
        root.all().forEach(element -> element.attributes().forEach((name, value) -> unevaluated(element, Names.shown(name), value, findings)));
        root.all().forEach(element -> unevaluated(element, "its text", element.text(), findings));
    }

    private static long blocks(Element process, Block block) {
        return process.all().filter(element -> element.attribute(Names.TEMPLATE).filter(block.template()::equals).isPresent()).count();
    }

    private static void unevaluated(Element element, String where, String value, Findings findings) {
        if (value.contains("${") || value.contains("#{")) {
            findings.add(Rule.EXPRESSION, element.id(), element.attribute("name").orElse(""), Names.shown(element.name()) + " has an expression in " + where + ": " + Grammar.shortened(value),
                    "nothing is evaluated but conditions in the language zos");
        }
    }

    @Override
    public Meaning meaning(Element element, Findings findings) {
        String drawn = element.name().getLocalPart();
        boolean task = drawn.equals("serviceTask") || drawn.equals("userTask");
        String template = element.attribute(Names.TEMPLATE).orElse("");
        if (template.isEmpty()) {
            if (task) {
                fault(Rule.BLOCK, element, "the task is no block", "it must have a template (camunda:modelerTemplate): " + Block.all(), findings);
            } else if (element.child(Names.EXTENSIONS).isPresent()) {
                fault(Rule.INPUT, element, "it has inputs and is no block", "the template " + Block.END.template() + " must be chosen", findings);
            }
            return Meaning.NONE;
        }
        Block block = Block.ofTemplate(template).orElse(null);
        if (block == null) {
            fault(Rule.BLOCK, element, "there is no block " + Grammar.shortened(template), "it must be one of " + Block.all(), findings);
            return Meaning.NONE;
        }
        if (!block.drawn().element().equals(drawn)) {
            fault(Rule.BLOCK, element, "the block " + template + " is drawn as a " + drawn, "it must be a " + block.drawn().element(), findings);
            return Meaning.NONE;
        }
        String version = element.attribute(Names.camunda("modelerTemplateVersion")).orElse(String.valueOf(Block.VERSION));
        if (!version.equals(String.valueOf(Block.VERSION))) {
            fault(Rule.BLOCK, element, "the block has version " + Grammar.shortened(version), "it must be version " + Block.VERSION, findings);
        }
        Map<String, String> inputs = inputs(element, block, findings);
        Outcome.Stage outcome = block == Block.END && inputs.containsKey("outcome") ? Outcome.Stage.valueOf(inputs.get("outcome")) : null;
        return new Meaning(block.act(), block, inputs, block.errors(), outcome);
    }

    private Map<String, String> inputs(Element element, Block block, Findings findings) {
        Map<String, String> inputs = new HashMap<>();
        element.children(Names.EXTENSIONS).flatMap(extensions -> extensions.children(Names.INPUTS)).flatMap(mapping -> mapping.children(Names.INPUT)).forEach(parameter -> {
            String name = parameter.attribute("name").orElse("");
            Input input = block.input(name).orElse(null);
            if (input == null) {
                fault(Rule.INPUT, element, "the block " + block.template() + " has no input " + Grammar.shortened(name),
                        "it has " + (block.inputs().isEmpty() ? "none" : String.join(", ", block.inputs().stream().map(Input::name).toList())), findings);
            } else if (!parameter.text().isEmpty()) {
                value(element, input, parameter.text(), findings);
                if (inputs.put(name, parameter.text()) != null) {
                    fault(Rule.INPUT, element, "the input " + name + " stands there twice", "it must stand there once", findings);
                }
            }
        });
        for (Input input : block.inputs()) {
            if (input.required() && !inputs.containsKey(input.name())) {
                fault(Rule.INPUT, element, "the input " + input.name() + " is missing", "it must be " + input.type().description(), findings);
            }
        }
        // What is wrong has been said; it must not get further.
        inputs.entrySet().removeIf(each -> block.input(each.getKey()).filter(input -> input.type().accepts(each.getValue())).isEmpty());
        return inputs;
    }

    private void value(Element element, Input input, String value, Findings findings) {
        if (!input.type().accepts(value)) {
            fault(Rule.INPUT, element, "the input " + input.name() + " is " + Grammar.shortened(value), "it must be " + input.type().description(), findings);
        } else if (input.type() instanceof InputType.Configured configured) {
            Set<String> known = surroundings.named(configured.thing());
            if (!known.contains(value)) {
                fault(Rule.INPUT, element, "the input " + input.name() + " is " + value, "it must be " + configured.description() + ": " + (known.isEmpty() ? "none is" : String.join(", ", known)), findings);
            }
        }
    }

    @Override
    public @Nullable Condition condition(Element flow, Element expression, Findings findings) {
        if (expression.attribute("language").isEmpty()) {
            fault(Rule.CONDITION, flow, "the condition names no language", "language=\"" + Condition.LANGUAGE + "\" must stand on it", findings);
            return null;
        }
        try {
            return Condition.parse(expression.text());
        } catch (ConditionException none) {
            fault(Rule.CONDITION, flow, "the condition " + Grammar.shortened(expression.text()) + " is none", String.valueOf(none.getMessage()), findings);
            return null;
        }
    }

    @Override
    public String timer(Element event, Element definition, Findings findings) {
        String text = definition.child(Names.bpmn("timeDuration")).map(Element::text).orElse("");
        if (!TIMER.accepts(text)) {
            fault(Rule.TIMER, event, "it waits for " + (text.isEmpty() ? "nothing" : Grammar.shortened(text)), "it must wait for " + TIMER.description(), findings);
        }
        return text;
    }

    private static void fault(Rule rule, Element element, String wrong, String right, Findings findings) {
        findings.add(rule, element.id(), element.attribute("name").orElse(""), wrong, right);
    }
}
