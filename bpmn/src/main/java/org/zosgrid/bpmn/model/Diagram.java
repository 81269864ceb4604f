package org.zosgrid.bpmn.model;

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
}
