package org.zosgrid.bpmn.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.bpmn.xml.Element;

/**
 * Writes what the engine gets: from a checked model, never from the customer's file. A block becomes what stands under its name beside this class's
 * resources, {@code provision.xml}; everything that is the customer's (names, texts, numbers) is a constant in it.
 */
final class EngineXml {
    /** {@code {text}} in a block's resource; {@code ${…}} is the engine's. */
    private static final Pattern HOLE = Pattern.compile("(?<!\\$)\\{([a-z]+)}");
    private static final List<String> MESSAGES = List.of("change-rejected", "change-withdrawn", "change-undone", "node-running", "node-removed", "node-refused", "node-failed");
    /** Errors whose reason is what a node said. */
    private static final Set<String> OF_NODES = Set.of("refused", "failed");
    private static final String RETRY = "<bpmn:extensionElements><camunda:failedJobRetryTimeCycle>R60/PT10S</camunda:failedJobRetryTimeCycle></bpmn:extensionElements>";

    private final Model model;
    private final StringBuilder out = new StringBuilder();

    private EngineXml(Model model) {
        this.model = model;
    }

    /** @param drawing root of the customer's file, for the places of its shapes */
    static byte[] of(Model model, Element drawing) {
        return new EngineXml(model).write(drawing).getBytes(StandardCharsets.UTF_8);
    }

    private String write(Element drawing) {
        out.append("""
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
                                  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
                                  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                                  id="compiled.definitions" targetNamespace="https://zosgrid.org/bpmn/compiled">
                """);
        out.append("<bpmn:process").append(attributes(model.id(), model.name())).append(" isExecutable=\"true\">\n");
        scope(model.scope());
        out.append("</bpmn:process>\n");
        MESSAGES.forEach(message -> out.append("<bpmn:message id=\"message.").append(message).append("\" name=\"").append(message).append("\"/>\n"));
        errors().forEach(code -> out.append("<bpmn:error id=\"error.").append(code).append("\" name=\"").append(code).append("\" errorCode=\"").append(code)
                .append("\" camunda:errorMessage=\"").append(OF_NODES.contains(code) ? "${said}" : "${why}").append("\"/>\n"));
        out.append(Diagram.of(drawing, model));
        return out.append("</bpmn:definitions>\n").toString();
    }

    private Set<String> errors() {
        return Stream.of(Stream.of("unavailable", "skipped"), Stream.of(Block.values()).flatMap(block -> block.errors().stream()), model.scope().all().flatMap(node -> Stream.ofNullable(node.error())))
                .flatMap(each -> each).collect(Collectors.toCollection(TreeSet::new));
    }

    private void scope(Scope scope) {
        scope.nodes().forEach(this::node);
        scope.flows().forEach(this::flow);
    }

    private void node(Node node) {
        String named = attributes(node.id(), node.name());
        switch (node.kind()) {
            case START -> out.append("<bpmn:startEvent").append(named).append("/>\n");
            case END -> end(node, named);
            case ERROR_END -> out.append("<bpmn:endEvent").append(named).append("><bpmn:errorEventDefinition errorRef=\"error.").append(node.error()).append("\"/></bpmn:endEvent>\n");
            case TASK -> out.append(block(node));
            case SUB_PROCESS -> {
                out.append("<bpmn:subProcess").append(named).append(">\n");
                scope(node.scope());
                out.append("</bpmn:subProcess>\n");
            }
            case EXCLUSIVE -> out.append("<bpmn:exclusiveGateway").append(named).append(node.otherwise().isEmpty() ? "" : " default=\"" + escaped(node.otherwise()) + "\"").append("/>\n");
            case PARALLEL -> out.append("<bpmn:parallelGateway").append(named).append("/>\n");
            case CATCH_TIMER -> out.append("<bpmn:intermediateCatchEvent").append(named).append(">").append(RETRY).append(timer(node)).append("</bpmn:intermediateCatchEvent>\n");
            case BOUNDARY_TIMER -> out.append("<bpmn:boundaryEvent").append(named).append(" attachedToRef=\"").append(escaped(node.attachedTo())).append("\" cancelActivity=\"").append(node.interrupting()).append("\">")
                    .append(RETRY).append(timer(node)).append("</bpmn:boundaryEvent>\n");
            case BOUNDARY_ERROR -> out.append("<bpmn:boundaryEvent").append(named).append(" attachedToRef=\"").append(escaped(node.attachedTo())).append("\"><bpmn:errorEventDefinition")
                    .append(node.error() == null ? "" : " errorRef=\"error." + node.error() + "\"").append(" camunda:errorMessageVariable=\"why\"/></bpmn:boundaryEvent>\n");
            case EVENT_GATEWAY, CATCH_MESSAGE, BOUNDARY_MESSAGE -> throw new IllegalStateException("no customer's model has a " + node.kind());
        }
    }

    private static String timer(Node node) {
        return "<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">" + escaped(node.timer()) + "</bpmn:timeDuration></bpmn:timerEventDefinition>";
    }

    private void end(Node node, String named) {
        Outcome.Stage outcome = node.outcome();
        if (outcome == null) {
            out.append("<bpmn:endEvent").append(named).append("/>\n");
            return;
        }
        boolean asItShould = outcome == Outcome.Stage.RUNNING || outcome == Outcome.Stage.REMOVED;
        String why = node.inputs().containsKey("why") ? escaped(node.inputs().get("why")) : asItShould ? "${''}" : "${why}";
        out.append("<bpmn:endEvent").append(named).append("><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"stage\">").append(outcome)
                .append("</camunda:inputParameter><camunda:inputParameter name=\"why\">").append(why)
                .append("</camunda:inputParameter></camunda:inputOutput><camunda:executionListener event=\"start\" delegateExpression=\"${enterStage}\"/></bpmn:extensionElements></bpmn:endEvent>\n");
    }

    private static String block(Node node) {
        Block block = node.ofBlock().orElseThrow(() -> new IllegalStateException(node.id() + " is no block"));
        Map<String, String> values = new HashMap<>(node.inputs());
        values.put("id", node.id());
        values.put("name", node.name());
        block.inputs().forEach(input -> values.putIfAbsent(input.name(), otherwise(input)));
        Matcher holes = HOLE.matcher(resource(block));
        return holes.replaceAll(hole -> {
            String value = values.get(hole.group(1));
            if (value == null) {
                throw new IllegalStateException("the block " + block + " has no input " + hole.group(1));
            }
            return Matcher.quoteReplacement(escaped(value));
        });
    }

    /** What an input is that was left out; only here does an expression of the engine come into a block. */
    private static String otherwise(Input input) {
        return switch (input.name()) {
            case "table" -> "quorum";
            case "people" -> "1";
            case "patience" -> "${provisioningPatience}";
            default -> "${''}";
        };
    }

    private static String resource(Block block) {
        String name = block.name().toLowerCase(Locale.ROOT) + ".xml";
        try (InputStream in = EngineXml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + EngineXml.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void flow(Flow flow) {
        out.append("<bpmn:sequenceFlow").append(attributes(flow.id(), flow.name())).append(" sourceRef=\"").append(escaped(flow.source())).append("\" targetRef=\"").append(escaped(flow.target())).append("\">");
        // The text of a condition has no quotation mark or backslash that could end the constant.
        flow.asked().ifPresent(condition -> out.append("<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">")
                .append(escaped("${conditions.hold(execution, '" + condition + "')}")).append("</bpmn:conditionExpression>"));
        out.append("</bpmn:sequenceFlow>\n");
    }

    private static String attributes(String id, String name) {
        return " id=\"" + escaped(id) + "\" name=\"" + escaped(name) + "\"";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
