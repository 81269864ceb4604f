import { entryKind, eventType, KINDS } from "../ledger/kinds";
import { Refusal, type PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { badge, blame, draft, empty, failure, field, leaving, loaded, spent, table, time } from "./parts";
import { texts } from "./texts";

/** Who is told of decisions: subscriptions are looked at, added, tried and removed. */

interface Webhook {
  id: number;
  name: string | null;
  url: string;
  types: string[];
  /** There once: in the answer to the request that made it. */
  secret: string | null;
  secretFile: string | null;
  waiting: number;
  dead: number;
  createdAt: string;
}

const words = texts.webhooks;
const MAX_URL = 500;
const MAX_NAME = 63;
const MAX_FILE = 200;

/** @param removed is told when one is gone, and what was given up of it with it */
export function webhooks(context: PageContext, removed: () => void): HTMLElement {
  const list = h("div", {});
  const adding = h("div", { hidden: true }); // who may not see them may not add one either
  const result = h("div", { role: "status", tabindex: -1 });
  const look = () => loaded(list, () => context.api.json<{ items: Webhook[] }>("/api/webhooks"), ({ items }) => {
    adding.hidden = false;
    return items.length === 0 ? empty(words.nothing) : table(words.title, words.heads, items.map((each) => row(each, () => void tried(each, result, context), () => remove(each))), true);
  }, context.gone);
  const remove = (each: Webhook) => {
    const now: HTMLButtonElement = h("button", { type: "button", class: "main", click: () => void gone() }, words.removeNow);
    const gone = async () => {
      now.disabled = true;
      try {
        await context.api.send("DELETE", `/api/webhooks/${each.id}`);
        show(result, h("p", { class: "good" }, words.removed(each.url)));
        await look();
        removed();
      } catch (failed) {
        show(result, failure(failed));
      }
      result.focus();
    };
    show(result, h("div", { class: "preview" }, h("p", {}, words.removeSure(each.url, each.waiting, each.dead)), now, leaving(result)));
    now.focus();
  };
  show(adding, form(context, look));
  void look();
  return h("div", {}, list, result, adding);
}

function row(each: Webhook, tryIt: () => void, remove: () => void): Child[] {
  const button = (word: string, label: string, click: () => void) => h("button", { type: "button", class: "link", "aria-label": label, click }, word);
  return [[h("code", {}, each.url), each.name !== null && h("small", {}, words.called(each.name))],
    each.types.length === 0 ? words.all : each.types.map((type, index) => [index > 0 && ", ", h("span", { title: type }, wordOf(entryKind(type)))]),
    each.secretFile === null ? words.madeHere : h("code", {}, each.secretFile), each.waiting, each.dead > 0 ? badge("bad", String(each.dead)) : 0, time(each.createdAt),
    [button(words.try, words.tryOf(each.url), tryIt), " ", button(words.remove, words.removeOf(each.url), remove)]];
}

function wordOf(kind: string): string {
  return texts.deployments.events[kind] ?? kind;
}

/** Sends it one event that says nothing. */
async function tried(each: Webhook, result: HTMLElement, context: PageContext): Promise<void> {
  show(result, h("p", { class: "quiet" }, words.trying));
  try {
    const { delivered, failure: why } = await context.api.send<{ delivered: boolean; failure: string }>("POST", `/api/webhooks/${each.id}/tests`);
    show(result, h("p", { class: delivered ? "good" : "failure" }, delivered ? words.arrived(each.url) : words.lost(each.url, why)));
  } catch (failed) {
    show(result, failure(failed));
  }
}

/** @param added is told when there is one more */
function form(context: PageContext, added: () => Promise<void>): HTMLElement {
  const url = draft(h("input", { name: "url", required: true, maxlength: MAX_URL, inputmode: "url", autocomplete: "off", spellcheck: "false" }), "webhook/url");
  const name = draft(h("input", { name: "name", maxlength: MAX_NAME, autocomplete: "off", spellcheck: "false" }), "webhook/name");
  const file = draft(h("input", { name: "secretFile", maxlength: MAX_FILE, autocomplete: "off", spellcheck: "false" }), "webhook/file");
  const kinds = KINDS.map((kind) => [kind, h("input", { type: "checkbox" })] as const);
  const types = h("fieldset", { name: "types", class: "kinds", hidden: true }, h("legend", {}, words.kinds), kinds.map(([kind, box]) => h("label", { class: "beside-box", title: eventType(kind) }, box, h("span", {}, wordOf(kind)))));
  const which = h("select", { name: "which", change: () => { types.hidden = which.value === "all"; } }, h("option", { value: "all" }, words.allEvents), h("option", { value: "these" }, words.theseEvents));
  const button = h("button", { class: "main" }, words.add);
  const result = h("div", { role: "status" });
  const add = async () => {
    const chosen = which.value === "all" ? [] : kinds.filter(([, box]) => box.checked).map(([kind]) => eventType(kind));
    if (which.value !== "all" && chosen.length === 0) {
      blame(asked, [{ field: "types", problem: words.noKind, value: "" }]);
      kinds[0]?.[1].focus();
      return;
    }
    button.disabled = true;
    blame(asked, []);
    show(result, h("p", { class: "quiet" }, texts.loading));
    try {
      const made = await context.api.send<Webhook>("POST", "/api/webhooks", { url: url.value.trim(), ...(chosen.length > 0 && { types: chosen }), ...(name.value !== "" && { name: name.value }), ...(file.value !== "" && { secretFile: file.value }) });
      [url, name, file].forEach(spent);
      asked.reset();
      types.hidden = true;
      await added();
      told(made, result);
    } catch (failed) {
      const rest = failed instanceof Refusal ? blame(asked, failed.faults) : [];
      show(result, failed instanceof Refusal && failed.faults.length > 0 && rest.length === 0 ? h("p", { class: "failure", role: "alert" }, words.refused) : failure(failed));
    } finally {
      button.disabled = false;
    }
  };
  const asked: HTMLFormElement = h("form", { class: "decision-form", submit: (event) => {
    event.preventDefault();
    void add();
  } }, h("p", { class: "quiet" }, words.explain), field(words.url, url), field(words.which, which), types, field(words.name, name), field(words.secretFile, file), h("div", { class: "buttons" }, button));
  return h("div", {}, h("h3", {}, words.adding), asked, result);
}

/** The secret is shown until it is put away, and never again. */
function told(made: Webhook, result: HTMLElement): void {
  if (made.secret === null) {
    show(result, h("p", { class: "good" }, words.added(made.url)));
    return;
  }
  const secret: HTMLInputElement = h("input", { name: "secret", readonly: true, value: made.secret, class: "secret", focus: () => secret.select() });
  show(result, h("div", { class: "verdict good" }, h("p", {}, words.added(made.url)), h("p", {}, words.once), field(words.secret, secret), h("div", { class: "buttons" }, h("button", { type: "button", click: () => show(result) }, words.kept))));
  secret.focus();
}
