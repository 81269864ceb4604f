import type { PageContext, Paged } from "./context";
import { h, show, type Child } from "./dom";
import { empty, field, loaded, table, time } from "./parts";
import { texts } from "./texts";

/** Repairs many messages at once: first it says what it would touch, then it is done one by one, each of which may fail by itself. */

interface DeadLetter {
  webhook: number;
  index: number;
  subject: string;
  attempts: number;
  failure: string;
  at: string;
}

const words = texts.administration;
const MOST = 5000;

export function repair(context: PageContext): HTMLElement {
  const host = h("div", {});
  void loaded(host, () => every(context), (letters) => (letters.length === 0 ? empty(words.noDead) : chooser(letters, context)), context.gone);
  return host;
}

async function every(context: PageContext): Promise<DeadLetter[]> {
  const all: DeadLetter[] = [];
  let cursor: string | null = "";
  while (cursor !== null && all.length < MOST) {
    const page: Paged<DeadLetter> = await context.api.json(`/api/webhooks/dead-letters?limit=500&cursor=${encodeURIComponent(cursor)}`);
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}

function chooser(letters: DeadLetter[], context: PageContext): Child {
  const left = new Set<DeadLetter>();
  const filter = h("input", { name: "filter", type: "search", input: () => list() });
  const rows = h("div", {});
  const next = h("div", { role: "status", "aria-live": "polite" });
  const fitting = () => letters.filter((each) => `${each.subject} ${each.failure}`.includes(filter.value.trim()));
  const chosen = () => fitting().filter((each) => !left.has(each));
  const list = () => {
    show(next);
    show(rows, table(words.dead, words.deadHeads, fitting().map((each) => [
      h("input", { type: "checkbox", checked: !left.has(each), "aria-label": `${each.subject} ${each.index}`, change: (event) => {
        if ((event.target as HTMLInputElement).checked) {
          left.delete(each);
        } else {
          left.add(each);
        }
        show(next);
      } }),
      each.webhook, each.subject, each.index, each.attempts, each.failure, time(each.at)])));
  };
  const preview = () => {
    const these = chosen();
    const subjects = [...new Set(these.map((each) => each.subject))].join(", ");
    show(next, these.length === 0 ? empty(words.noDead) : h("div", { class: "preview" }, h("p", {}, words.preview(these.length, subjects)),
      h("button", { type: "button", class: "main", click: () => void carryOut(these, next, context) }, words.really),
      h("button", { type: "button", click: () => show(next) }, words.cancel)));
  };
  list();
  return [field(words.filter, filter), rows, h("button", { type: "button", click: preview }, words.retry), next];
}

async function carryOut(letters: DeadLetter[], host: HTMLElement, context: PageContext): Promise<void> {
  let done = 0;
  let failed = 0;
  for (const each of letters) {
    if (context.gone.aborted) {
      return;
    }
    try {
      await context.api.send("POST", `/api/webhooks/${each.webhook}/dead-letters/${each.index}/retries`);
      done++;
    } catch {
      failed++; // it is counted, and stays in the list
    }
    show(host, h("progress", { max: letters.length, value: done + failed, "aria-label": words.retry }), h("p", {}, words.progress(done, letters.length, failed)));
  }
}
