package org.zosgrid.bpmn.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.xml.BoundedXml;
import org.zosgrid.bpmn.xml.Element;
import org.zosgrid.bpmn.xml.XmlException;

/** Reads a file into a {@link Model}. Nothing of what is not understood gets into it. */
final class ModelReader {
    /** Most nodes and flows of a model. */
    static final int MOST_ELEMENTS = 500;

    private final Dialect dialect;
    private final Findings findings;
    private final Map<String, String> codes = new HashMap<>();

    ModelReader(Dialect dialect, Findings findings) {
        this.dialect = dialect;
        this.findings = findings;
    }

    /** The file's elements, if they are XML and on the list. */
    Optional<Element> document(byte[] file) {
        try {
            Element root = BoundedXml.read(file, dialect.times());
            dialect.grammar().check(root, findings);
            return findings.isEmpty() ? Optional.of(root) : Optional.empty();
        } catch (XmlException broken) {
            findings.add(Rule.XML, "", "", String.valueOf(broken.getMessage()), Rule.XML.demand());
            return Optional.empty();
        }
    }

    /** The model in it; with findings it may have holes. */
    Optional<Model> model(Element root) {
        List<Element> processes = root.children(Names.PROCESS).toList();
        if (processes.size() != 1) {
            findings.add(Rule.STRUCTURE, "", "", "there are " + processes.size() + " processes in the file", "there must be one");
            return Optional.empty();
        }
        Element process = processes.getFirst();
        if (process.attribute("isExecutable").isEmpty()) {
            fault(Rule.STRUCTURE, process, "the process is not executable", "isExecutable=\"true\" must stand on it");
        }
        ids(root);
        root.children(Names.ERROR).forEach(error -> code(error, error.attribute("errorCode").orElse("")));
        dialect.process(root, process, findings);
        return Optional.of(new Model(process.id(), process.attribute("name").orElse(""), scope(process)));
    }

    private void code(Element error, String code) {
        if (code.isEmpty()) {
            fault(Rule.REFERENCE, error, "the error has no code", "errorCode must name one, such as rejected");
        } else {
            codes.put(error.id(), code);
        }
    }

    private void ids(Element root) {
        Set<String> seen = new HashSet<>();
        root.all().filter(element -> !element.id().isEmpty()).filter(element -> !seen.add(element.id()))
                .forEach(twice -> fault(Rule.IDENTIFIER, twice, "the id stands there twice", "each element must have an id of its own"));
        root.all().filter(element -> element.name().getNamespaceURI().equals(Names.BPMN) && isFlowElement(element)).forEach(element -> {
            if (element.id().isEmpty()) {
                findings.add(Rule.IDENTIFIER, "", element.attribute("name").orElse(""), Names.shown(element.name()) + " in line " + element.line() + " has no id", "each element must have an id of its own");
            }
        });
        long size = root.all().filter(ModelReader::isFlowElement).count();
        int most = MOST_ELEMENTS * dialect.times();
        if (size > most) {
            findings.add(Rule.SIZE, "", "", "the model has " + size + " elements and flows", "it may have " + most);
        }
    }

    private static boolean isFlowElement(Element element) {
        return element.is(Names.FLOW) || element.is(Names.PROCESS) || kind(element) != null;
    }

    private Scope scope(Element container) {
        List<Node> nodes = new ArrayList<>();
        List<Flow> flows = new ArrayList<>();
        for (Element child : container.children()) {
            if (child.is(Names.FLOW)) {
                flows.add(flow(child));
            } else {
                Node.Kind kind = kind(child);
                if (kind != null) {
                    nodes.add(node(child, kind));
                }
            }
        }
        return new Scope(nodes, flows);
    }

    private Flow flow(Element flow) {
        Optional<Element> expression = flow.child(Names.CONDITION);
        return new Flow(flow.id(), flow.attribute("name").orElse(""), flow.attribute("sourceRef").orElse(""), flow.attribute("targetRef").orElse(""),
                expression.isPresent(), expression.map(text -> dialect.condition(flow, text, findings)).orElse(null));
    }

