package org.zosgrid.bpmn.model;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zosgrid.bpmn.xml.Element;

/** The picture: where the elements stand. It means nothing to the engine and is kept so that people see their own drawing. */
final class Diagram {
    static final String GRAMMAR = """
            bpmndi:BPMNDiagram @id=ref @name=text > bpmndi:BPMNPlane
            bpmndi:BPMNPlane @id=ref @bpmnElement=ref > bpmndi:BPMNShape bpmndi:BPMNEdge
            bpmndi:BPMNShape @id=ref @bpmnElement=ref @isExpanded=bool @isHorizontal=bool @isMarkerVisible=bool @bioc:stroke=word @bioc:fill=word @color:background-color=word @color:border-color=word > dc:Bounds bpmndi:BPMNLabel
            bpmndi:BPMNEdge @id=ref @bpmnElement=ref @bioc:stroke=word @color:border-color=word > di:waypoint bpmndi:BPMNLabel
            bpmndi:BPMNLabel @id=ref > dc:Bounds
            dc:Bounds @x=number @y=number @width=number @height=number
            di:waypoint @x=number @y=number
            """;

    private Diagram() {}

    /** The places of nodes and flows; empty without a picture. */
    static String of(Element drawing, Model model) {
        Set<String> nodes = model.scope().all().map(Node::id).collect(Collectors.toSet());
        Set<String> flows = model.scope().allFlows().map(Flow::id).collect(Collectors.toSet());
        Stream<String> shapes = places(drawing, "BPMNShape", nodes::contains, shape -> shape.child(Names.named("dc:Bounds")).isPresent())
                .map(shape -> "<bpmndi:BPMNShape id=\"shape." + id(shape) + "\" bpmnElement=\"" + id(shape) + "\">" + points(shape, "dc:Bounds") + "</bpmndi:BPMNShape>\n");
        Stream<String> edges = places(drawing, "BPMNEdge", flows::contains, edge -> edge.children(Names.named("di:waypoint")).count() > 1)
                .map(edge -> "<bpmndi:BPMNEdge id=\"edge." + id(edge) + "\" bpmnElement=\"" + id(edge) + "\">" + points(edge, "di:waypoint") + "</bpmndi:BPMNEdge>\n");
        String all = Stream.concat(shapes, edges).distinct().collect(Collectors.joining());
        return all.isEmpty() ? "" : "<bpmndi:BPMNDiagram id=\"compiled.diagram\"><bpmndi:BPMNPlane id=\"compiled.plane\" bpmnElement=\"" + EngineXml.escaped(model.id()) + "\">\n" + all + "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n";
    }

    private static Stream<Element> places(Element drawing, String kind, Predicate<String> known, Predicate<Element> whole) {
        Set<String> seen = new java.util.HashSet<>();
        return drawing.all().filter(element -> element.is(Names.named("bpmndi:" + kind))).filter(element -> known.test(id(element)) && whole.test(element) && seen.add(id(element)));
    }

    private static String id(Element place) {
        return place.attribute("bpmnElement").orElse("");
    }

    /** Attributes are numbers: the grammar says so. */
    private static String points(Element place, String name) {
        return place.children(Names.named(name)).map(point -> "<" + name + Stream.of("x", "y", "width", "height").flatMap(key -> point.attribute(key).map(value -> " " + key + "=\"" + value + "\"").stream())
                .collect(Collectors.joining()) + "/>").collect(Collectors.joining());
    }
}
