import { open, type Version } from "../documents/signed";
import type { PageContext } from "./context";
import { listAddress, mark } from "./deployments";
import { documentView } from "./document";
import { h, show, type Child } from "./dom";
import { emergencyFacts, type EmergencyChange } from "./emergencies";
import { logs } from "./logs";
import { nodeNow } from "./nodelife";
import { orders } from "./orders";
import { badge, empty, facts, failure, field, followed, loaded, named, table, time } from "./parts";
import { allowed, terminal } from "./terminal";
import { texts } from "./texts";
import { trust, type Trust } from "./trust";
import { usage } from "./usage";

/** One deployment: where it is in its diagram, what happened, what runs, and what can be asked for. */

interface Track {
  key: string;
  version: number;
  done: string[];
  here: string[];
  stuck: string[];
}

const words = texts.deployments;
/** Kinds of changes of deployments: models and nodes are not paused or removed in this way. */
const ORDERED = ["deployment", "pause", "resume", "decommission"];
const VERSIONS = 50;
/** Milliseconds between looks at the diagram's position while the workflow is under way: most steps change nothing that is told. */
const STEP = 3000;

export function deploymentPage(host: HTMLElement, context: PageContext, name: string, number: string | undefined): void {
  const part = h("div", {});
  show(host, h("p", {}, h("a", { href: listAddress() }, words.back)), h("h1", {}, name), part);
  void loaded(part, async () => {
    const newest = await context.api.json<{ version: number }>(`/api/deployments/${encodeURIComponent(name)}`);
    const [version, known, all] = await Promise.all([context.api.json<Version>(address(name, number ?? newest.version)), trust(context.api), context.api.json<{ items: EmergencyChange[] }>("/api/emergencies")]);
    return { newest: newest.version, version, known, emergency: all.items.find((each) => each.name === version.name && each.version === version.version) };
  }, ({ newest, version, known, emergency }) => view(version, newest, known, emergency, context), context.gone);
}

const address = (name: string, version: number | string) => `/api/deployments/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`;

function view(first: Version, newest: number, known: Trust, emergency: EmergencyChange | undefined, context: PageContext): Child {
  const head = h("div", {});
  const workloads = h("section", {});
  const history = h("section", {});
  const log = h("div", {});
  let version = first;
  const refresh = () => {
    show(head, summary(version));
    show(workloads, machines(version, log, known, context), routes(version));
    show(history, h("h2", {}, words.history), timeline(version), receipts(version));
  };
  refresh();
  const diagram = h("section", { class: "placed" });
  const step = draw(diagram, version, context);
  followed(context, (change) => change.name === first.name, () => void context.api.json<Version>(address(first.name, first.version)).then((now) => {
    if (!context.gone.aborted && JSON.stringify(now) !== JSON.stringify(version)) {
      version = now;
      refresh();
      step(now);
    }
  }, () => undefined)); // what cannot be looked at now is told again
  const choose = h("select", { name: "version", change: () => context.go(`/deployments/${first.name}/${choose.value}`) },
    Array.from({ length: Math.min(newest, VERSIONS) }, (_, back) => newest - back).map((each) => h("option", { value: each, selected: each === first.version }, each)));
  return [
    h("div", { class: "search" }, field(words.versions, choose)), emergency !== undefined && emergencyFacts(emergency), head, signedDocument(first, known, context), diagram, workloads, log, history,
    ORDERED.includes(first.kind) && first.version === newest && orders(first, open(first, known.keys), known, context),
  ];
}

function summary(version: Version): Child {
  return [
    h("p", { class: "statement" }, mark(version.state), " ", texts.tasks.verbs[version.kind] ?? version.kind, " · ", texts.tasks.version(version.name, version.version)),
    version.message !== "" && h("p", {}, version.message),
    facts([
      [texts.tasks.requester, version.requester], [words.since, time(version.submittedAt)],
      [words.signedBy, version.approvals.map((each) => each.person).join(", ") || texts.none],
      ...(version.state === "approval" ? [[words.waits, [version.openSeats.join(", "), " ", h("a", { href: `#/tasks/${version.name}/${version.version}` }, words.decide)]] as [string, Child]] : []),
    ]),
  ];
}

