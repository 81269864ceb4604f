import { Silence, type ChangeNews, type Fault, type PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { texts } from "./texts";

/** Parts that every page is made of. */

/** Told to the window when the server is heard again after it was silent. */
export const HEARD = "zos-heard";

/** Milliseconds after which a press counts as over, wherever it ended. */
const LONGEST_PRESS = 10_000;
let press = Promise.resolve();

/** Until no button of the mouse is down and no finger. */
export const released = () => press;

/** From now on. Nothing is shown anew under what is pressed: what is taken away between press and release is never clicked. */
export function noticePresses(): void {
  addEventListener("pointerdown", () => {
    press = new Promise((over) => {
      const end = () => setTimeout(over); // after the click, which comes behind
      addEventListener("pointerup", end, { once: true, capture: true });
      addEventListener("pointercancel", end, { once: true, capture: true });
      setTimeout(over, LONGEST_PRESS);
    });
  }, { capture: true });
}

/** Shows what was loaded; while it loads and when it fails says so, and lets it be tried again. What was there before stays until then. */
export async function loaded<T>(host: HTMLElement, load: () => Promise<T>, render: (value: T) => Child, gone: AbortSignal): Promise<void> {
  host.setAttribute("aria-busy", "true");
  if (host.childElementCount === 0) {
    host.classList.add("arriving");
    show(host, h("p", { class: "quiet", role: "status" }, texts.loading));
  }
  try {
    const value = await load();
    await released();
    if (!gone.aborted) {
      const back = focused(host);
      show(host, render(value));
      back();
    }
  } catch (failed) {
    if (!gone.aborted) {
      failing(host, failed, () => void loaded(host, load, render, gone), gone);
    }
  } finally {
    host.removeAttribute("aria-busy");
    host.classList.remove("arriving");
  }
}

/** Says what failed, in the place of what was there. If the server was silent, it is asked again by itself as soon as it is heard. */
export function failing(host: HTMLElement, failed: unknown, again: () => void, gone: AbortSignal): void {
  const said = failure(failed, again);
  show(host, said);
  if (failed instanceof Silence) {
    addEventListener(HEARD, () => said.isConnected && again(), { once: true, signal: gone });
  }
}

/** Remembers where in it the keyboard is; what it gives back brings it to the same link, button or field again, if that is still there. */
function focused(host: HTMLElement = document.body): () => void {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || !host.contains(at)) {
    return () => undefined;
  }
  const sign = (each: Element) => [each.tagName, each.getAttribute("href"), each.getAttribute("name"), each.getAttribute("aria-label"), each.tagName === "A" || each.tagName === "BUTTON" ? each.textContent : ""].join("\n");
  const wanted = sign(at);
  return () => [...host.querySelectorAll<HTMLElement>("a, button, input, select, textarea, [tabindex]")].find((each) => sign(each) === wanted)?.focus({ preventScroll: true });
}

/**
 * A button that takes away what stands in this place, and brings the keyboard back to where it is now; Escape does it too. It is made before what it takes away gets the keyboard.
 *
 * @param left is told of it
 */
export function leaving(host: HTMLElement, word = texts.tasks.leave, left: () => void = () => undefined): HTMLButtonElement {
  const back = focused();
  const button = h("button", { type: "button", click: () => {
    left();
    show(host);
    back();
    document.activeElement?.scrollIntoView({ block: "nearest" }); // what was taken away may have been longer than the screen
  } }, word);
  host.onkeydown = (event) => {
    if (event.key === "Escape" && !event.isComposing && host.contains(button)) {
      button.click();
    }
  };
  return button;
}

export function failure(failed: unknown, again?: () => void): HTMLElement {
  const sentence = failed instanceof Error ? failed.message : String(failed);
  return h("div", { class: "failure", role: "alert" }, h("p", {}, sentence), again && h("button", { type: "button", click: again }, texts.again));
}

export function empty(sentence: string): HTMLElement {
  return h("p", { class: "quiet" }, sentence);
}

/**
 * A table that becomes a list of cards where there is no room. What a cell is made of stays together there.
 *
 * @param headed whether a heading above says already what its caption says
 */
export function table(caption: string, heads: string[], rows: Child[][], headed = false): HTMLElement {
  return h("div", { class: headed ? "table headed" : "table", tabindex: 0, role: "region", "aria-label": caption },
    h("table", {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, index) => h("td", { "data-head": heads[index] }, Array.isArray(cell) ? h("div", {}, cell) : cell)))))));
}

