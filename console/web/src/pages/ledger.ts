import { base64 } from "../ledger/bytes";
import { KINDS } from "../ledger/kinds";
import type { Seen, Trusted } from "../ledger/verification";
import { Refusal, Silence, type Page, type PageContext, type Paged } from "./context";
import { h, show } from "./dom";
import { badge, bytes, empty, failure, field, loaded, table, time } from "./parts";
import { texts } from "./texts";

/** The log of every decision: verified in the browser, searched, and taken along. */

interface Entry {
  index: number;
  kind: string;
  name: string;
  version: number;
  at: string;
  detail: string;
  entry: string;
}

interface Witnesses {
  size: number;
  published: number | null;
  threshold: number;
  witnesses: { name: string; signed: boolean; accepted: number }[];
}

const words = texts.ledger;
const SEEN = "zos.ledger.seen";

export const ledgerPage: Page = (host, context) => {
  const parts = [verification(context), witnesses(context), search(context), bundle(context)];
  show(host, h("h1", {}, words.title), parts);
};

/** The cryptography is only loaded when it is asked for. */
const code = () => import("../ledger/verification").catch(() => {
  throw new Silence(texts.frame.notLoaded);
});

async function trustedKeys(context: PageContext): Promise<Trusted> {
  const root = await context.api.json<{ envelope: string }>("/api/trust-roots/current");
  const envelope = JSON.parse(new TextDecoder().decode(base64(root.envelope))) as { payload: string };
  return (await code()).trusted(base64(envelope.payload));
}

const tile = (context: PageContext) => (path: string) => context.api.bytes(`/api/ledger/tile/${path}`);

function verification(context: PageContext): HTMLElement {
  const result = h("div", { role: "status", "aria-live": "polite" });
  const button = h("button", { type: "button", class: "main", click: () => void verify() }, words.verify);
  const verify = async () => {
    button.disabled = true;
    show(result, h("p", { class: "quiet" }, words.verifying));
    try {
      const { verifyLedger } = await code();
      const [note, trusted] = await Promise.all([context.api.text("/api/ledger/checkpoint"), trustedKeys(context)]);
      const before = localStorage.getItem(SEEN);
      const found = await verifyLedger(note, trusted, tile(context), before === null ? undefined : (JSON.parse(before) as Seen));
      localStorage.setItem(SEEN, JSON.stringify(found.seen));
      show(result, h("div", { class: "verdict good" }, h("strong", {}, words.good(found.checkpoint.size)), h("p", {}, words[found.history]),
        found.cosigners.length > 0 && h("p", {}, words.cosigned(found.cosigners.join(", "))), h("code", {}, found.seen.root)));
    } catch (bad) {
      const silent = bad instanceof Silence || bad instanceof Refusal; // who tells nothing has not told of another ledger
      show(result, h("div", { class: silent ? "verdict" : "verdict bad" }, h("strong", {}, silent ? words.unknown : words.bad), failure(bad)));
    } finally {
      button.disabled = false;
    }
  };
  return h("section", {}, h("p", {}, words.explain), button, result);
}

function witnesses(context: PageContext): HTMLElement {
  const part = h("div", {});
  void loaded(part, () => context.api.json<Witnesses>("/api/ledger/witnesses"), (ledger) => [
    h("p", {}, words.published(ledger.size, ledger.published, ledger.threshold)),
    ledger.witnesses.length === 0 ? empty(words.noWitnesses) : table(words.witnesses, words.witnessHeads, ledger.witnesses.map((each) =>
      [each.name, each.signed ? badge("good", texts.yes) : badge("warn", texts.no), each.accepted, ledger.size - each.accepted])),
  ], context.gone);
  return h("section", {}, h("h2", {}, words.witnesses), part);
}

