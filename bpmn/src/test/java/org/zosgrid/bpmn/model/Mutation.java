package org.zosgrid.bpmn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes a drawn model a little, at random: what somebody with a mouse, or with bad intentions, might do. */
public final class Mutation {
    private static final Pattern FLOW = Pattern.compile("<bpmn:sequenceFlow id=\"([^\"]+)\" sourceRef=\"([^\"]+)\" targetRef=\"([^\"]+)\">");
    private static final Pattern TARGET = Pattern.compile("targetRef=\"([^\"]+)\"");
    private static final Pattern SOURCE = Pattern.compile("sourceRef=\"([^\"]+)\"");
    private static final Pattern HOST = Pattern.compile("attachedToRef=\"([^\"]+)\"");
    private static final Pattern NODE = Pattern.compile("<bpmn:(?:serviceTask|userTask|endEvent|exclusiveGateway|parallelGateway|intermediateCatchEvent|subProcess) id=\"([^\"]+)\"");
    private static final Pattern TEMPLATE = Pattern.compile("<bpmn:serviceTask id=\"[^\"]+\" name=\"[^\"]+\" camunda:modelerTemplate=\"(org.zosgrid.(?:verify|seal|provision|expose|withdraw|remove))\"");
    private static final Pattern ERROR = Pattern.compile("<bpmn:errorEventDefinition( errorRef=\"[^\"]+\")/>");
    private static final Pattern OUTCOME = Pattern.compile("<camunda:inputParameter name=\"outcome\">([A-Z]+)<");
    private static final List<String> OUTCOMES = List.of("RUNNING", "REMOVED", "COMPENSATED", "FAILED", "INVALID", "REJECTED");

    private final Random random;
    private int added;

    public Mutation(Random random) {
        this.random = random;
    }

    /** Some changes of some kinds. */
    public String of(String xml) {
        String changed = xml;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            changed = once(changed);
        }
        return changed;
    }

    private String once(String xml) {
        return switch (random.nextInt(13)) {
            case 0 -> replaced(xml, TARGET, any(xml, NODE));
            case 1 -> replaced(xml, SOURCE, any(xml, NODE));
            case 2 -> replaced(xml, HOST, any(xml, NODE));
            case 3 -> replaced(xml, TEMPLATE, any(xml, TEMPLATE));
            case 4 -> replaced(xml, ERROR, "");
            case 5 -> replaced(xml, OUTCOME, OUTCOMES.get(random.nextInt(OUTCOMES.size())));
            case 6, 7 -> on(xml, "<bpmn:intermediateCatchEvent id=\"@\" name=\"@\"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">PT1M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>");
            case 8 -> on(xml, "<bpmn:serviceTask id=\"@\" name=\"@\" camunda:modelerTemplate=\"" + any(xml, TEMPLATE) + "\"/>");
            case 9 -> on(xml, "<bpmn:serviceTask id=\"@\" name=\"@\" camunda:modelerTemplate=\"org.zosgrid.notify\"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"audience\">approvers</camunda:inputParameter>"
                    + "<camunda:inputParameter name=\"text\">x</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>");
            case 10 -> around(xml, "exclusive");
            case 11 -> around(xml, "parallel");
            default -> timer(xml);
        };
    }

    /** A node in the middle of a flow. */
    private String on(String xml, String node) {
        MatchResult flow = any(FLOW, xml);
        String id = "new-" + ++added;
        String text = node.replace("@", id) + flow.group().replace("targetRef=\"" + flow.group(3) + "\"", "targetRef=\"" + id + "\"");
        String rest = "<bpmn:sequenceFlow id=\"" + id + "-on\" sourceRef=\"" + id + "\" targetRef=\"" + flow.group(3) + "\"/>";
        return xml.substring(0, flow.start()) + rest + text + xml.substring(flow.end());
    }

    /** A way around whatever a flow leads to: to the same place where another flow leads, beside it or instead of it. */
    private String around(String xml, String gateway) {
        MatchResult flow = any(FLOW, xml);
        String id = "new-" + ++added;
        String other = any(xml, NODE);
        boolean exclusive = gateway.equals("exclusive");
        String text = "<bpmn:" + gateway + "Gateway id=\"" + id + "\" name=\"" + id + "\"" + (exclusive ? " default=\"" + id + "-on\"" : "") + "/>"
                + "<bpmn:sequenceFlow id=\"" + id + "-on\" sourceRef=\"" + id + "\" targetRef=\"" + flow.group(3) + "\"/>"
                + "<bpmn:sequenceFlow id=\"" + id + "-around\" sourceRef=\"" + id + "\" targetRef=\"" + other + "\">"
                + (exclusive ? "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" language=\"zos\">" + (random.nextBoolean() ? "exposed" : "not exposed") + "</bpmn:conditionExpression>" : "") + "</bpmn:sequenceFlow>";
        return xml.substring(0, flow.start()) + text + flow.group().replace("targetRef=\"" + flow.group(3) + "\"", "targetRef=\"" + id + "\"") + xml.substring(flow.end());
    }

    /** A timer on something. */
    private String timer(String xml) {
        MatchResult flow = any(FLOW, xml);
        String id = "new-" + ++added;
        String text = "<bpmn:boundaryEvent id=\"" + id + "\" name=\"" + id + "\" attachedToRef=\"" + flow.group(2) + "\" cancelActivity=\"" + random.nextBoolean() + "\"><bpmn:timerEventDefinition>"
                + "<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">PT30S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
                + "<bpmn:sequenceFlow id=\"" + id + "-on\" sourceRef=\"" + id + "\" targetRef=\"" + any(xml, NODE) + "\"/>";
        return xml.substring(0, flow.start()) + text + xml.substring(flow.start());
    }

    private String replaced(String xml, Pattern pattern, String by) {
        List<MatchResult> all = pattern.matcher(xml).results().toList();
        if (all.isEmpty()) {
            return xml;
        }
        MatchResult one = all.get(random.nextInt(all.size()));
        return xml.substring(0, one.start(1)) + by + xml.substring(one.end(1));
    }

    private String any(String xml, Pattern pattern) {
        List<String> all = new ArrayList<>(pattern.matcher(xml).results().map(result -> result.group(1)).toList());
        return all.isEmpty() ? "start" : all.get(random.nextInt(all.size()));
    }

    private MatchResult any(Pattern pattern, String xml) {
        List<MatchResult> all = pattern.matcher(xml).results().toList();
        return all.get(random.nextInt(all.size()));
    }
}
