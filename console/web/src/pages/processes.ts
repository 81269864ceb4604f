import type { Page, PageContext, Paged } from "./context";
import { compare } from "./differences";
import type { Diagram } from "./diagram";
import { h, show, type Child } from "./dom";
import { MEASURES, type Activity, type Measure } from "./heat";
import { modelPage, ownModels } from "./models";
import { badge, duration, empty, failure, field, loaded, table, time } from "./parts";
import { texts } from "./texts";
import { trialForm } from "./trial";

/** The processes in force: drawn, with colours for where time and failures are, and compared with what they were. */

interface Process {
  kind: "process" | "decision";
  key: string;
  version: number;
  name: string;
  running: number;
}

interface Instance {
  id: string;
  subject: string;
  startedAt: string;
  endedAt: string | null;
  state: string;
}

const words = texts.processes;

export const processesPage: Page = (host, context) => {
  const [kind = "", key = "", version = ""] = context.rest.split("/").map(decodeURIComponent);
  if (kind === "draft") {
    void import("./drawing").then(({ drawingPage }) => context.gone.aborted || drawingPage(host, context, key === "dmn" ? "dmn" : "bpmn", version), () => show(host, failure(texts.frame.notLoaded)));
    return;
  }
  if (kind === "model") {
    modelPage(host, context, key);
    return;
  }
  const part = h("div", {});
  show(host, key !== "" && h("p", {}, link("", words.back, context)), h("h1", {}, key === "" ? words.title : key), part, key === "" && ownModels(context));
  void loaded(part, () => context.api.json<{ items: Process[] }>("/api/processes"), ({ items }) => {
    const chosen = items.filter((each) => each.kind === kind && each.key === key);
    const shown = chosen.find((each) => String(each.version) === version) ?? chosen[0];
    return shown === undefined ? list(items, context) : one(shown, chosen, context);
  }, context.gone);
};

function list(items: Process[], context: PageContext): Child {
  const newest = items.filter((each, index) => items.findIndex((other) => other.kind === each.kind && other.key === each.key) === index);
  return newest.length === 0 ? empty(words.empty) : table(words.table, words.heads, newest.map((each) => [
    link(`/${each.kind}/${each.key}`, each.name, context), words.kinds[each.kind], each.version,
    each.kind === "process" ? items.filter((other) => other.kind === "process" && other.key === each.key).reduce((sum, other) => sum + other.running, 0) : ""]));
}

function link(rest: string, text: string, context: PageContext): HTMLElement {
  return h("a", { href: `#/processes${rest}`, click: (event) => {
    event.preventDefault();
    context.go(`/processes${rest}`);
  } }, text);
}

function one(shown: Process, versions: Process[], context: PageContext): Child {
  const choose = h("select", { name: "version", change: () => context.go(`/processes/${shown.kind}/${shown.key}/${choose.value}`) },
    versions.map((each) => h("option", { value: each.version, selected: each.version === shown.version }, each.version)));
  return [h("div", { class: "search" }, field(words.versions, choose)), shown.kind === "process" ? process(shown, versions, context) : decision(shown, context)];
}

const diagramOf = (version: number, key: string) => `/api/processes/${encodeURIComponent(key)}/${version}/diagram`;

