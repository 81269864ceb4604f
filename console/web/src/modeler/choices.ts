import type Modeler from "bpmn-js/lib/Modeler";
import { h, show } from "../pages/dom";
import { field } from "../pages/parts";
import { texts } from "../pages/texts";

/** What a mouse draws, by choice from lists: for who works by keyboard, or hears a drawing instead of seeing it. */

/** What an element is made from. */
export interface Kind {
  type: string;
  eventDefinitionType?: string;
  isExpanded?: boolean;
}

export interface Shape {
  id: string;
  type: string;
  businessObject: { name?: string; eventDefinitions?: { $type: string }[] };
  x: number;
  y: number;
  width: number;
  height: number;
  source?: Shape;
  target?: Shape;
  outgoing?: Shape[];
  attachers?: Shape[];
  parent?: Shape;
  children?: Shape[];
  waypoints?: unknown;
  labelTarget?: Shape;
}

const words = texts.models;
const TIMER = "bpmn:TimerEventDefinition";
const ERROR = "bpmn:ErrorEventDefinition";

const BEHIND: Record<keyof typeof words.behind, Kind> = {
  exclusive: { type: "bpmn:ExclusiveGateway" },
  parallel: { type: "bpmn:ParallelGateway" },
  wait: { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: TIMER },
  inside: { type: "bpmn:SubProcess", isExpanded: true },
  end: { type: "bpmn:EndEvent" },
  fails: { type: "bpmn:EndEvent", eventDefinitionType: ERROR },
};

const EDGE: Record<keyof typeof words.edge, Kind> = {
  timer: { type: "bpmn:BoundaryEvent", eventDefinitionType: TIMER },
  error: { type: "bpmn:BoundaryEvent", eventDefinitionType: ERROR },
};

interface Modeling {
  createShape(shape: Shape, at: { x: number; y: number }, host: Shape, hints: { attach: boolean }): Shape;
  connect(from: Shape, to: Shape): unknown;
  removeElements(elements: Shape[]): void;
  updateProperties(element: Shape, properties: object): void;
}

/** @param put puts an element behind what is selected, and selects it */
export function choices(modeler: Modeler, put: (kind: Kind) => void): HTMLElement {
  const registry = modeler.get<{ get(id: string): Shape | undefined; getAll(): Shape[] }>("elementRegistry");
  const selection = modeler.get<{ get(): Shape[]; select(shape: Shape): void }>("selection");
  const canvas = modeler.get<{ getRootElement(): Shape; scrollToElement(id: string): void }>("canvas");
  const modeling = modeler.get<Modeling>("modeling");
  const rules = modeler.get<{ allowed(rule: string, context: object): unknown }>("rules");
  const element = h("select", { name: "element", change: () => pick(registry.get(element.value)) });
  const other = h("select", { name: "other" });
  const said = h("span", { role: "status", class: "quiet" });
  const all = () => registry.getAll().filter((each) => each !== canvas.getRootElement() && each.labelTarget === undefined);
  const refresh = () => {
    const [selected] = selection.get();
    const kept = other.value;
    show(element, h("option", { value: "" }, words.nothingChosen), all().map((each) => h("option", { value: each.id, selected: each === (selected?.labelTarget ?? selected) }, called(each))));
    show(other, all().filter((each) => each.waypoints === undefined).map((each) => h("option", { value: each.id, selected: each.id === kept }, called(each))));
  };
  const pick = (shape: Shape | undefined) => {
    if (shape !== undefined) {
      selection.select(shape);
      canvas.scrollToElement(shape.id);
    }
  };
  /** With the element that is chosen; says so if there is none, or if it cannot be done. */
  const chosen = (work: (shape: Shape) => string) => () => {
    const shape = registry.get(element.value);
    show(said, shape === undefined ? words.chooseFirst : work(shape));
  };
  const attach = (kind: Kind) => chosen((shape) => {
    const fresh = modeler.get<{ createShape(attributes: object): Shape }>("elementFactory").createShape(kind);
    const at = onEdge(shape, fresh.width);
    if (rules.allowed("shape.attach", { shape: fresh, target: shape, position: at }) !== "attach") {
      return words.notThere;
    }
    pick(modeling.createShape(fresh, at, shape, { attach: true }));
    return "";
  });
  const connect = chosen((shape) => {
    const to = registry.get(other.value);
    if (to === undefined || !rules.allowed("connection.create", { source: shape, target: to })) {
      return words.notConnected;
    }
    modeling.connect(shape, to);
    return words.connected(called(shape), called(to));
  });
  const remove = chosen((shape) => {
    modeling.removeElements([shape]);
    return words.removed(called(shape));
  });
  const otherwise = chosen((shape) => {
    if (shape.source === undefined || !shape.source.type.endsWith("ExclusiveGateway")) {
      return words.noDefault;
    }
    modeling.updateProperties(shape.source, { default: shape.businessObject });
    return words.isDefault(called(shape));
  });
  const behind = (kind: Kind) => chosen(() => {
    put(kind);
    return "";
  });
  modeler.on("selection.changed", refresh);
  modeler.on("commandStack.changed", refresh);
  refresh();
  const button = (word: string, click: () => void) => h("button", { type: "button", click }, word);
  const group = (name: string, buttons: HTMLElement[]) => h("fieldset", {}, h("legend", {}, name), h("div", { class: "blocks" }, buttons));
  return h("details", {}, h("summary", {}, words.byChoice),
    h("div", { class: "search" }, field(words.element, element), button(words.remove, remove), button(words.makeDefault, otherwise)),
    group(words.putBehind, Object.entries(BEHIND).map(([key, kind]) => button(words.behind[key as keyof typeof BEHIND], behind(kind)))),
    group(words.putOn, Object.entries(EDGE).map(([key, kind]) => button(words.edge[key as keyof typeof EDGE], attach(kind)))),
    h("div", { class: "search" }, field(words.connectTo, other), button(words.connect, connect)), said);
}

/** A place on the lower edge on which nothing stands; the right corner where there is none. */
function onEdge(shape: Shape, width: number): { x: number; y: number } {
  const taken = (shape.attachers ?? []).filter((each) => each.y + each.height > shape.y + shape.height).map((each) => each.x + each.width / 2);
  let x = shape.x + width / 2;
  while (x < shape.x + shape.width && taken.some((each) => Math.abs(each - x) < width)) {
    x += 2;
  }
  return { x: Math.min(x, shape.x + shape.width), y: shape.y + shape.height };
}

/** Its name, or what it is; a flow by its ends. */
function called(shape: Shape): string {
  if (shape.source !== undefined && shape.target !== undefined) {
    return words.flow(called(shape.source), called(shape.target), shape.businessObject.name ?? "");
  }
  return shape.businessObject.name || `${kindOf(shape)} ${shape.id}`;
}

function kindOf({ type, businessObject }: Shape): string {
  const plain = type.slice("bpmn:".length);
  const about = /bpmn:(\w+)EventDefinition/.exec(businessObject.eventDefinitions?.[0]?.$type ?? "")?.[1] ?? "";
  const key = plain === "BoundaryEvent" ? `boundary${about}` : plain === "IntermediateCatchEvent" ? `intermediate${about}` : plain === "EndEvent" ? (about === "" ? "noneEndEvent" : `${about.toLowerCase()}EndEvent`)
    : plain.charAt(0).toLowerCase() + plain.slice(1);
  return texts.processes.elements[key] ?? plain;
}
