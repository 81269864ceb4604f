import Modeler from "dmn-js/lib/Modeler";
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";
import type { Drawing } from "./drawing";

/** A decision table that can be changed: dmn-js. */
export async function drawTable(host: HTMLElement, xml: string, changed: () => void): Promise<Drawing & { hit(rows: string[]): void }> {
  const modeler = new Modeler({ container: host });
  await modeler.importXML(xml);
  const table = modeler.getViews().find((view) => view.type === "decisionTable");
  if (table === undefined) {
    throw new Error("file: must hold one decision table");
  }
  await modeler.open(table);
  host.querySelector(".tjs-table-container")?.setAttribute("tabindex", "0"); // it scrolls
  const viewer = modeler.getActiveViewer();
  viewer.get("eventBus").on("commandStack.changed", changed);
  const cells = (id: string) => [...host.querySelectorAll<HTMLElement>("[data-element-id], [data-row-id], [data-col-id]")]
    .filter((each) => [each.dataset["elementId"], each.dataset["rowId"]].includes(id) || (each.tagName === "TH" && each.dataset["colId"] === id));
  const put = (marker: string, ids: string[]) => {
    host.querySelectorAll(`.${marker}`).forEach((each) => each.classList.remove(marker));
    ids.flatMap(cells).forEach((each) => each.classList.add(marker));
  };
  return {
    xml: async () => (await modeler.saveXML({ format: true })).xml,
    mark: (findings) => put("faulty", findings.map((each) => each.element)),
    hit: (rows) => put("hit", rows),
    go(id) {
      const [cell] = cells(id);
      cell?.scrollIntoView({ block: "center" });
      cell?.querySelector<HTMLElement>("[contenteditable]")?.focus();
      return cell !== undefined;
    },
    undo: () => viewer.get("commandStack").undo(),
    redo: () => viewer.get("commandStack").redo(),
    destroy: () => modeler.destroy(),
  };
}