function process(shown: Process, versions: Process[], context: PageContext): Child {
  const canvas = h("div", { class: "diagram", role: "group", "aria-label": words.diagram(shown.name, shown.version) }, h("p", { class: "quiet" }, texts.loading));
  const measure = h("select", { name: "measure" }, MEASURES.map((each) => h("option", { value: each }, words.measures[each])));
  const other = h("select", { name: "compare" }, h("option", { value: "" }, words.compareNone),
    versions.filter((each) => each.version !== shown.version).map((each) => h("option", { value: each.version }, each.version)));
  const figures = h("div", {});
  const difference = h("div", { "aria-live": "polite" });
  const begun = h("div", {});
  let activities: Activity[] = [];
  const drawing = context.api.text(diagramOf(shown.version, shown.key)).then(async (xml) => (await import("./diagram")).draw(canvas, xml));
  drawing.then((diagram) => context.gone.addEventListener("abort", () => diagram.destroy()), (failed: unknown) => show(canvas, failure(failed)));
  const colour = () => void drawing.then((diagram) => diagram.colour(activities, measure.value as Measure), () => undefined);
  measure.addEventListener("change", colour);
  other.addEventListener("change", () => void contrast(other.value, shown, drawing, difference, context));
  const statistics = async () => {
    const found = await context.api.json<{ activities: Activity[] }>(`/api/processes/${encodeURIComponent(shown.key)}/${shown.version}/statistics`);
    return { found: found.activities, diagram: await drawing.catch(() => undefined) };
  };
  void loaded(figures, statistics, ({ found, diagram }) => {
    activities = found;
    colour();
    return activities.length === 0 ? empty(words.never) : table(words.statistics, words.statisticHeads, activities.map((each) => [
      h("span", { title: each.activity }, diagram?.named(each.activity) ?? each.activity), words.elements[each.type] ?? each.type, each.finished, each.running, each.canceled,
      each.stuck > 0 ? badge("bad", String(each.stuck)) : 0, each.meanMillis === null ? "" : duration(each.meanMillis), each.p95Millis === null ? "" : duration(each.p95Millis)]));
  }, context.gone);
  void instances(begun, shown, "", context);
  return [h("div", { class: "search" }, field(words.measure, measure), versions.length > 1 && field(words.compare, other)), h("div", { class: "beside" }, canvas, difference), figures, begun];
}

/** Marks on the diagram what another version had not, or had otherwise, and draws that one beside it. */
async function contrast(version: string, shown: Process, drawing: Promise<Diagram>, host: HTMLElement, context: PageContext): Promise<void> {
  show(host);
  try {
    const diagram = await drawing;
    if (version === "") {
      diagram.mark(new Map());
      return;
    }
    const canvas = h("div", { class: "diagram", role: "group", "aria-label": words.diagram(shown.name, Number(version)) });
    host.append(canvas);
    const xml = await context.api.text(diagramOf(Number(version), shown.key));
    const before = await (await import("./diagram")).draw(canvas, xml);
    context.gone.addEventListener("abort", () => before.destroy());
    const changes = await compare(before.definitions, diagram.definitions);
    diagram.mark(changes);
    before.mark(changes);
    host.append(changes.size === 0 ? empty(words.same) : table(words.differences, words.differenceHeads, [...changes].map(([id, change]) => [(change === "removed" ? before : diagram).named(id), words[change]])));
  } catch (failed) {
    show(host, failure(failed));
  }
}

function instances(host: HTMLElement, shown: Process, cursor: string, context: PageContext): Promise<void> {
  const query = cursor === "" ? "" : `&cursor=${cursor}`;
  return loaded(host, () => context.api.json<Paged<Instance>>(`/api/processes/${encodeURIComponent(shown.key)}/${shown.version}/instances?limit=20${query}`), ({ items, next }) => {
    const rest = h("div", {}, next !== null && h("button", { type: "button", click: () => void instances(rest, shown, next, context) }, texts.more));
    return items.length === 0 ? empty(words.noInstances) : [table(words.instances, words.instanceHeads, items.map((each) =>
      [each.subject || each.id, time(each.startedAt), each.endedAt === null ? words.running : time(each.endedAt), words.instanceStates[each.state] ?? each.state])), rest];
  }, context.gone);
}

function decision(shown: Process, context: PageContext): Child {
  const canvas = h("div", { class: "diagram decision", role: "group", tabindex: 0, "aria-label": words.diagram(shown.name, shown.version) }, h("p", { class: "quiet" }, texts.loading));
  context.api.text(`/api/processes/decisions/${encodeURIComponent(shown.key)}/${shown.version}/table`)
    .then(async (xml) => (await import("./diagram")).drawTable(canvas, xml))
    .then((viewer) => context.gone.addEventListener("abort", () => viewer.destroy()), (failed: unknown) => show(canvas, failure(failed)));
  const hit = (rows: string[]) => {
    canvas.querySelectorAll(".hit").forEach((each) => each.classList.remove("hit"));
    canvas.querySelectorAll<HTMLElement>("[data-row-id]").forEach((each) => rows.includes(each.dataset["rowId"] ?? "") && each.classList.add("hit"));
  };
  return [canvas, trialForm(() => context.api.text(`/api/processes/decisions/${encodeURIComponent(shown.key)}/${shown.version}/table`), context, hit)];
}
