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
import { choices, type Kind, type Shape } from "./choices";
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
/** The group in which a template's inputs stand. */
const INPUTS = "ElementTemplates__CustomProperties";
/** The command by which a block is put in. */
const STEP = "zos.step";
const END = "bpmn:EndEvent";
/** Between blocks, in the drawing's own pixels. */
const GAP = 50;
/** So much of the room a drawing takes at first that nothing of it lies under the palette, whose width is in pixels. */
const ROOM = 0.85;
const PALETTE = 70;

/** @param panel where the properties are shown */
export async function drawProcess(host: HTMLElement, panel: HTMLElement, xml: string, templates: Template[], changed: () => void): Promise<Drawing & { choices: HTMLElement; add(template: Template): void }> {
  const modeler = new Modeler({
    container: host,
    propertiesPanel: { parent: panel, feelPopupContainer: panel, layout: { groups: { [INPUTS]: { open: true } } } },
    elementTemplates: templates,
    moddleExtensions: { camunda },
    additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ElementTemplatesPropertiesProviderModule, conditionModule, paletteModule] as never[],
  } as never);
  await modeler.importXML(xml);
  const canvas = modeler.get<Canvas>("canvas");
  const overlays = modeler.get<Overlays>("overlays");
  const registry = modeler.get<{ get(id: string): Shape | undefined }>("elementRegistry");
  const selection = modeler.get<{ get(): Shape[]; select(shape: Shape): void }>("selection");
  const stack = modeler.get<{ undo(): void; redo(): void; register(command: string, handler: object): void; execute(command: string, context: object): void }>("commandStack");
  const elementTemplates = modeler.get<{ applyTemplate(element: Shape, template: Template): Shape; getLatest(element: Shape): Template[] }>("elementTemplates");
  canvas.zoom("fit-viewport", "auto");
  canvas.zoom(canvas.zoom() * ROOM, "auto");
  canvas.scroll({ dx: PALETTE / 2, dy: 0 });
  modeler.on("commandStack.changed", changed);
  modeler.on("elementTemplates.select", ({ element }: { element: Shape }) => choose(host, elementTemplates.getLatest(element), (template) => selection.select(elementTemplates.applyTemplate(element, template))));
  stack.register(STEP, { preExecute: (step: Step) => {
    step.block = placed(modeler, step, ({ template }, element) => template === undefined ? element : elementTemplates.applyTemplate(element, template));
  } });
  /** Into the flow that is selected or follows what is selected; where there is none, behind it; or in the middle of what is seen. One step to undo. */
  const put = (kind: Kind, template?: Template) => {
    const [selected] = selection.get();
    const step: Step = { kind, template, selected: selected?.labelTarget ?? selected };
    stack.execute(STEP, step);
    const block = step.block;
    if (block !== undefined) {
      selection.select(block);
      canvas.scrollToElement(block.id);
    }
  };
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
    choices: choices(modeler, put),
    add: (template) => put({ type: template.elementType.value === END ? END : "bpmn:Task" }, template),
    undo: () => stack.undo(),
    redo: () => stack.redo(),
    destroy: () => modeler.destroy(),
  };
}

/** A block, or another element, that is put into the drawing. */
interface Step {
  kind: Kind;
  template: Template | undefined;
  selected: Shape | undefined;
  block?: Shape;
}

/** The middle of a shape. */
interface Point {
  x: number;
  y: number;
}

interface Modeling {
  createShape(shape: Shape, at: Point, parent: Shape | undefined): Shape;
  appendShape(source: Shape, shape: Shape, at: Point): Shape;
  createSpace(moving: Shape[], resizing: Shape[], by: Point, direction: "e", from: number): void;
  updateProperties(element: Shape, properties: object): void;
  reconnectEnd(flow: Shape, to: Shape, at: Point): void;
  connect(from: Shape, to: Shape): void;
}

function placed(modeler: Modeler, step: Step, apply: (step: Step, element: Shape) => Shape): Shape {
  const { kind, template, selected } = step;
  const canvas = modeler.get<Canvas>("canvas");
  const modeling = modeler.get<Modeling>("modeling");
  const fresh = modeler.get<{ createShape(attributes: object): Shape }>("elementFactory").createShape(kind);
  const flow = kind.type === END ? undefined : intoWhich(selected);
  const { x, y, width, height } = canvas.viewbox();
  const between = flow === undefined ? undefined : room(modeler, flow, fresh);
  const follows = selected !== undefined && selected.waypoints === undefined && selected !== canvas.getRootElement() && selected.type !== END;
  const shape = flow !== undefined && between !== undefined ? modeling.createShape(fresh, between, flow.parent)
    : follows ? modeling.appendShape(selected, fresh, free(modeler, fresh, { x: selected.x + selected.width + GAP + fresh.width / 2, y: selected.y + selected.height / 2 }))
    : modeling.createShape(fresh, free(modeler, fresh, { x: x + width / 2, y: y + height / 2 }), canvas.getRootElement());
  const block = apply(step, shape);
  if (template !== undefined) {
    modeling.updateProperties(block, { name: template.name });
  }
  const target = flow?.target;
  if (flow !== undefined && between !== undefined && target !== undefined) {
    modeling.reconnectEnd(flow, block, between);
    modeling.connect(block, target);
  }
  return block;
}

/** The flow itself, or the only one out of it; nothing where it branches. */
function intoWhich(selected: Shape | undefined): Shape | undefined {
  const flow = selected?.waypoints !== undefined ? selected : selected?.outgoing?.length === 1 ? selected.outgoing[0] : undefined;
  return flow?.type === "bpmn:SequenceFlow" ? flow : undefined;
}

/** Where the middle of a block has room in a flow, after what lies behind has moved on; nothing if the flow does not lead from left to right. */
function room(modeler: Modeler, { source, target }: Shape, block: Shape): Point | undefined {
  if (source === undefined || target === undefined || target.x < source.x + source.width) {
    return undefined;
  }
  const missing = block.width + 2 * GAP - (target.x - source.x - source.width);
  if (missing > 0) {
    const all = modeler.get<{ getAll(): Shape[] }>("elementRegistry").getAll();
    const { movingShapes, resizingShapes } = modeler.get<{ calculateAdjustments(elements: Shape[], axis: "x", by: number, from: number): { movingShapes: Shape[]; resizingShapes: Shape[] } }>("spaceTool")
      .calculateAdjustments(all, "x", missing, target.x - 1);
    modeler.get<Modeling>("modeling").createSpace(movingShapes, resizingShapes, { x: missing, y: 0 }, "e", target.x - 1);
  }
  return { x: source.x + source.width + GAP + block.width / 2, y: source.y + source.height / 2 };
}

/** The place, or the next one below it where the shape would lie on no other. */
function free(modeler: Modeler, shape: Shape, { x, y }: Point): Point {
  const others = modeler.get<{ getAll(): Shape[] }>("elementRegistry").getAll().filter((each) => each.waypoints === undefined && each.parent !== undefined && (each.children ?? []).length === 0);
  const covers = (at: number) => others.some((each) => Math.abs(each.x + each.width / 2 - x) < (each.width + shape.width) / 2 && Math.abs(each.y + each.height / 2 - at) < (each.height + shape.height) / 2);
  let at = y;
  while (covers(at)) {
    at += GAP / 2;
  }
  return { x, y: at };
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
