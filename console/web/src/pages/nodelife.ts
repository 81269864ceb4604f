import { escaped } from "../documents/fields";
import { fingerprint } from "../documents/publickey";
import { text } from "../documents/signed";
import { admission, retirement, type Draft } from "../documents/write";
import type { Json } from "../ledger/strictjson";
import { Refusal, type PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { bytes, draft, empty, facts, failure, field, loaded, spent, table } from "./parts";
import { preview } from "./submission";
import { texts } from "./texts";
import { trust, type Trust } from "./trust";

/** Nodes that come and go: what a document about one finds, and the forms by which one is written. */

const words = texts.nodes;
const tasks = texts.tasks;
const MAX_REASON = 1000;
const MAX_PEM = 10_000;
const USES = ["compute", "gateway"];
const NAME = "[a-z0-9]([a-z0-9\\-]{0,34}[a-z0-9])?";

interface Status {
  reserved: { deployment: string; cpuMillis: number; memoryBytes: number }[];
  workloads: { deployment: string; name: string }[];
}

/** For somebody who decides on an admission or a retirement: what the trust root says of the node, and of one that goes, what is on it. */
export function nodeNow(kind: string, document: Map<string, Json>, known: Trust, context: PageContext): HTMLElement {
  const name = text(document.get("name"));
  const moves = h("div", {});
  if (kind === "retirement") {
    void loaded(moves, () => context.api.json<{ status: Status | null; problem: string }>(`/api/nodes/${encodeURIComponent(name)}`), ({ status, problem }) => [
      h("h3", {}, tasks.moves), status === null ? empty(`${tasks.movesUnknown} ${problem}`) : left(status)], context.gone);
  }
  return h("section", {}, h("h2", {}, tasks.nodeNow), facts([[tasks.rootSays, escaped(kind === "admission" ? admitted(name, document, known) : retired(name, known))]]),
    kind === "retirement" && alone(name, known).map((use) => h("p", { class: "failure" }, tasks.onlyOne(use))), moves);
}

function admitted(name: string, document: Map<string, Json>, { nodes }: Trust): string {
  const key = fingerprint(text(document.get("key")));
  const uses = document.get("capabilities");
  const there = nodes[name];
  const other = Object.entries(nodes).find(([each, node]) => each !== name && node.key === key);
  if (other !== undefined) {
    return tasks.rootKey(other[0]);
  }
  if (there === undefined) {
    return tasks.rootNot;
  }
  const same = there.key === key && Array.isArray(uses) && [...there.capabilities].sort().join() === uses.map(String).sort().join();
  return same ? tasks.rootSame : tasks.rootOther(there.capabilities.join(", "), there.key);
}

function retired(name: string, { nodes }: Trust): string {
  const there = nodes[name];
  return there === undefined ? tasks.rootGone : tasks.rootUses(there.capabilities.join(", "), there.key);
}

/** What no other node may be used for. */
function alone(name: string, { nodes }: Trust): string[] {
  return (nodes[name]?.capabilities ?? []).filter((use) => !Object.entries(nodes).some(([other, node]) => other !== name && node.capabilities.includes(use)));
}

/** What is on it. */
function left(status: Status): Child {
  const deployments = [...new Set([...status.reserved, ...status.workloads].map((each) => each.deployment))].sort();
  return deployments.length === 0 ? empty(tasks.movesNothing) : [h("p", { class: "quiet" }, tasks.movesHow), table(tasks.moves, tasks.moveHeads, deployments.map((each) => {
    const room = status.reserved.find((one) => one.deployment === each);
    return [h("a", { class: "named", href: `#/deployments/${encodeURIComponent(each)}` }, each), status.workloads.filter((one) => one.deployment === each).map((one) => one.name).join(", "),
      room === undefined ? "" : words.cpu(room.cpuMillis), room === undefined ? "" : bytes(room.memoryBytes)];
  }), true)];
}

/** The newest change under a node's name, of which the next is the successor. */
async function before(name: string, context: PageContext): Promise<{ version: number; state: string } | undefined> {
  try {
    return await context.api.json<{ version: number; state: string }>(`/api/deployments/${encodeURIComponent(name)}`);
  } catch (failed) {
    if (failed instanceof Refusal && failed.status === 404) {
      return undefined;
    }
    throw failed;
  }
}

/** A form whose document is written, shown as it would be signed, signed by the worker and submitted. */
function ordering(title: string, explain: string, name: string, inputs: Child, write: (me: string, reason: string) => Promise<Draft>, context: PageContext, kept: HTMLInputElement[] = []): HTMLElement {
  const host = h("div", {});
  const result = h("div", { "aria-live": "polite" });
  const reason = draft(h("textarea", { name: "reason", rows: 2, maxlength: MAX_REASON }), name);
  const form = (me: string) => h("form", { class: "decision-form", submit: (event) => {
    event.preventDefault();
    if (reason.value.trim() === "") {
      show(result, failure(tasks.whyNeeded));
      reason.focus();
      return;
    }
    show(result, h("p", { class: "quiet" }, texts.loading));
    write(me, reason.value.trim()).then((written) => preview(result, written, undefined, context, () => [reason, ...kept].forEach(spent), `/tasks/${written.name}/${written.version}`), (failed: unknown) => show(result, failure(failed)));
  } }, inputs, field(texts.deployments.reason, reason), h("div", { class: "buttons" }, h("button", {}, title)));
  void loaded(host, () => trust(context.api), ({ me }) => (me === "" ? empty(texts.deployments.noPerson) : form(me)), context.gone);
  return h("section", {}, h("h2", {}, title), h("p", { class: "quiet" }, explain), host, result);
}

/** By it a node is admitted. */
export function admitting(context: PageContext): HTMLElement {
  const name = draft(h("input", { name: "name", required: true, maxlength: 36, pattern: NAME, autocomplete: "off", spellcheck: "false", title: words.nameForm }), "admission/name");
  const file = h("input", { name: "publicKey", type: "file", required: true, accept: ".pem" });
  const key = h("p", { class: "quiet", role: "status" });
  const uses = USES.map((use) => h("input", { type: "checkbox", name: use, checked: use === "compute" }));
  const address = draft(h("input", { name: "address", required: true, maxlength: 45, pattern: "[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*", autocomplete: "off", title: words.addressForm }), "admission/address");
  const port = (of: string, usual: number) => h("input", { name: of, type: "number", required: true, min: 1, max: 65_535, value: usual });
  const [store, api] = [port("storePort", 9900), port("apiPort", 9443)];
  const pem = async () => {
    const chosen = file.files?.[0];
    const said = chosen === undefined || chosen.size > MAX_PEM ? "" : await chosen.text();
    return fingerprint(said) === undefined ? "" : said;
  };
  file.addEventListener("change", () => void pem().then((said) => show(key, said === "" ? words.noPublicKey : [tasks.nodeKey, ": ", h("code", {}, fingerprint(said))])));
  const write = async (me: string, reason: string) => {
    const said = await pem();
    const capabilities = USES.filter((_, index) => uses[index]?.checked);
    if (said === "" || capabilities.length === 0) {
      throw new Error(said === "" ? words.noPublicKey : words.noUse);
    }
    const node = { name: name.value, key: said, capabilities, address: address.value.trim(), storePort: Number(store.value), apiPort: Number(api.value) };
    return admission(node, await before(node.name, context), me, reason, new Date());
  };
  const inputs = [h("div", { class: "search" }, field(words.name, name), field(words.publicKey, file)), key,
    h("fieldset", { class: "search" }, h("legend", {}, tasks.nodeRoles), USES.map((use, index) => h("label", { class: "beside-box" }, uses[index], h("span", {}, use)))),
    h("div", { class: "search" }, field(words.address, address), field(words.storePort, store), field(words.apiPort, api))];
  return ordering(words.admit, words.admitExplain, "admission", inputs, write, context, [name, address]);
}

/** By it this node is retired. */
export function retiring(name: string, context: PageContext): HTMLElement {
  return ordering(words.retire, words.retireExplain, `retirement/${name}`, null, async (me, reason) => retirement(name, await before(name, context), me, reason, new Date()), context);
}
