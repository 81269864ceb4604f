import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from "bpmn-js-properties-panel";
import { ElementTemplatesPropertiesProviderModule } from "bpmn-js-element-templates";
import Modeler from "bpmn-js/lib/Modeler";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "@bpmn-io/properties-panel/assets/properties-panel.css";
import "bpmn-js-element-templates/dist/assets/element-templates.css";
import { h } from "../pages/dom";
import { texts } from "../pages/texts";
import { conditionModule } from "./condition";
import type { Drawing, Finding } from "./drawing";
import { paletteModule } from "./palette";

/** A process that can be drawn: bpmn-js with its panel of properties and our blocks. By far the largest part of the console; only the page that draws loads it. */

export interface Template {
  id: string;
  name: string;
  description: string;
  elementType: { value: string };
}

interface Shape {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  type: string;
  waypoints?: unknown;
  labelTarget?: Shape;
}

interface Canvas {
  zoom(level?: string | number, center?: string): number;
  viewbox(): { x: number; y: number; width: number; height: number };
  getRootElement(): Shape;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
  scroll(by: { dx: number; dy: number }): void;
  scrollToElement(id: string): void;
}

interface Overlays {
  add(element: string, type: string, overlay: { position: { top: number; left: number }; html: HTMLElement }): string;
  remove(filter: { type: string }): void;
}

const MARK = "faulty";
/** So much of the room a drawing takes at first that nothing of it lies under the palette, whose width is in pixels. */
const ROOM = 0.85;
const PALETTE = 70;

/** @param panel where the properties are shown */
export async function drawProcess(host: HTMLElement, panel: HTMLElement, xml: string, templates: Template[], changed: () => void): Promise<Drawing & { add(template: Template): void }> {
  const modeler = new Modeler({
    container: host,
    propertiesPanel: { parent: panel, feelPopupContainer: panel },
    elementTemplates: templates,
    moddleExtensions: { camunda },
    additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ElementTemplatesPropertiesProviderModule, conditionModule, paletteModule] as never[],
  } as never);
  await modeler.importXML(xml);
  const canvas = modeler.get<Canvas>("canvas");
  const overlays = modeler.get<Overlays>("overlays");
  const registry = modeler.get<{ get(id: string): Shape | undefined }>("elementRegistry");
  const selection = modeler.get<{ get(): Shape[]; select(shape: Shape): void }>("selection");
  const stack = modeler.get<{ undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean }>("commandStack");
  const elementTemplates = modeler.get<{ applyTemplate(element: Shape, template: Template): Shape; getLatest(element: Shape): Template[] }>("elementTemplates");
  canvas.zoom("fit-viewport", "auto");
  canvas.zoom(canvas.zoom() * ROOM, "auto");
  canvas.scroll({ dx: PALETTE / 2, dy: 0 });
  modeler.on("commandStack.changed", changed);
  modeler.on("elementTemplates.select", ({ element }: { element: Shape }) => choose(host, elementTemplates.getLatest(element), (template) => selection.select(elementTemplates.applyTemplate(element, template))));
  let marked: string[] = [];
  return {
    xml: async () => (await modeler.saveXML({ format: true })).xml ?? "",
    mark(findings) {
      overlays.remove({ type: MARK });
      marked.forEach((id) => registry.get(id) !== undefined && canvas.removeMarker(id, MARK));
      marked = [...new Set(findings.map((each) => each.element))].filter((id) => registry.get(id) !== undefined && id !== canvas.getRootElement().id);
      for (const id of marked) {
        canvas.addMarker(id, MARK);
        const about = findings.filter((each) => each.element === id);
        overlays.add(id, MARK, { position: { top: -12, left: -12 }, html: sign(about) });
      }
    },
    go(id) {
      const shape = registry.get(id);
      if (shape !== undefined) {
        canvas.scrollToElement(id);
        selection.select(shape);
      }
      return shape !== undefined;
    },
    /** Behind what is selected, or in the middle of what is seen. */
    add(template) {
      const [selected] = selection.get();
      const end = template.elementType.value === "bpmn:EndEvent";
      const fresh = modeler.get<{ createShape(attributes: object): Shape }>("elementFactory").createShape({ type: end ? "bpmn:EndEvent" : "bpmn:Task" });
      const follows = selected !== undefined && selected.waypoints === undefined && selected.labelTarget === undefined && selected !== canvas.getRootElement() && selected.type !== "bpmn:EndEvent";
      const { x, y, width, height } = canvas.viewbox();
      const placed = follows ? modeler.get<{ append(source: Shape, shape: Shape): Shape }>("autoPlace").append(selected, fresh)
        : modeler.get<{ createShape(shape: Shape, at: { x: number; y: number }, parent: Shape): Shape }>("modeling").createShape(fresh, { x: x + width / 2, y: y + height / 2 }, canvas.getRootElement());
      const block = elementTemplates.applyTemplate(placed, template);
      modeler.get<{ updateProperties(element: Shape, properties: object): void }>("modeling").updateProperties(block, { name: template.name });
      selection.select(block);
      canvas.scrollToElement(block.id);
    },
    undo: () => stack.undo(),
    redo: () => stack.redo(),
    destroy: () => modeler.destroy(),
  };
}

function sign(findings: Finding[]): HTMLElement {
  const sentence = findings.map((each) => `${each.wrong}; ${each.right}`).join("\n");
  return h("div", { class: "fault-sign", title: sentence, role: "img", "aria-label": sentence }, findings.length > 1 ? findings.length : "!");
}

/** Asks which block an element shall be. */
function choose(host: HTMLElement, templates: Template[], chosen: (template: Template) => void): void {
  const dialog = h("dialog", { class: "choose", "aria-label": texts.models.chooseBlock, close: () => dialog.remove() },
    h("h2", {}, texts.models.chooseBlock),
    templates.length === 0 ? h("p", {}, texts.models.noBlock) : h("ul", { class: "plain" }, templates.map((each) => h("li", {}, h("button", { type: "button", click: () => {
      dialog.close();
      chosen(each);
    } }, each.name), h("p", { class: "quiet" }, each.description)))),
    h("button", { type: "button", click: () => dialog.close() }, texts.tasks.leave));
  (host.closest("section") ?? host).append(dialog);
  dialog.showModal();
}