/** What was signed; of a node that comes or goes it is what one looks for here. */
function signedDocument(version: Version, known: Trust, context: PageContext): Child {
  const signed = open(version, known.keys);
  if (version.kind === "admission" || version.kind === "retirement") {
    return [h("section", {}, h("h2", {}, texts.tasks.what), documentView(signed, context.gone)), nodeNow(version.kind, signed.document, known, context)];
  }
  const inside = h("div", {});
  return h("details", { toggle: () => inside.childElementCount === 0 && show(inside, documentView(signed, context.gone)) }, h("summary", {}, texts.tasks.what), inside);
}

/** Draws the diagram once; what it gives back brings the position up to date. */
function draw(host: HTMLElement, first: Version, context: PageContext): (version: Version) => void {
  const canvas = h("div", { class: "diagram", role: "group", "aria-label": words.diagram(first.name, first.version) }, h("p", { class: "quiet" }, texts.loading));
  const where = h("p", { class: "quiet", role: "status" });
  show(host, h("h2", {}, words.position), where, canvas);
  const say = (version: Version) => {
    const text = version.position.length === 0 ? words.nowhere : words.at(version.position.join(", "));
    if (where.textContent !== text) {
      where.textContent = text;
    }
  };
  const track = () => context.api.json<Track>(`${address(first.name, first.version)}/process`);
  const drawing = track().then(async (at) => {
    const xml = await context.api.text(`/api/processes/${encodeURIComponent(at.key)}/${at.version}/diagram`);
    const diagram = await (await import("./diagram")).draw(canvas, xml);
    context.gone.addEventListener("abort", () => diagram.destroy());
    diagram.place(at);
    return diagram;
  });
  drawing.catch((failed: unknown) => !context.gone.aborted && show(canvas, failure(failed)));
  const place = async () => (await drawing).place(await track());
  let current = first;
  const underWay = () => current.position.length > 0;
  const timer = setInterval(() => {
    if (underWay() && document.visibilityState === "visible") {
      void place().catch(() => undefined); // the next look may tell it
    }
  }, STEP);
  context.gone.addEventListener("abort", () => clearInterval(timer));
  say(first);
  return (version) => {
    current = version;
    say(version);
    void place().catch(() => undefined);
  };
}

function machines(version: Version, log: HTMLElement, known: Trust, context: PageContext): Child {
  const signed = version.kind === "deployment" ? open(version, known.keys) : undefined;
  const runs = version.state === "running" || version.state === "drifted";
  return [h("h2", {}, words.machines), version.workloads.length === 0 ? empty(words.noMachines) : table(words.machines, words.machineHeads, version.workloads.map((each) => [
    named(each.name), named(each.node), badge(each.state === "running" ? "good" : each.state === "failed" ? "bad" : "warn", each.state), h("code", {}, each.address), each.message,
    [h("button", { type: "button", class: "link", "aria-label": words.logsOf(each.name), click: () => logs(log, version.name, each.name, context) }, words.logs), " ",
      h("button", { type: "button", class: "link", "aria-label": words.usageOf(each.name), click: () => usage(log, version.name, each.name, context) }, words.usage),
      runs && signed !== undefined && allowed(signed, each.name).length > 0 && [" ", h("button", { type: "button", class: "link", "aria-label": words.terminalOf(each.name),
        click: () => terminal(log, version, each.name, each.node, known, context) }, words.terminal)]]]), true)];
}

function routes(version: Version): Child {
  return version.routes.length > 0 && [h("h2", {}, words.routes), table(words.routes, words.routeHeads, version.routes.map((each) => [
    h("a", { href: `http://${each.host}/`, target: "_blank", rel: "noreferrer noopener" }, each.host), named(each.node), each.open ? badge("good", words.open) : badge("plain", words.closed)]), true)];
}

function timeline(version: Version): Child {
  return h("ol", { class: "timeline" }, version.timeline.map((each) => h("li", {}, time(each.at), h("span", { class: "event" }, h("strong", {}, words.events[each.kind] ?? each.kind), " ",
    h("span", { class: "quiet" }, each.actor)), each.detail !== "" && h("span", { class: "detail" }, each.detail))));
}

function receipts(version: Version): Child {
  return version.receipts.length > 0 && h("details", {}, h("summary", {}, words.receipts), table(words.receipts, words.receiptHeads, version.receipts.map((each) =>
    [named(each.node), each.sequence, words.outcomes[each.outcome] ?? each.outcome, each.reason === "" ? each.message : `${each.reason}: ${each.message}`, time(each.at)]), true));
}
