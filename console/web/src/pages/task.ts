import { differences, escaped, type Difference } from "../documents/fields";
import { actions, planDisagreements, type Action, type ServerPlan } from "../documents/plan";
import { deputiesFrom, disagreements, open, text, type Disagreement, type Document, type Signed, type Version } from "../documents/signed";
import { beside } from "./beside";
import type { PageContext } from "./context";
import { decision } from "./decision";
import { standingIn } from "./deputies";
import { documentView } from "./document";
import { h, show, type Child } from "./dom";
import { nodeNow } from "./nodelife";
import { badge, bytes, empty, failure, followed, loaded, named, table, time } from "./parts";
import { texts } from "./texts";
import { trust, type Trust } from "./trust";

/** One version, for somebody who decides on it: what the signed bytes say, what they would change, who signed. The server is held against the bytes. */

interface Opened {
  version: Version;
  signed: Signed;
  trust: Trust;
  before: { version: Version; signed: Signed } | undefined;
}

const words = texts.tasks;
/** Orders about a deployment that is there. */
const ORDERS = ["pause", "resume", "decommission"];
/** States of what a change is compared with. */
const THERE: Record<string, string[]> = { deployment: ["running", "drifted", "paused"], model: ["in_force"] };
const LOOKED_BACK = 100;

export function taskPage(host: HTMLElement, context: PageContext, name: string, number: string): void {
  const part = h("div", {});
  show(host, h("p", {}, h("a", { href: "#/tasks" }, words.back)), h("h1", {}, words.version(name, number)), part);
  void loaded(part, () => load(context, name, number), (opened) => view(opened, context, name, number), context.gone);
}

const address = (name: string, number: string | number) => `/api/deployments/${encodeURIComponent(name)}/versions/${encodeURIComponent(number)}`;

async function load(context: PageContext, name: string, number: string): Promise<Opened> {
  const [known, version] = await Promise.all([trust(context.api), context.api.json<Version>(address(name, number))]);
  const before = await there(context, version);
  return { version, trust: known, signed: open(version, known.keys), before: before === undefined ? undefined : { version: before, signed: open(before, known.keys) } };
}

/** The newest deployment before a version (or before an order about it) that runs or stands still, or the model that is in force, as the server says. Only comparisons hang on it. */
async function there(context: PageContext, version: Version): Promise<Version | undefined> {
  const kind = ORDERS.includes(version.kind) ? "deployment" : version.kind;
  for (let each = version.version - 1; THERE[kind] !== undefined && each >= Math.max(1, version.version - LOOKED_BACK); each--) {
    const before = await context.api.json<Version>(address(version.name, each));
    if (before.kind === kind && THERE[kind]?.includes(before.state) === true) {
      return before;
    }
  }
  return undefined;
}

function view(opened: Opened, context: PageContext, name: string, number: string): Child {
  const { version, signed, before } = opened;
  const lies = h("div", {});
  const found = disagreements(version, signed);
  accuse(lies, found);
  const asked = signed.document.get("name") === name && found.every((each) => each.field !== "name" && each.field !== "version");
  const signatures = h("section", {}, h("h2", {}, words.signatures));
  const inside = h("div", {});
  signatures.append(inside);
  show(inside, signers(version, signed, opened.trust));
  const deciding = h("div", {});
  const { me, keys } = opened.trust;
  const concernsMe = (now: Version) => JSON.stringify([now.state, now.openSeats.includes(me), now.deputies.filter((each) => each.person === me).map((each) => standingIn(each, deputiesFrom(signed.document), Date.now()).counts), now.approvals.some((each) => each.person === me)]);
  const refresh = (now: Version, said = "") => {
    const changed = concernsMe(now) !== concernsMe(opened.version);
    opened.version = now;
    show(inside, signers(now, open(now, keys), opened.trust));
    if (changed || said !== "") { // otherwise somebody may be typing there
      const done = h("p", { class: "good", role: "status", tabindex: -1 }, said);
      show(deciding, said !== "" && done, decision(now, signed, me, context, refresh));
      done.focus();
    }
  };
  followed(context, (change) => change.name === name && String(change.version) === number, () => void context.api.json<Version>(address(name, number)).then((now) => {
    if (!context.gone.aborted && now.envelope === opened.version.envelope && JSON.stringify(now) !== JSON.stringify(opened.version)) {
      refresh(now);
    }
  }, () => undefined)); // what cannot be looked at now is told again
  deciding.append(asked && version.version === Number(number) ? decision(version, signed, me, context, refresh) : failure(words.wrongDocument));
  return [
    lies,
    h("section", {}, h("h2", {}, words.what), h("p", { class: "quiet" }, words.read), documentView(signed, context.gone)),
    (version.kind === "admission" || version.kind === "retirement") && nodeNow(version.kind, signed.document, opened.trust, context),
    ORDERS.includes(version.kind) && concerned(version.kind, before, context),
    version.kind === "deployment" && difference(signed, before),
    version.kind === "model" && before !== undefined && drawings(signed, before, context),
    version.kind === "deployment" && planView(signed, before?.signed, context, (_, more) => accuse(lies, [...found, ...more])),
    signatures,
    h("section", {}, h("h2", {}, words.decide), deciding),
  ];
}

/** What an order is about, from its own signed bytes; of a removal, what each node would do. */
function concerned(kind: string, before: Opened["before"], context: PageContext): Child {
  const inside = (there: NonNullable<Opened["before"]>) => [
    h("p", { class: "quiet" }, against(there)),
    kind === "decommission" && table(words.plan, words.planHeads.slice(0, 2), [...actions(there.signed.document, new Map())].map(([node, todo]) => [named(escaped(node)), doing(todo)])),
    documentView(there.signed, context.gone)];
  return h("section", {}, h("h2", {}, words.concerned), before === undefined ? empty(words.nothingConcerned) : inside(before));
}

