import { promotion, promotionName } from "../documents/write";
import type { Page, PageContext, Paged } from "./context";
import { h, show, type Child } from "./dom";
import { namesOf, PIN } from "./references";
import { preview } from "./submission";
import { badge, bytes, draft, empty, facts, failure, field, loaded, named, spent, table, time } from "./parts";
import { texts } from "./texts";
import { trust } from "./trust";

/** What is in an image, who signed it, where it may run, and what another version of it holds instead. */

export interface File {
  name: string;
  kind: string;
  mode: number;
  uid: number;
  gid: number;
  size: number;
  target: string;
}

interface Signed {
  reference: string;
  signers: string[];
  contentBytes: number;
}

interface Comparison {
  complete: boolean;
  differences: { path: string; before: File | null; after: File | null }[];
}

interface Promotion {
  name: string;
  version: number;
  image: string;
  environment: string;
  state: string;
  until: string | null;
  objection: string | null;
  signers: string[];
  untold: string[];
}

const words = texts.images;
/** States of a promotion that nobody has sealed yet, and nothing is wrong with. */
const UNDER_WAY = ["verifying", "approval", "sealing"];
const MAX_REASON = 1000;
const MOST_DAYS = 3650;
const USUAL_DAYS = 90;
const FINGERPRINT = /^[0-9a-f]{64}$/;

export const imagesPage: Page = (host, context) => {
  const given = decodeURIComponent(context.rest);
  const input = h("input", { name: "reference", required: true, maxlength: 300, value: given });
  const form = h("form", { class: "search", role: "search", submit: (event) => {
    event.preventDefault();
    context.go(`/images/${encodeURIComponent(input.value.trim())}`);
  } }, field(words.reference, input), h("button", {}, words.open));
  const part = h("div", {});
  show(host, h("h1", {}, words.title), form, part);
  void (given === "" ? kept(part, context) : image(part, given, context));
};

/** Where to begin: what nodes keep. */
function kept(part: HTMLElement, context: PageContext): Promise<void> {
  return loaded(part, () => context.api.json<{ items: { name: string; status: { images: string[]; references: string[] } | null }[] }>("/api/nodes"), ({ items }) => {
    const nodes = new Map<string, string[]>();
    const names = namesOf(items.flatMap((node) => node.status?.references ?? []));
    for (const node of items) {
      for (const each of node.status?.images ?? []) {
        nodes.set(each, [...(nodes.get(each) ?? []), node.name]);
      }
    }
    return [
      h("p", {}, words.explain),
      nodes.size === 0 ? empty(words.noCached) : table(words.cached, words.cachedHeads, [...nodes].map(([each, on]) => [names.get(each)?.join(", ") ?? h("span", { class: "quiet" }, words.unnamed), h("a", { href: `#/images/${each}`, click: (event) => {
        event.preventDefault();
        context.go(`/images/${each}`);
      } }, h("code", {}, each)), on.join(", ")])),
    ];
  }, context.gone);
}

/** A fingerprint stands for itself; a name for what its signers say. */
async function find(given: string, context: PageContext): Promise<{ fingerprint: string; signed?: Signed }> {
  if (FINGERPRINT.test(given)) {
    return { fingerprint: given };
  }
  const signed = await context.api.json<Signed>(`/api/images/signers?reference=${encodeURIComponent(given)}`);
  return { fingerprint: signed.reference.slice(signed.reference.indexOf(PIN) + PIN.length), signed };
}

function image(part: HTMLElement, given: string, context: PageContext): Promise<void> {
  return loaded(part, () => find(given, context), ({ fingerprint, signed }) => {
    const tree = h("div", {});
    void directory(tree, fingerprint, "/", context);
    const promoted = h("section", {});
    show(promoted, h("h2", {}, words.promotions), signed === undefined ? h("p", { class: "quiet" }, words.promoteExplain) : promotions(signed.reference, context));
    return [
      facts([
        [words.fingerprint, h("code", {}, fingerprint)],
        [words.signers, signed === undefined ? words.unsigned : signed.signers.map((each) => badge("good", each))],
        ...(signed === undefined ? [] : [[words.content, bytes(signed.contentBytes)] as [string, Child]]),
      ]),
      promoted,
      tree,
      comparison(fingerprint, context),
    ];
  }, context.gone);
}

/** Where it is promoted, and what can be asked for: a document is written here, shown as it would be signed, signed by the worker and submitted. */
function promotions(image: string, context: PageContext): HTMLElement {
  const part = h("div", {});
  void loaded(part, async () => {
    const [known, page] = await Promise.all([trust(context.api), context.api.json<Paged<Promotion>>(`/api/promotions?limit=100&reference=${encodeURIComponent(image)}`)]);
    return { me: known.me, items: page.items.filter((each) => each.image === image) };
  }, ({ me, items }) => [
    items.length === 0 ? empty(words.noPromotion) : table(words.promotions, words.promotionHeads, items.map((each) => [
      each.environment,
      each.objection === null ? badge("good", words.counts) : UNDER_WAY.includes(each.state) ? [badge("warn", texts.states[each.state] ?? each.state), " ", words.countsNotYet] : [badge("warn", texts.states[each.state] ?? each.state), " ", words.countsNot(each.objection), each.untold.length > 0 && ` (${words.untold(each.untold.join(", "))})`],
      each.until === null ? "" : time(each.until),
      each.signers.map((person) => [named(person), " "]),
      h("a", { href: `#/tasks/${each.name}/${each.version}`, click: (event) => {
        event.preventDefault();
        context.go(`/tasks/${each.name}/${each.version}`);
      } }, texts.tasks.version(each.name, each.version)),
    ])),
    me === "" ? h("p", { class: "quiet" }, texts.deployments.noPerson) : ordering(image, items, me, context),
  ], context.gone);
  return part;
}

