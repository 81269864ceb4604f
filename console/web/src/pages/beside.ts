import type { PageContext } from "./context";
import { compare, compareTables, tableNames, type Change } from "./differences";
import { h, show } from "./dom";
import { empty, failure, table } from "./parts";
import { texts } from "./texts";

/** Two versions of a model beside each other, with what differs marked on both. */

const words = texts.processes;

export interface Side {
  /** Such as "version 3". */
  label: string;
  file: string;
}

export async function beside(host: HTMLElement, language: string, left: Side, right: Side, context: PageContext): Promise<void> {
  const frame = (side: Side) => h("div", { class: language === "dmn" ? "diagram decision" : "diagram", role: "group", tabindex: language === "dmn" ? 0 : undefined, "aria-label": side.label });
  const [a, b] = [frame(left), frame(right)];
  const difference = h("div", { "aria-live": "polite" });
  show(host, h("div", { class: "beside" }, h("figure", {}, h("figcaption", {}, left.label), a), h("figure", {}, h("figcaption", {}, right.label), b)), difference);
  try {
    const { draw, drawTable } = await import("./diagram");
    let changes: Map<string, Change>;
    let names: (id: string, change: Change) => string;
    if (language === "dmn") {
      const viewers = [await drawTable(a, left.file), await drawTable(b, right.file)];
      changes = compareTables(left.file, right.file);
      const [before, after] = [tableNames(left.file), tableNames(right.file)];
      names = (id, change) => (change === "removed" ? before : after).get(id) ?? id;
      viewers.forEach((viewer) => leave(context, viewer));
      [a, b].forEach((each) => markRows(each, changes));
    } else {
      const diagrams = [await draw(a, left.file), await draw(b, right.file)] as const;
      diagrams.forEach((diagram) => leave(context, diagram));
      changes = await compare(diagrams[0].definitions, diagrams[1].definitions);
      diagrams.forEach((diagram) => diagram.mark(changes));
      names = (id, change) => diagrams[change === "removed" ? 0 : 1].named(id);
    }
    show(difference, changes.size === 0 ? empty(words.same) : table(words.differences, words.differenceHeads, [...changes].map(([id, change]) => [h("span", { title: id }, names(id, change)), words[change]])));
  } catch (failed) {
    show(difference, failure(failed));
  }
}

function leave(context: PageContext, viewer: { destroy(): void }): void {
  if (context.gone.aborted) {
    viewer.destroy();
  }
  context.gone.addEventListener("abort", () => viewer.destroy());
}

function markRows(frame: HTMLElement, changes: Map<string, Change>): void {
  frame.querySelectorAll<HTMLElement>("[data-row-id], [data-element-id]").forEach((cell) => {
    const change = changes.get(cell.dataset["elementId"] ?? "") ?? (changes.get(cell.dataset["rowId"] ?? "") === "changed" ? undefined : changes.get(cell.dataset["rowId"] ?? ""));
    if (change !== undefined) {
      cell.classList.add("cell-change", change);
    }
  });
}
