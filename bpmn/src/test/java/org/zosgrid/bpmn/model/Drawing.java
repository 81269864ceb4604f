package org.zosgrid.bpmn.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Draws a customer's model as the modeller would write it: each call goes on from the element that the one before drew. */
public final class Drawing {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
              xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.40.0"
              modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.24.0">
            """;

    private final String process;
    private final Set<String> errors = new TreeSet<>();
    private final Deque<StringBuilder> scopes = new ArrayDeque<>();
    private final Deque<String> owners = new ArrayDeque<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private String last = "";
    private String condition = "";
    private boolean otherwise;
    private int flows;

    public Drawing(String process) {
        this.process = process;
        scopes.push(new StringBuilder());
    }

    public Drawing start(String id) {
        return draw("<bpmn:startEvent id=\"" + id + "\" name=\"" + id + "\"/>", id, false);
    }

    public Drawing block(Block block, String id, String... inputs) {
        return draw("<bpmn:" + block.drawn().element() + " id=\"" + id + "\" name=\"" + id + "\" camunda:modelerTemplate=\"" + block.template() + "\" camunda:modelerTemplateVersion=\"1\">"
                + inputs(inputs) + "</bpmn:" + block.drawn().element() + ">", id, true);
    }

    private static String inputs(String... inputs) {
        if (inputs.length == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder("<bpmn:extensionElements><camunda:inputOutput>");
        for (int i = 0; i < inputs.length; i += 2) {
            text.append("<camunda:inputParameter name=\"").append(inputs[i]).append("\">").append(inputs[i + 1]).append("</camunda:inputParameter>");
        }
        return text.append("</camunda:inputOutput></bpmn:extensionElements>").toString();
    }

    public Drawing end(String id, String outcome) {
        return block(Block.END, id, "outcome", outcome);
    }

    public Drawing end(String id) {
        return draw("<bpmn:endEvent id=\"" + id + "\" name=\"" + id + "\"/>", id, true);
    }

    public Drawing fail(String id, String code) {
        errors.add(code);
        return draw("<bpmn:endEvent id=\"" + id + "\" name=\"" + id + "\"><bpmn:errorEventDefinition errorRef=\"error-" + code + "\"/></bpmn:endEvent>", id, true);
    }

    public Drawing choice(String id) {
        return draw("<bpmn:exclusiveGateway id=\"" + id + "\" name=\"" + id + "\" DEFAULT-OF-" + id + "=\"\"/>", id, true);
    }

    public Drawing parallel(String id) {
        return draw("<bpmn:parallelGateway id=\"" + id + "\" name=\"" + id + "\"/>", id, true);
    }

    public Drawing wait(String id, String duration) {
        return draw("<bpmn:intermediateCatchEvent id=\"" + id + "\" name=\"" + id + "\">" + timer(duration) + "</bpmn:intermediateCatchEvent>", id, true);
    }

    private static String timer(String duration) {
        return "<bpmn:timerEventDefinition id=\"timer-" + Math.abs(duration.hashCode()) + "-" + System.nanoTime() + "\"><bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">" + duration + "</bpmn:timeDuration></bpmn:timerEventDefinition>";
    }

    /** A boundary event for an error of an element; {@code *} for every error. */
    public Drawing on(String host, String code) {
        String id = host + "-" + (code.equals("*") ? "any" : code);
        String reference = code.equals("*") ? "" : " errorRef=\"error-" + code + "\"";
        if (!code.equals("*")) {
            errors.add(code);
        }
        return draw("<bpmn:boundaryEvent id=\"" + id + "\" name=\"" + id + "\" attachedToRef=\"" + host + "\"><bpmn:errorEventDefinition" + reference + "/></bpmn:boundaryEvent>", id, false);
    }

    public Drawing after(String host, String duration, boolean interrupting) {
        String id = host + "-late" + (interrupting ? "" : "-note");
        return draw("<bpmn:boundaryEvent id=\"" + id + "\" name=\"" + id + "\" attachedToRef=\"" + host + "\" cancelActivity=\"" + interrupting + "\">" + timer(duration) + "</bpmn:boundaryEvent>", id, false);
    }

    public Drawing open(String id) {
        draw("", id, true);
        owners.push(id);
        scopes.push(new StringBuilder());
        last = "";
        return this;
    }

    public Drawing close() {
        String id = owners.pop();
        String inner = scopes.pop().toString();
        scopes.element().append("<bpmn:subProcess id=\"").append(id).append("\" name=\"").append(id).append("\">").append(inner).append("</bpmn:subProcess>\n");
        last = id;
        return this;
    }

    /** Goes on from an element that is there. */
    public Drawing at(String id) {
        last = id;
        return this;
    }

    /** The next flow is taken if this holds. */
    public Drawing when(String zos) {
        condition = zos;
        return this;
    }

    public Drawing otherwise() {
        otherwise = true;
        return this;
    }

    /** A flow to an element that is there or comes. */
    public Drawing to(String id) {
        String flow = "flow-" + ++flows;
        String asked = condition.isEmpty() ? "" : "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" language=\"zos\">" + condition.replace("<", "&lt;") + "</bpmn:conditionExpression>";
        scopes.element().append("<bpmn:sequenceFlow id=\"" + flow + "\" sourceRef=\"" + last + "\" targetRef=\"" + id + "\">" + asked + "</bpmn:sequenceFlow>\n");
        if (otherwise) {
            defaults.put(last, flow);
        }
        condition = "";
        otherwise = false;
        return this;
    }

    /** Whatever stands there. */
    public Drawing raw(String xml) {
        scopes.element().append(xml).append('\n');
        return this;
    }

    private Drawing draw(String xml, String id, boolean joined) {
        if (joined && !last.isEmpty()) {
            to(id);
        }
        scopes.element().append(xml).append('\n');
        last = id;
        return this;
    }

    public String xml() {
        String body = scopes.element().toString();
        for (Map.Entry<String, String> each : defaults.entrySet()) {
            body = body.replace("DEFAULT-OF-" + each.getKey() + "=\"\"", "default=\"" + each.getValue() + "\"");
        }
        body = body.replaceAll(" DEFAULT-OF-[A-Za-z0-9_-]+=\"\"", "");
        StringBuilder text = new StringBuilder(HEAD).append("<bpmn:process id=\"").append(process).append("\" name=\"").append(process).append("\" isExecutable=\"true\">\n").append(body).append("</bpmn:process>\n");
        errors.forEach(code -> text.append("<bpmn:error id=\"error-").append(code).append("\" name=\"").append(code).append("\" errorCode=\"").append(code).append("\"/>\n"));
        return text.append("</bpmn:definitions>\n").toString();
    }

    public byte[] bytes() {
        return xml().getBytes(StandardCharsets.UTF_8);
    }
}
