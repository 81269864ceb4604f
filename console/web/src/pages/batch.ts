import type { PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { empty, field, table } from "./parts";
import { texts } from "./texts";

/** Repairs many things at once: first it says what it would touch, then it is done one by one, each of which may fail by itself. */

export interface Batch<T> {
  items: T[];
  /** The table's name, its heads without the first, and a row without the mark. */
  title: string;
  heads: string[];
  row(item: T): Child[];
  /** What names one of them to who cannot see the table. */
  label(item: T): string;
  /** What it is about; several may be about one. */
  subject(item: T): string;
  /** Text in which is looked for what is typed. */
  words(item: T): string;
  filter: string;
  nothing: string;
  preview(count: number, subjects: string): string;
  really: string;
  /** What repairs one is posted here. */
  path(item: T): string;
}

const words = texts.administration;

export function batch<T>(work: Batch<T>, context: PageContext): Child {
  if (work.items.length === 0) {
    return empty(work.nothing);
  }
  const left = new Set<T>();
  const filter = h("input", { name: "filter", type: "search", input: () => list() });
  const rows = h("div", {});
  const next = h("div", { role: "status", "aria-live": "polite" });
  const fitting = () => work.items.filter((each) => work.words(each).includes(filter.value.trim()));
  const list = () => {
    show(next);
    show(rows, table(work.title, [words.take, ...work.heads], fitting().map((each) => [
      h("input", { type: "checkbox", checked: !left.has(each), "aria-label": work.label(each), change: (event) => {
        if ((event.target as HTMLInputElement).checked) {
          left.delete(each);
        } else {
          left.add(each);
        }
        show(next);
      } }),
      ...work.row(each)])));
  };
  const preview = () => {
    const these = fitting().filter((each) => !left.has(each));
    const subjects = [...new Set(these.map(work.subject))].join(", ");
    show(next, these.length === 0 ? empty(words.noneTaken) : h("div", { class: "preview" }, h("p", {}, work.preview(these.length, subjects)),
      h("button", { type: "button", class: "main", click: () => void carryOut(these, work.path, next, context) }, work.really),
      h("button", { type: "button", click: () => show(next) }, words.cancel)));
  };
  list();
  return [field(work.filter, filter), rows, h("button", { type: "button", click: preview }, words.retry), next];
}

async function carryOut<T>(items: T[], path: (item: T) => string, host: HTMLElement, context: PageContext): Promise<void> {
  let done = 0;
  const failures: string[] = [];
  for (const each of items) {
    if (context.gone.aborted) {
      return;
    }
    try {
      await context.api.send("POST", path(each));
      done++;
    } catch (failed) {
      failures.push(failed instanceof Error ? failed.message : String(failed));
    }
    show(host, h("progress", { max: items.length, value: done + failures.length, "aria-label": words.retry }), h("p", {}, words.progress(done, items.length, failures.length)),
      failures.length > 0 && h("ul", { class: "failure" }, [...new Set(failures)].map((why) => h("li", {}, why))));
  }
}