function search(context: PageContext): HTMLElement {
  const kind = h("select", { name: "kind" }, h("option", { value: "" }, words.any), KINDS.map((each) => h("option", { value: each }, kindOf(each))));
  const name = h("input", { name: "name", maxlength: 36 });
  const text = h("input", { name: "words", maxlength: 200 });
  const since = h("input", { name: "since", type: "datetime-local" });
  const until = h("input", { name: "until", type: "datetime-local" });
  const results = h("div", { "aria-live": "polite" });
  const query = (cursor: string | null) => {
    const given = new URLSearchParams({ limit: "50" });
    const add = (key: string, value: string) => value !== "" && given.set(key, value);
    add("kind", kind.value);
    add("name", name.value.trim());
    add("words", text.value.trim());
    add("since", since.value && new Date(since.value).toISOString());
    add("until", until.value && new Date(until.value).toISOString());
    add("cursor", cursor ?? "");
    return `/api/ledger/decisions?${given.toString().replaceAll("+", "%20")}`;
  };
  const page = (host: HTMLElement, cursor: string | null): Promise<void> =>
    loaded(host, () => context.api.json<Paged<Entry>>(query(cursor)), ({ items, next }) => {
      if (items.length === 0) {
        return empty(words.nothing);
      }
      const rest = h("div", {});
      const more = next !== null && h("button", { type: "button", click: () => void page(rest, next) }, texts.more);
      if (more) {
        rest.append(more);
      }
      return [table(words.results, words.heads, items.map((entry) => row(entry, context))), rest];
    }, context.gone);
  const form = h("form", { class: "search", role: "search", submit: (event) => {
    event.preventDefault();
    show(results);
    void page(results, null);
  } }, field(words.kind, kind), field(words.name, name), field(words.words, text), field(words.since, since), field(words.until, until), h("button", {}, words.find));
  void page(results, null);
  return h("section", {}, h("h2", {}, words.search), form, results);
}

function kindOf(kind: string): string {
  return texts.deployments.events[kind] ?? kind;
}

function row(entry: Entry, context: PageContext) {
  const proof = h("span", { role: "status" });
  const prove = async () => {
    show(proof, h("span", { class: "quiet" }, words.verifying));
    try {
      const [{ verifyLedger, verifyEntry }, note, trusted] = await Promise.all([code(), context.api.text("/api/ledger/checkpoint"), trustedKeys(context)]);
      const { checkpoint } = await verifyLedger(note, trusted, tile(context));
      const hash = await verifyEntry(base64(entry.entry), entry.index, checkpoint, tile(context));
      show(proof, h("span", { title: hash }, badge("good", words.proved)));
    } catch (bad) {
      show(proof, failure(bad));
    }
  };
  show(proof, h("button", { type: "button", "aria-label": `${words.prove} ${entry.index}`, click: () => void prove() }, words.prove));
  return [entry.index, time(entry.at), kindOf(entry.kind), `${entry.name} ${entry.version}`, entry.detail, proof];
}

function bundle(context: PageContext): HTMLElement {
  const name = h("input", { name: "deployment", required: true, pattern: "[a-z0-9]([a-z0-9\\-]{0,34}[a-z0-9])?", maxlength: 36 });
  const result = h("div", { role: "status" });
  const button = h("button", {}, words.export);
  const save = async () => {
    button.disabled = true;
    show(result, h("p", { class: "quiet" }, words.exporting));
    try {
      const content = await context.api.bytes(`/api/deployments/${encodeURIComponent(name.value)}/audit`);
      const address = URL.createObjectURL(new Blob([content as BlobPart], { type: "application/json" }));
      h("a", { href: address, download: `${name.value}-audit.json` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      show(result, words.exported(bytes(content.length)));
    } catch (bad) {
      show(result, failure(bad));
    } finally {
      button.disabled = false;
    }
  };
  return h("section", {}, h("h2", {}, words.bundle), h("form", { class: "search", submit: (event) => {
    event.preventDefault();
    void save();
  } }, field(words.deployment, name), button), result);
}
