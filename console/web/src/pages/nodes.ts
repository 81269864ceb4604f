import type { Page, PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { admitting, retiring } from "./nodelife";
import { drawable, how, latency, overlay, pairs, worstFirst, type Ends, type Link } from "./overlay";
import { badge, bytes, duration, empty, facts, loaded, meter, table, time } from "./parts";
import { namesOf } from "./references";
import { texts } from "./texts";

/** Which nodes there are, how they are, and how far they are from each other. */

interface Room {
  cpuMillis: number;
  memoryBytes: number;
}

interface Status {
  release: string;
  uptimeSeconds: number;
  overlayAddress: string;
  trustRootVersion: number;
  capacity: Room;
  reserved: (Room & { deployment: string })[];
  storage: { capacityBytes: number; freeBytes: number };
  workloads: { deployment: string; name: string; state: string; address: string; message: string }[];
  links: Link[];
  images: string[];
  references: string[];
}

interface Node {
  name: string;
  standing: string;
  capabilities: string[];
  witness: boolean;
  status: Status | null;
  problem: string;
  heardAt: string | null;
  receiptsNext: number;
  ledgerSize: number;
}

interface Detail extends Node {
  receipts: { sequence: number; name: string; version: number; outcome: string; reason: string; message: string; at: string }[];
}

const words = texts.nodes;
const AGAIN_AFTER = 10_000;
/** As style.css has it. */
const NARROW = "(max-width: 44rem)";
const WORST = 20;

export const nodesPage: Page = (host, context) => {
  const part = h("div", {});
  show(host, context.rest !== "" && h("p", {}, link("/nodes", words.back, context)), h("h1", {}, context.rest === "" ? words.title : context.rest), part, context.rest === "" ? admitting(context) : retiring(context.rest, context));
  const whole: Whole = { links: false };
  const look = () => (context.rest === "" ? all(part, whole, context) : one(part, context));
  void look();
  const timer = setInterval(() => {
    // Whoever reads on with the keyboard inside of it is left alone.
    if (document.visibilityState === "visible" && !part.contains(document.activeElement)) {
      void look();
    }
  }, AGAIN_AFTER);
  context.gone.addEventListener("abort", () => clearInterval(timer));
};

/** Whether every link is shown, also when the page looks again. */
interface Whole {
  links: boolean;
}

function all(part: HTMLElement, whole: Whole, context: PageContext): Promise<void> {
  return loaded(part, () => context.api.json<{ items: Node[] }>("/api/nodes"), ({ items }) => {
    if (items.length === 0) {
      return empty(words.empty);
    }
    const links = pairs(items.map((node) => ({ name: node.name, links: node.status?.links ?? [] })));
    const names = items.map((node) => node.name);
    return [
      table(words.table, words.heads, items.map((node) => row(node, context))),
      links.length > 0 && !drawable(names, links, matchMedia(NARROW).matches ? "narrow" : "wide") ? listed(worstFirst(links), whole)
        : h("figure", {}, h("figcaption", {}, words.overlay), links.length === 0 ? empty(words.noLinks) : overlay(names, links)),
    ];
  }, context.gone);
}

/** The worst of them at first: a hundred nodes have thousands. */
function listed(links: Ends[], whole: Whole): HTMLElement {
  const host = h("div", {});
  const draw = () => {
    const shown = whole.links ? links : links.slice(0, WORST);
    show(host, table(words.overlay, words.overlayHeads, shown.map((each) => [each.from, each.to, badge(each.up ? "good" : "bad", how(each))])),
      shown.length < links.length && h("button", { type: "button", click: () => {
        whole.links = true;
        draw();
        host.querySelector<HTMLElement>(".table")?.focus();
      } }, words.allLinks(links.length)));
  };
  draw();
  return host;
}

function row(node: Node, context: PageContext): Child[] {
  const status = node.status;
  return [
    link(`/nodes/${node.name}`, node.name, context),
    [health(node), standing(node)],
    roles(node),
    status && processors(status),
    status && memory(status),
    status && status.workloads.length,
    status && status.images.length,
    status && [status.release, h("small", {}, words.since(duration(status.uptimeSeconds * 1000)))],
    status && status.trustRootVersion,
    node.heardAt === null ? words.never : time(node.heardAt),
  ];
}

function health(node: Node): Child {
  return node.status === null ? [badge("bad", words.down), h("small", {}, node.problem)] : badge("good", words.up);
}

/** Nothing for one that simply belongs to the system. */
function standing(node: Node): Child {
  const said = words.standings[node.standing] ?? node.standing;
  return node.standing !== "member" && [" ", node.standing === "stranger" ? badge("warn", said) : h("a", { href: `#/deployments/${encodeURIComponent(node.name)}` }, badge("warn", said))];
}

function roles(node: Node): string {
  const named = node.witness ? [...node.capabilities, words.witness] : node.capabilities;
  return named.length === 0 ? words.unknown : named.join(", ");
}

function sum(status: Status, of: (room: Room) => number): number {
  return status.reserved.reduce((total, room) => total + of(room), 0);
}

function processors(status: Status): HTMLElement {
  const taken = sum(status, (room) => room.cpuMillis);
  return meter(taken, status.capacity.cpuMillis, words.of((taken / 1000).toLocaleString(), words.cpu(status.capacity.cpuMillis)));
}

function memory(status: Status): HTMLElement {
  const taken = sum(status, (room) => room.memoryBytes);
  return meter(taken, status.capacity.memoryBytes, words.of(bytes(taken), bytes(status.capacity.memoryBytes)));
}

function one(part: HTMLElement, context: PageContext): Promise<void> {
  return loaded(part, () => context.api.json<Detail>(`/api/nodes/${encodeURIComponent(context.rest)}`), (node) => [
    facts([
      [words.heads[1] ?? "", [health(node), standing(node)]],
      [words.heads[2] ?? "", roles(node)],
      [words.heard, node.heardAt === null ? words.never : time(node.heardAt)],
      [words.position, node.receiptsNext],
      [words.ledger, node.ledgerSize],
      ...(node.status === null ? [] : told(node.status)),
    ]),
    node.status && [
      filled(words.links, words.noLinks, words.linkHeads, node.status.links.map((each) => [each.peer, each.up ? badge("good", words.linkUp) : badge("bad", words.linkDown),
        each.roundTripMicros === null ? "" : latency(each.roundTripMicros), each.problem])),
      filled(words.reserved, words.nothingReserved, words.reservedHeads, node.status.reserved.map((each) => [link(`/deployments/${each.deployment}`, each.deployment, context), words.cpu(each.cpuMillis), bytes(each.memoryBytes)])),
      filled(words.workloads, words.noWorkloads, words.workloadHeads, node.status.workloads.map((each) => [link(`/deployments/${each.deployment}`, each.deployment, context), each.name, each.state, each.address, each.message])),
      kept(node.status, context),
    ],
    filled(words.receipts, words.noReceipts, words.receiptHeads, node.receipts.map((each) => [each.sequence, time(each.at), `${each.name} ${each.version}`, texts.deployments.outcomes[each.outcome] ?? each.outcome, [each.reason, each.message].filter(Boolean).join(": ")])),
  ], context.gone);
}

function kept(status: Status, context: PageContext): Child {
  const names = namesOf(status.references);
  return filled(words.images, texts.none, words.imageHeads, status.images.map((each) => [names.get(each)?.join(", ") ?? h("span", { class: "quiet" }, texts.images.unnamed), link(`/images/${each}`, each, context)]));
}

/** A table under its heading, or that there is nothing. */
function filled(title: string, nothing: string, heads: string[], rows: Child[][]): Child {
  return [h("h2", {}, title), rows.length === 0 ? empty(nothing) : table(title, heads, rows, true)];
}

function told(status: Status): [string, Child][] {
  return [
    [words.heads[3] ?? "", processors(status)],
    [words.heads[4] ?? "", memory(status)],
    [words.store, words.of(bytes(status.storage.capacityBytes - status.storage.freeBytes), bytes(status.storage.capacityBytes))],
    [words.root, status.trustRootVersion],
    [words.release, status.release],
    [words.booted, [time(new Date(Date.now() - status.uptimeSeconds * 1000).toISOString()), " ", h("span", { class: "quiet" }, words.since(duration(status.uptimeSeconds * 1000)))]],
    [words.overlayAddress, status.overlayAddress],
  ];
}

function link(path: string, text: string, context: PageContext): HTMLElement {
  return h("a", { class: path.startsWith("/images/") ? undefined : "named", href: `#${path}`, click: (event) => {
    event.preventDefault();
    context.go(path);
  } }, text);
}
