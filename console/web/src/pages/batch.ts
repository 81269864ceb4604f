import type { PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { empty, field, leaving, table } from "./parts";
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
  repairs: Repair<T>[];
}

/** What can be done with those that are taken. */
export interface Repair<T> {
  word: string;
  preview(count: number, subjects: string): string;
  really: string;
  progress(done: number, all: number, failed: number): string;
  ask(item: T): Promise<unknown>;
  /** Is told when all of them were done, so many, without a failure. */
  whole?(count: number): void;
}

const words = texts.administration;

export function batch<T>(work: Batch<T>, context: PageContext): Child {
  if (work.items.length === 0) {
    return empty(work.nothing);
  }
  const left = new Set<T>();
  const filter = h("input", { name: "filter", type: "search", input: () => list() });
  const rows = h("div", {});
  const next = h("div", { role: "status", "aria-live": "polite", tabindex: -1 });
  const fitting = () => work.items.filter((each) => work.words(each).toLowerCase().includes(filter.value.trim().toLowerCase()));
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
      ...work.row(each)]), true));
  };
  const preview = (repair: Repair<T>) => {
    const these = fitting().filter((each) => !left.has(each));
    const subjects = [...new Set(these.map(work.subject))].join(", ");
    if (these.length === 0) {
      show(next, empty(words.noneTaken));
      return;
    }
    const leave = leaving(next);
    const really = h("button", { type: "button", class: "main", click: () => void carryOut(these, repair, next, context) }, repair.really);
    show(next, h("div", { class: "preview" }, h("p", {}, repair.preview(these.length, subjects)), really, leave));
    really.focus();
  };
  list();
  return [field(work.filter, filter), rows, h("div", { class: "buttons" }, work.repairs.map((each) => h("button", { type: "button", click: () => preview(each) }, each.word))), next];
}

async function carryOut<T>(items: T[], repair: Repair<T>, host: HTMLElement, context: PageContext): Promise<void> {
  let done = 0;
  const failures: string[] = [];
  for (const each of items) {
    if (context.gone.aborted) {
      return;
    }
    try {
      await repair.ask(each);
      done++;
    } catch (failed) {
      failures.push(failed instanceof Error ? failed.message : String(failed));
    }
    show(host, h("progress", { max: items.length, value: done + failures.length, "aria-label": repair.word }), h("p", {}, repair.progress(done, items.length, failures.length)),
      failures.length > 0 && h("ul", { class: "failure" }, [...new Set(failures)].map((why) => h("li", {}, why))));
  }
  if (failures.length === 0 && repair.whole !== undefined) {
    show(host); // it is said where it is told
    repair.whole(items.length);
  } else {
    host.focus({ preventScroll: true }); // the button that was pressed is gone
  }
}
