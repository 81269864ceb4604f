package org.zosgrid.bpmn.model;

import java.util.Map;
import javax.xml.namespace.QName;

/** Namespaces, and elements that several classes look for. */
final class Names {
    static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    static final String BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI";
    static final String DC = "http://www.omg.org/spec/DD/20100524/DC";
    static final String DI = "http://www.omg.org/spec/DD/20100524/DI";
    static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    /** The prefixes that lists and messages use, whatever a file uses. */
    static final Map<String, String> PREFIXES = Map.of("bpmn", BPMN, "camunda", CAMUNDA, "bpmndi", BPMNDI, "dc", DC, "di", DI, "xsi", XSI,
            "modeler", "http://camunda.org/schema/modeler/1.0", "bioc", "http://bpmn.io/schema/bpmn/biocolor/1.0", "color", "http://www.omg.org/spec/BPMN/non-normative/color/1.0");

    static final QName PROCESS = bpmn("process");
    static final QName ERROR = bpmn("error");
    static final QName FLOW = bpmn("sequenceFlow");
    static final QName CONDITION = bpmn("conditionExpression");
    static final QName EXTENSIONS = bpmn("extensionElements");
    static final QName INPUTS = camunda("inputOutput");
    static final QName INPUT = camunda("inputParameter");
    static final QName TEMPLATE = camunda("modelerTemplate");
    static final QName ERROR_EVENT = bpmn("errorEventDefinition");
    static final QName TIMER_EVENT = bpmn("timerEventDefinition");
    static final QName MESSAGE_EVENT = bpmn("messageEventDefinition");

    private Names() {}

    static QName bpmn(String local) {
        return new QName(BPMN, local);
    }

    static QName camunda(String local) {
        return new QName(CAMUNDA, local);
    }

    /** {@code bpmn:process}, or a local name without a prefix for no namespace. */
    static QName named(String prefixed) {
        int colon = prefixed.indexOf(':');
        return colon < 0 ? new QName(prefixed) : new QName(PREFIXES.get(prefixed.substring(0, colon)), prefixed.substring(colon + 1));
    }

    /** As people write it. */
    static String shown(QName name) {
        if (name.getNamespaceURI().isEmpty()) {
            return name.getLocalPart();
        }
        return PREFIXES.entrySet().stream().filter(each -> each.getValue().equals(name.getNamespaceURI())).map(each -> each.getKey() + ":" + name.getLocalPart())
                .findFirst().orElse("{" + name.getNamespaceURI() + "}" + name.getLocalPart());
    }
}