function ordering(image: string, items: Promotion[], me: string, context: PageContext): Child {
  const environment = h("select", { name: "environment" }, words.environments.map((each) => h("option", { value: each }, each)));
  const days = h("input", { name: "days", type: "number", min: 1, max: MOST_DAYS, required: true, value: USUAL_DAYS });
  const reason = draft(h("textarea", { name: "reason", rows: 2, maxlength: MAX_REASON }), `promotion/${image}`);
  const result = h("div", { "aria-live": "polite" });
  const ask = (counts: boolean) => {
    if (reason.value.trim() === "") {
      show(result, failure(texts.tasks.whyNeeded));
      reason.focus();
    } else if (!counts || days.reportValidity()) {
      const name = promotionName(image, environment.value);
      const written = promotion(image, environment.value, counts ? Number(days.value) : 0, items.find((each) => each.name === name), me, reason.value.trim(), new Date());
      preview(result, written, undefined, context, () => spent(reason), `/tasks/${written.name}/${written.version}`);
    }
  };
  return [h("div", { class: "decision-form" }, h("div", { class: "search" }, field(words.environment, environment), field(words.days, days)), field(words.why, reason),
    h("div", { class: "buttons" }, h("button", { type: "button", click: () => ask(true) }, words.promote), h("button", { type: "button", click: () => ask(false) }, words.revoke))), result];
}

function directory(part: HTMLElement, fingerprint: string, path: string, context: PageContext, cursor = ""): Promise<void> {
  const query = `path=${encodeURIComponent(path)}&cursor=${encodeURIComponent(cursor)}&limit=200`;
  const open = (to: string) => void directory(part, fingerprint, to, context).then(() => part.querySelector("button")?.focus());
  const parent = path.slice(0, path.lastIndexOf("/")) || "/";
  return loaded(part, () => context.api.json<Paged<File>>(`/api/images/${fingerprint}/tree?${query}`), ({ items, next }) => [
    path !== "/" && h("button", { type: "button", click: () => open(parent) }, words.up),
    items.length === 0 ? empty(words.emptyDirectory) : table(words.tree(path), words.heads, items.map((file) => [
      file.kind === "directory" ? h("button", { type: "button", class: "link", click: () => open(`${path === "/" ? "" : path}/${file.name}`) }, `${file.name}/`)
        : file.target === "" ? file.name : `${file.name} → ${file.target}`,
      file.kind,
      size(file),
      octal(file),
      owner(file),
    ])),
    next !== null && h("button", { type: "button", click: () => void directory(part, fingerprint, path, context, next) }, texts.more),
  ], context.gone);
}

function size(file: File): string {
  return file.kind === "directory" ? words.names(file.size) : bytes(file.size);
}

function comparison(fingerprint: string, context: PageContext): HTMLElement {
  const input = h("input", { name: "other", required: true, maxlength: 300 });
  const result = h("div", { "aria-live": "polite" });
  const compare = async () => {
    show(result, h("p", { class: "quiet" }, texts.loading));
    try {
      const other = await find(input.value.trim(), context);
      await loaded(result, () => context.api.json<Comparison>(`/api/images/comparison?before=${fingerprint}&after=${other.fingerprint}`), differences, context.gone);
    } catch (failed) {
      show(result, failure(failed));
    }
  };
  return h("section", {}, h("h2", {}, words.compare), h("form", { class: "search", submit: (event) => {
    event.preventDefault();
    void compare();
  } }, field(words.other, input), h("button", {}, words.compare)), result);
}

function differences(found: Comparison): Child {
  if (found.differences.length === 0) {
    return empty(words.equal);
  }
  return [
    table(words.differences, words.differenceHeads, found.differences.map(({ path, before, after }) => [
      h("code", {}, path),
      before === null ? badge("good", words.added) : after === null ? badge("bad", words.removed) : badge("warn", words.changed),
      before === null ? "" : described(before, after),
      after === null ? "" : described(after, before),
    ])),
    !found.complete && h("p", {}, words.cut),
  ];
}

/** A file's size, and whatever else of it is not as in the other version; where nothing is, its content differs. */
export function described(file: File, other: File | null): string {
  const said = [size(file)];
  if (other !== null) {
    const kind = file.kind !== other.kind || file.target !== other.target;
    said.push(...(kind ? [`${file.kind}${file.target === "" ? "" : ` → ${file.target}`}`] : []), ...(file.mode === other.mode ? [] : [words.mode(octal(file))]),
      ...(owner(file) === owner(other) ? [] : [words.owner(owner(file))]));
    if (said.length === 1 && file.kind === "file" && file.size === other.size) {
      said.push(words.otherContent);
    }
  }
  return said.join(", ");
}

const octal = (file: File) => file.mode.toString(8).padStart(4, "0");
const owner = (file: File) => `${file.uid}:${file.gid}`;