    private Node node(Element element, Node.Kind kind) {
        Dialect.Meaning meaning = dialect.meaning(element, findings);
        Optional<Element> timer = element.child(Names.TIMER_EVENT);
        long definitions = element.children().stream().filter(child -> child.name().getLocalPart().endsWith("EventDefinition")).count();
        if (definitions > 1 || definitions == 0 && (kind.isBoundary() || kind == Node.Kind.CATCH_TIMER)) {
            fault(Rule.STRUCTURE, element, "the event has " + definitions + " definitions", "it must have one");
        }
        if (kind == Node.Kind.ERROR_END && meaning.block() != null) {
            fault(Rule.STRUCTURE, element, "an error is thrown and an outcome declared", "one of both must go");
        }
        return new Node(element.id(), element.attribute("name").orElse(""), kind, meaning.act(), meaning.block(), meaning.inputs(), meaning.errors(),
                kind == Node.Kind.SUB_PROCESS ? scope(element) : null, element.child(Names.bpmn("multiInstanceLoopCharacteristics")).isPresent(),
                element.attribute("attachedToRef").orElse(""), !element.attribute("cancelActivity").orElse("true").equals("false"),
                error(element, kind), timer.map(definition -> dialect.timer(element, definition, findings)).orElse(""), meaning.outcome(), element.attribute("default").orElse(""));
    }

    private @Nullable String error(Element element, Node.Kind kind) {
        Optional<Element> definition = element.child(Names.ERROR_EVENT);
        if (definition.isEmpty()) {
            return null;
        }
        Optional<String> reference = definition.get().attribute("errorRef");
        if (reference.isEmpty()) {
            if (kind == Node.Kind.ERROR_END) {
                fault(Rule.REFERENCE, element, "it throws no particular error", "errorRef must name a bpmn:error");
            }
            return null;
        }
        String local = reference.get().substring(reference.get().indexOf(':') + 1);
        String code = codes.get(local);
        if (code == null) {
            fault(Rule.REFERENCE, element, "there is no error " + Grammar.shortened(local), "errorRef must name a bpmn:error of the file");
        }
        return code;
    }

    /** Null for what is no element that tokens come to. More than one definition in an event is a fault that {@link Structure} finds by the kind. */
    private static Node.@Nullable Kind kind(Element element) {
        if (!element.name().getNamespaceURI().equals(Names.BPMN)) {
            return null;
        }
        boolean error = element.child(Names.ERROR_EVENT).isPresent();
        boolean message = element.child(Names.MESSAGE_EVENT).isPresent();
        return switch (element.name().getLocalPart()) {
            case "startEvent" -> Node.Kind.START;
            case "endEvent" -> error ? Node.Kind.ERROR_END : Node.Kind.END;
            case "serviceTask", "userTask", "businessRuleTask", "intermediateThrowEvent" -> Node.Kind.TASK;
            case "subProcess" -> Node.Kind.SUB_PROCESS;
            case "exclusiveGateway" -> Node.Kind.EXCLUSIVE;
            case "parallelGateway" -> Node.Kind.PARALLEL;
            case "eventBasedGateway" -> Node.Kind.EVENT_GATEWAY;
            case "intermediateCatchEvent" -> message ? Node.Kind.CATCH_MESSAGE : Node.Kind.CATCH_TIMER;
            case "boundaryEvent" -> error ? Node.Kind.BOUNDARY_ERROR : message ? Node.Kind.BOUNDARY_MESSAGE : Node.Kind.BOUNDARY_TIMER;
            default -> null;
        };
    }

    private void fault(Rule rule, Element element, String wrong, String right) {
        findings.add(rule, element.id(), element.attribute("name").orElse(""), wrong, right);
    }
}
