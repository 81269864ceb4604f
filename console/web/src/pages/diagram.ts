import type { Activity, Measure } from "./heat";
import { heat } from "./heat";
import { h } from "./dom";
import { elementNames, type Definitions } from "./names";
import { zoomable, type Canvas } from "./zoom";

/** A BPMN diagram one can move in, with colours laid over it. Loaded only by pages that show one: it is by far the largest part of the console. */

interface Overlays {
  add(element: string, type: string, overlay: { position: { top: number; left: number }; html: HTMLElement }): string;
  remove(filter: { type: string }): void;
}

interface Registry {
  get(id: string): { width: number; height: number; waypoints?: unknown; children?: unknown[] } | undefined;
}

export interface Diagram {
  colour(activities: Activity[], measure: Measure): void;
  mark(elements: Map<string, "added" | "removed" | "changed" | "moved">): void;
  /** Shows where something has been, where it is, and where it is stuck. */
  place(at: { done: string[]; here: string[]; stuck: string[] }): void;
  /** What people called an element; of one inside of a block that is drawn as a whole, the block's name before its own. */
  named(id: string): string;
  /** What the diagram says, as bpmn-js-differ compares it. */
  definitions: unknown;
  destroy(): void;
}

export async function draw(host: HTMLElement, xml: string): Promise<Diagram> {
  const [{ default: Viewer }] = await Promise.all([import("bpmn-js/lib/NavigatedViewer"), import("bpmn-js/dist/assets/diagram-js.css"), import("bpmn-js/dist/assets/bpmn-font/css/bpmn.css")]);
  host.replaceChildren(); // what was said there while it was loaded
  const viewer = new Viewer({ container: host });
  await viewer.importXML(xml);
  const zoom = zoomable(host, viewer.get<Canvas>("canvas"));
  const overlays = viewer.get<Overlays>("overlays");
  const registry = viewer.get<Registry>("elementRegistry");
  const names = elementNames(viewer.getDefinitions() as Definitions, (id) => registry.get(id) !== undefined);
  const cover = (type: string, id: string, kind: string, opacity: number) => {
    const element = registry.get(id);
    if (element === undefined || element.waypoints !== undefined) {
      return;
    }
    const html = h("div", { class: kind });
    html.style.width = `${element.width}px`;
    html.style.height = `${element.height}px`;
    html.style.opacity = String(opacity);
    overlays.add(id, type, { position: { top: 0, left: 0 }, html });
  };
  return {
    colour(activities, measure) {
      overlays.remove({ type: "heat" });
      heat(activities, measure, (id) => (registry.get(id)?.children ?? []).length > 0).forEach((value, id) => cover("heat", id, "heat", 0.15 + 0.5 * value));
    },
    mark(elements) {
      overlays.remove({ type: "change" });
      elements.forEach((change, id) => cover("change", id, `change ${change}`, 0.45));
    },
    place({ done, here, stuck }) {
      overlays.remove({ type: "place" });
      done.forEach((id) => cover("place", id, "place done", 1));
      here.filter((id) => !stuck.includes(id)).forEach((id) => cover("place", id, "place here", 1));
      stuck.forEach((id) => cover("place", id, "place stuck", 1));
      const [first] = [...stuck, ...here].filter((id) => registry.get(id) !== undefined);
      if (first !== undefined) {
        zoom.near(first);
      }
    },
    named: (id) => names.get(id) ?? id,
    definitions: viewer.getDefinitions(),
    destroy: () => {
      zoom.end();
      viewer.destroy();
    },
  };
}

export async function drawTable(host: HTMLElement, xml: string): Promise<{ destroy(): void }> {
  const [{ default: Viewer }] = await Promise.all([import("dmn-js/lib/NavigatedViewer"), import("dmn-js/dist/assets/dmn-js-shared.css"), import("dmn-js/dist/assets/dmn-js-decision-table.css"), import("dmn-js/dist/assets/dmn-js-drd.css"), import("dmn-js/dist/assets/dmn-font/css/dmn.css")]);
  host.replaceChildren();
  const viewer = new Viewer({ container: host });
  await viewer.importXML(xml);
  const table = viewer.getViews().find((view) => view.type === "decisionTable");
  if (table !== undefined) {
    await viewer.open(table);
    host.querySelector(".tjs-table-container")?.setAttribute("tabindex", "0"); // it scrolls
  }
  return viewer;
}
