import type { ChangeNews, Page, PageContext, Paged } from "./context";
import { deploymentPage } from "./deployment";
import { h, show, type Child } from "./dom";
import { LongTable } from "./longtable";
import { badge, failing, field, followed, named, released, time } from "./parts";
import { texts } from "./texts";

/** Every name with its newest version: searched while one types, page by page, followed as it changes. */

interface Row {
  name: string;
  version: number;
  kind: string;
  state: string;
  message: string;
  requester: string;
  submittedAt: string;
  openSeats: string[];
}

const words = texts.deployments;
const PAGE = 100;
/** What has no place in this list has a page of its own. */
const UNLISTED = ["model", "admission", "retirement", "skip", "promotion", "review"];
/** The cells of a row of the newest version, and of whom it waits for. */
const [VERSION, SEATS] = [1, 6];
/** Of so many changes at once it is asked whom they wait for. */
const MOST_ASKED = 10;
/** Milliseconds after the last key until it is looked for. */
const TYPING = 150;

/** Where the list is, narrowed as it was when it was last looked at: who comes back from one of its deployments finds it so. */
let listed = "/deployments";
export const listAddress = () => `#${listed}`;

export const deploymentsPage: Page = (host, context) => {
  const [name, version] = context.rest.split("/").map(decodeURIComponent);
  if (name !== undefined && name !== "") {
    deploymentPage(host, context, name, version);
    return;
  }
  const part = h("input", { name: "name", type: "search", maxlength: 36, autocomplete: "off", value: context.query.get("name") ?? "", input: () => soon() });
  const state = h("select", { name: "state", change: () => look() }, h("option", { value: "" }, words.anyState),
    Object.entries(texts.states).map(([value, word]) => h("option", { value, selected: value === context.query.get("state") }, word)));
  const person = h("input", { name: "waitsFor", type: "search", maxlength: 36, autocomplete: "off", value: context.query.get("waitsFor") ?? "", input: () => soon() });
  const rows = h("div", { "aria-live": "off" });
  const said = h("p", { role: "status", class: "quiet" }, texts.loading);
  const missed = h("div", { role: "status" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let further = false; // whether more than the first page was asked for: then no look from outside takes it away
  const soon = () => {
    remember(); // now: who opens one of them right after the last key comes back to what was typed
    clearTimeout(timer);
    timer = setTimeout(look, TYPING);
  };
  const narrowed = () => ({ name: part.value.trim(), state: state.value, waitsFor: person.value.trim() });
  const remember = () => {
    const by = new URLSearchParams(Object.entries(narrowed()).filter(([, value]) => value !== ""));
    listed = `/deployments${by.size > 0 ? `?${by}` : ""}`;
    history.replaceState(null, "", `#${listed}`); // a reload and a bookmark find the same list
  };
  const query = (cursor: string) => `/api/deployments?${new URLSearchParams({ limit: String(PAGE), ...narrowed(), cursor })}`;
  const look = () => {
    if (context.gone.aborted) {
      return; // one has gone to another page since the last key
    }
    const mine = ++asked;
    remember();
    further = false;
    show(missed);
    rows.setAttribute("aria-busy", "true");
    context.api.json<Paged<Row>>(query("")).then(async (page) => {
      await released();
      if (mine === asked && !context.gone.aborted) {
        list(page);
      }
    }, (failed: unknown) => mine === asked && !context.gone.aborted && failing(rows, failed, look, context.gone))
      .finally(() => mine === asked && rows.removeAttribute("aria-busy"));
  };
  const shown = new Map<string, HTMLTableRowElement>();
  let long: LongTable | undefined;
  const list = (page: Paged<Row>) => {
    shown.clear();
    long?.close();
    long = undefined;
    show(rows);
    append(page);
  };
  const append = (page: Paged<Row>) => {
    if (long === undefined && page.items.length > 0) {
      long = new LongTable(words.table, words.heads);
      rows.append(long.element);
    }
    const fresh = long?.append(page.items.map((each) => cells(each, context)), page.next !== null);
    fresh?.forEach((row, index) => shown.set(page.items[index]?.name ?? "", row));
    show(said, shown.size === 0 ? words.nothing : words.found(shown.size, page.next !== null));
    if (page.next !== null) {
      rows.append(more(page.next));
    }
  };
  const more = (next: string): HTMLElement => {
    const button = h("button", { type: "button", click: () => {
      button.disabled = true;
      further = true;
      asked++; // a look that is under way would take the list away
      rows.removeAttribute("aria-busy");
      context.api.json<Paged<Row>>(query(next)).then((following) => {
        if (button.isConnected && !context.gone.aborted) {
          const focused = document.activeElement === button;
          button.remove();
          append(following);
          if (focused) {
            rows.querySelector<HTMLElement>(":scope > button")?.focus({ preventScroll: true });
          }
        }
      }, () => {
        button.disabled = false; // it can be asked for again
      });
    } }, texts.more);
    return button;
  };
  show(host, h("h1", {}, words.title), h("form", { class: "search", submit: (event) => {
    event.preventDefault();
    look();
  } }, field(words.search, part), field(words.state, state), field(words.waits, person)), said, missed, rows);
  look();
  context.gone.addEventListener("abort", () => long?.close());
  // A row that is shown is brought up to date where it stands; what would come or go is looked for only while nothing else than the first page is shown,
  // and is otherwise said.
  context.follow((news) => {
    const row = typeof news === "string" ? undefined : shown.get(news.name);
    if (row !== undefined && typeof news !== "string") {
      cells({ ...news, message: "", openSeats: [] }, context).forEach((fresh, index) => index > 0 && show(row.cells[index] as HTMLElement, fresh));
    }
  });
  followed(context, (change) => !UNLISTED.includes(change.kind), (changes) => {
    if (!further && !rows.contains(document.activeElement)) {
      look();
      return;
    }
    const newest = [...new Map(changes.map((each) => [each === "anything" ? "" : each.name, each])).values()];
    const waiting = newest.filter((each) => each !== "anything").filter((each) => each.state === "approval" && shown.has(each.name));
    waiting.slice(0, MOST_ASKED).forEach((each) => void seats(each, () => shown.get(each.name), context));
    if (waiting.length > MOST_ASKED || newest.some((each) => each === "anything" || !shown.has(each.name) || (state.value !== "" && each.state !== state.value))) {
      show(missed, h("p", {}, words.changed, " ", h("button", { type: "button", class: "link", click: look }, words.anew)));
    }
  });
};

/** Whom a change waits for is not told with it, and is asked for; what cannot be looked at now is told again. */
async function seats(change: Exclude<ChangeNews, string>, row: () => HTMLTableRowElement | undefined, context: PageContext): Promise<void> {
  const now = await context.api.json<{ openSeats: string[] }>(`/api/deployments/${encodeURIComponent(change.name)}/versions/${change.version}`).catch(() => undefined);
  const [version, cell] = [row()?.cells[VERSION], row()?.cells[SEATS]];
  if (now !== undefined && cell !== undefined && version?.textContent === String(change.version) && !context.gone.aborted) {
    show(cell, now.openSeats.join(", "));
  }
}

function cells(each: Row, context: PageContext): Child[] {
  return [
    h("a", { class: "named", href: `#/deployments/${each.name}`, click: (event) => {
      event.preventDefault();
      context.go(`/deployments/${each.name}`);
    } }, each.name),
    each.version, mark(each.state), texts.tasks.kinds[each.kind] ?? each.kind, named(each.requester), time(each.submittedAt), each.openSeats.join(", ")];
}

/** A state as a mark. */
export function mark(state: string): HTMLElement {
  const kind = ["running", "in_force", "reviewed"].includes(state) ? "good" : ["failed", "invalid", "rejected", "expired", "compensated", "compensating"].includes(state) ? "bad"
    : ["removed", "ended", "superseded", "withdrawn", "paused"].includes(state) ? "plain" : "warn";
  return badge(kind, texts.states[state] ?? state);
}