/** Names and what they are. */
export function facts(pairs: [string, Child][]): HTMLElement {
  return h("dl", { class: "facts" }, pairs.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/** A name that is not broken at its hyphens. */
export function named(name: string): HTMLElement {
  return h("span", { class: "named" }, name);
}

const TIMES = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** In the reader's zone; the exact one on hover. */
export function time(iso: string): HTMLElement {
  return h("time", { datetime: iso, title: iso }, TIMES.format(new Date(iso)));
}

export function bytes(count: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(count) / 10));
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: step === 0 ? 0 : 1 }).format(count / 1024 ** step)} ${units[step]}`;
}

/** Milliseconds for people. */
export function duration(millis: number): string {
  const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
  if (millis < 1000) {
    return `${number.format(millis)} ms`;
  }
  const seconds = millis / 1000;
  return seconds < 120 ? `${number.format(seconds)} s` : seconds < 7200 ? `${number.format(seconds / 60)} min` : `${number.format(seconds / 3600)} h`;
}

/** How much of something is taken; said in words too. */
export function meter(taken: number, all: number, words: string): HTMLElement {
  return h("span", { class: "meter" }, h("meter", { min: 0, max: Math.max(all, 1), value: Math.min(taken, all), "aria-label": words }), h("span", {}, words));
}

/** A mark with a word: colour alone says nothing. */
export function badge(kind: "good" | "bad" | "warn" | "plain", word: string): HTMLElement {
  return h("span", { class: `badge ${kind}` }, word);
}

/** A field of a form under its name. */
export function field(name: string, input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): HTMLElement {
  return h("label", {}, h("span", {}, name), input);
}

/**
 * Says behind each field of a form what is wrong with it, in the place of what was said there before, and brings the keyboard to the first.
 *
 * @returns faults of which the form has no field
 */
export function blame(form: HTMLFormElement, faults: Fault[]): Fault[] {
  const fields = [...form.elements].filter((each): each is HTMLElement => each instanceof HTMLElement && (each.getAttribute("name") ?? "") !== "");
  form.querySelectorAll(".fault").forEach((each) => each.remove());
  fields.forEach((each) => ["aria-invalid", "aria-describedby"].forEach((name) => each.removeAttribute(name)));
  const blamed = fields.filter((each) => {
    const own = faults.filter((fault) => fault.field === each.getAttribute("name"));
    if (own.length > 0) {
      const id = `fault-${each.getAttribute("name")}`;
      (each.closest("label") ?? each).after(h("p", { class: "failure fault", id }, own.map(({ problem, value }) => texts.frame.fault("", problem, value)).join("; ")));
      each.matches("input, select, textarea") && each.setAttribute("aria-invalid", "true");
      each.setAttribute("aria-describedby", id);
    }
    return own.length > 0;
  });
  blamed[0]?.focus();
  return faults.filter((fault) => !fields.some((each) => each.getAttribute("name") === fault.field));
}

/** A field whose text outlives the page and the session, until it is {@link spent} or emptied, or this window is closed. */
export function draft<E extends HTMLTextAreaElement | HTMLInputElement>(input: E, name: string): E {
  const key = `zos.draft.${name}`;
  input.value = sessionStorage.getItem(key) ?? input.value;
  input.addEventListener("input", () => (input.value === "" ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, input.value)));
  return input;
}

/** What was typed into a draft has been sent. */
export function spent(input: HTMLTextAreaElement | HTMLInputElement): void {
  input.value = "";
  input.dispatchEvent(new Event("input"));
}

const GATHERED = 300;

/** Looks anew when something happened to a change that counts; many things at once are one look. */
export function followed(context: PageContext, counts: (change: Exclude<ChangeNews, string>) => boolean, look: (changes: Exclude<ChangeNews, "nothing">[]) => void): void {
  let gathered: Exclude<ChangeNews, "nothing">[] = [];
  context.follow((news) => {
    if (news !== "nothing" && (news === "anything" || counts(news))) {
      if (gathered.push(news) === 1) {
        setTimeout(() => {
          const changes = gathered;
          gathered = [];
          if (!context.gone.aborted) {
            look(changes);
          }
        }, GATHERED);
      }
    }
  });
}