function against({ version, signed }: { version: Version; signed: Signed }): string {
  return words.against(version.version, texts.states[version.state] ?? version.state, signed.signers.join(", ") || words.nobody);
}

/** The model and the one in force beside each other, both from their signed bytes; nothing if the model is taken out of force. */
function drawings(signed: Signed, before: { version: Version; signed: Signed }, context: PageContext): Child {
  const side = (label: string, of: Signed) => ({ label, file: text(of.document.get("file")) });
  const [left, right] = [side(words.version(before.version.name, before.version.version), before.signed), side(words.version(before.version.name, text(signed.document.get("version"))), signed)];
  if (left.file === "" || right.file === "") {
    return null;
  }
  const host = h("div", {});
  void beside(host, text(signed.document.get("language")), left, right, context);
  return h("section", {}, h("h2", {}, words.difference), h("p", { class: "quiet" }, against(before)), host);
}

function accuse(host: HTMLElement, found: Disagreement[]): void {
  show(host, found.length > 0 && h("div", { class: "verdict bad", role: "alert" }, h("p", {}, h("strong", {}, words.lies)), h("p", {}, words.liesExplain),
    table(words.lies, words.lieHeads, found.map((each) => [named(each.field), escaped(each.server) || words.noValue, escaped(each.signed) || words.noValue]), true)));
}

function difference(signed: Signed, before: Opened["before"]): Child {
  return h("section", {}, h("h2", {}, words.difference),
    before !== undefined && h("p", { class: "quiet" }, against(before)),
    differenceTable(before === undefined ? undefined : differences(before.signed.document, signed.document)));
}

/** @param found undefined if there is nothing to compare with */
export function differenceTable(found: Difference[] | undefined): Child {
  if (found === undefined || found.length === 0) {
    return empty(found === undefined ? words.first : words.same);
  }
  const side = (value: string | undefined, tag: "del" | "ins") => (value === undefined ? h("span", { class: "quiet" }, words.noValue) : h(tag, {}, value));
  return table(words.difference, words.differenceHeads, found.map((each) => [h("code", {}, each.field), side(each.before, "del"), side(each.after, "ins")]), true);
}

function doing(todo: Action[]): HTMLElement {
  return h("ul", { class: "plain" }, todo.map((each) => h("li", {}, words.actions[each.kind](escaped(each.name), escaped(each.what)))));
}

/**
 * What nodes would do is worked out here; of the server's plan only the room on nodes and what is in the way is shown.
 *
 * @param heard is told the server's plan, and where it says something else
 */
export function planView(signed: Document, before: Document | undefined, context: PageContext, heard: (plan: ServerPlan, lies: Disagreement[]) => void): HTMLElement {
  const own = actions(before?.document, signed.document);
  const host = h("div", {});
  const rows = (server: ServerPlan | undefined) => table(words.plan, words.planHeads, [...own].map(([node, todo]) => {
    const said = server?.nodes.find((each) => each.node === node);
    const amount = (each: { cpuMillis: number; memoryBytes: number }) => `${texts.nodes.cpu(each.cpuMillis)}, ${bytes(each.memoryBytes)}`;
    return [named(escaped(node)), todo.length === 0 ? words.nothingThere : doing(todo),
      said === undefined ? "" : said.free === null ? words.roomUnknown : words.room(amount(said.asked), amount(said.free))];
  }), true);
  show(host, rows(undefined));
  context.api.post<ServerPlan>("/api/plans", signed.payload).then((server) => {
    if (!context.gone.aborted) {
      show(host, rows(server), server.faults.length > 0 && [h("p", {}, words.obstacles), h("ul", {}, server.faults.map((each) => h("li", {}, escaped(each))))]);
      heard(server, planDisagreements(server, signed.document, own));
    }
  }, (failed: unknown) => context.gone.aborted || host.append(h("p", { class: "quiet" }, words.planAway, " ", failed instanceof Error ? failed.message : String(failed))));
  return h("section", {}, h("h2", {}, words.plan), host);
}

function signers(version: Version, signed: Signed, { deputies }: Trust): Child {
  const requester = String(signed.document.get("requester"));
  const rows: Child[][] = signed.signers.map((each) => [named(escaped(each)), h("span", {}, badge("good", words.verified), each === requester ? words.asRequester : deputies.has(each) && words.asDeputy(deputies.get(each)?.join(", ") ?? ""))]);
  rows.push(...signed.unproved.map((each) => [named(escaped(each)), badge("bad", words.unproved)]));
  return [
    table(words.signatures, words.signatureHeads, rows, true),
    version.rejections.map((each) => h("p", {}, badge("bad", texts.states["rejected"] ?? "rejected"), " ", each.person, ": ", escaped(each.reason))),
    version.state === "approval" && h("dl", { class: "facts" },
      h("div", {}, h("dt", {}, words.seats), h("dd", {}, version.openSeats.join(", ") || texts.none)),
      version.deputies.map((each) => h("div", {}, h("dt", {}, words.deputy), h("dd", {}, words.standsInShort(each.person, each.groups.join(", ")), " ", time(deputiesFrom(signed.document) || each.from)))),
      h("div", {}, h("dt", {}, words.missing), h("dd", {}, version.missing.length === 0 ? words.enough : version.missing.join("; "))),
      version.approvalDueAt !== null && h("div", {}, h("dt", {}, words.until), h("dd", {}, time(version.approvalDueAt))),
      version.escalation !== null && h("div", {}, h("dt", {}, words.escalated), h("dd", {}, words.escalatedTo(version.escalation.to.join(", ")), " ", time(version.escalation.since)))),
  ];
}
