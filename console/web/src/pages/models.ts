import { open, text, type Version } from "../documents/signed";
import { model } from "../documents/write";
import { drafts, type Kept } from "../modeler/drafts";
import { NAME } from "../modeler/starters";
import { beside, type Side } from "./beside";
import type { PageContext, Paged } from "./context";
import { mark } from "./deployments";
import { h, show, type Child } from "./dom";
import { draft, empty, failure, field, leaving, loaded, named, spent, table, time } from "./parts";
import { namesIn } from "./names";
import { preview } from "./submission";
import { texts } from "./texts";
import { trust, type Trust } from "./trust";

/** Models of one's own: which there are, their versions as they were signed, two of them beside each other, and what is under way by an older one. */

const words = texts.models;
const VERSIONS = 50;
const MAX_REASON = 1000;

export interface Row {
  name: string;
  version: number;
  state: string;
  requester: string;
}

interface Mover {
  instance: string;
  change: string;
  at: string[];
  obstacles: string[];
}

type Drawn = Pick<Kept, "language" | "file" | "examples">;

export function goTo(path: string, word: string, context: PageContext): HTMLElement {
  return h("a", { href: `#${path}`, click: (event) => {
    event.preventDefault();
    context.go(path);
  } }, word);
}

/** What stands on the page of all processes about those of one's own. */
export function ownModels(context: PageContext): HTMLElement {
  const own = h("div", {});
  const begun = h("div", {});
  void loaded(own, () => context.api.json<Paged<Row>>("/api/models?limit=500"), ({ items }) => (items.length === 0 ? empty(words.noOwn) : table(words.own, words.ownHeads, items.map((each) =>
    [goTo(`/processes/model/${each.name}`, each.name, context), each.version, mark(each.state), named(each.requester)]), true)), context.gone);
  void loaded(begun, () => drafts.all(), (all) => (all.length === 0 ? empty(words.noDrafts) : table(words.drafts, words.draftHeads, all.map((each) =>
    [goTo(`/processes/draft/${each.language}/${each.name}`, each.name, context), words.languages[each.language], time(each.changed)]), true)), context.gone);
  const name = h("input", { name: "name", maxlength: 36, autocomplete: "off", spellcheck: "false" });
  const language = h("select", { name: "language" }, Object.entries(words.languages).map(([value, word]) => h("option", { value }, word)));
  const wrong = h("div", {});
  return h("section", {}, h("h2", {}, words.own), own, h("h2", {}, words.drafts), h("p", { class: "quiet" }, words.draftsExplain), begun, h("h2", {}, words.begin),
    h("form", { class: "search", submit: (event) => {
      event.preventDefault();
      if (NAME.test(name.value)) {
        context.go(`/processes/draft/${language.value}/${name.value}`);
      } else {
        show(wrong, failure(words.badName));
        name.focus();
      }
    } }, field(words.name, name), field(words.language, language), h("button", { type: "submit" }, words.draw)), wrong);
}

const address = (name: string, version: number | string) => `/api/deployments/${encodeURIComponent(name)}/versions/${version}`;

/** The newest version of a model; undefined if there is none of this name. */
export async function newestOf(name: string, context: PageContext): Promise<Version | undefined> {
  const { items } = await context.api.json<Paged<Row>>("/api/models?limit=500");
  const row = items.find((each) => each.name === name);
  return row === undefined ? undefined : context.api.json<Version>(address(name, row.version));
}

/** What the newest version says that has a file. */
export async function lastFile(newest: Version, context: PageContext): Promise<Drawn | undefined> {
  for (let version = newest.version; version > Math.max(0, newest.version - VERSIONS); version--) {
    const drawn = said(version === newest.version ? newest : await context.api.json<Version>(address(newest.name, version)), { keys: {}, nodes: {}, me: "", emergencies: false, deputies: new Map(), requesters: [] });
    if (drawn !== undefined && drawn.file !== "") {
      return drawn;
    }
  }
  return undefined;
}

/** Out of the bytes that were signed. */
function said(version: Version, known: Trust): Drawn | undefined {
  if (version.kind !== "model") {
    return undefined;
  }
  const { document } = open(version, known.keys);
  return { language: text(document.get("language")) === "dmn" ? "dmn" : "bpmn", file: text(document.get("file")), examples: text(document.get("examples")) };
}

export function modelPage(host: HTMLElement, context: PageContext, name: string): void {
  const part = h("div", {});
  show(host, h("p", {}, h("a", { href: "#/processes" }, words.back)), h("h1", {}, name), part);
  void loaded(part, async () => {
    const [newest, known, kept] = await Promise.all([newestOf(name, context), trust(context.api), drafts.get(name).catch(() => undefined)]);
    const numbers = Array.from({ length: Math.min(VERSIONS, newest?.version ?? 0) }, (_, back) => (newest?.version ?? 0) - back);
    const versions = await Promise.all(numbers.map((number) => (number === newest?.version ? newest : context.api.json<Version>(address(name, number)))));
    return { versions, known, kept };
  }, ({ versions, known, kept }) => view(name, versions, known, kept, context), context.gone);
}

function view(name: string, versions: Version[], known: Trust, kept: Kept | undefined, context: PageContext): Child {
  const [newest] = versions;
  const drawn = new Map(versions.map((each) => [String(each.version), said(each, known)] as const).filter((each): each is [string, Drawn] => each[1] !== undefined && each[1].file !== ""));
  if (kept !== undefined) {
    drawn.set("draft", kept);
  }
  const language = [...drawn.values()][0]?.language ?? "bpmn";
  const inForce = versions.find((each) => each.state === "in_force");
  return [
    h("p", { class: "buttons" }, goTo(`/processes/draft/${language}/${name}`, kept === undefined ? words.next : words.continue, context), goTo(`/processes/${language === "dmn" ? "decision" : "process"}/${name}`, words.heat, context)),
    table(words.versions, words.versionHeads, versions.map((each) => [goTo(`/tasks/${name}/${each.version}`, String(each.version), context), mark(each.state), named(each.requester), time(each.submittedAt)])),
    comparison(language, drawn, inForce, context),
    language === "bpmn" && inForce !== undefined && migration(name, versions.filter((each) => each.version < inForce.version && each.state === "superseded"), (version) => drawn.get(version)?.file ?? "", context),
    newest !== undefined && inForce !== undefined && known.me !== "" && removal(newest, language, known.me, context),
  ];
}

function comparison(language: string, drawn: Map<string, Drawn>, inForce: Version | undefined, context: PageContext): Child {
  const names = [...drawn.keys()].sort((one, other) => (one === "draft" ? 1 : other === "draft" ? -1 : Number(one) - Number(other)));
  const last = names.at(-1) ?? "";
  const first = inForce !== undefined && String(inForce.version) !== last ? String(inForce.version) : names.at(-2) ?? last;
  const choose = (name: string, chosen: string) => h("select", { name, change: () => look() }, names.map((each) => h("option", { value: each, selected: each === chosen }, words.versionName(each))));
  const [left, right] = [choose("left", first), choose("right", last)];
  const host = h("div", {});
  const side = (of: HTMLSelectElement): Side => ({ label: words.versionName(of.value), file: drawn.get(of.value)?.file ?? "" });
  const look = () => void beside(host, language, side(left), side(right), context);
  look();
  return h("section", {}, h("h2", {}, words.beside), names.length < 2 && empty(words.onlyOne), h("div", { class: "search" }, field(words.left, left), field(words.right, right)), host);
}

/**
 * What is under way by an older version, each with whether it can be moved; those that are taken are moved after one look more.
 *
 * @param fileOf the drawing of a version, in which elements have their names
 */
function migration(name: string, older: Version[], fileOf: (version: string) => string, context: PageContext): Child {
  const from = h("select", { name: "from" }, older.map((each) => h("option", { value: each.version }, each.version)));
  const host = h("div", { "aria-live": "polite" });
  const path = () => `/api/models/${encodeURIComponent(name)}/migrations/${from.value}`;
  const look = () => void loaded(host, () => context.api.json<{ instances: Mover[] }>(path()), ({ instances }) => movers(instances), context.gone);
  const movers = (instances: Mover[]): Child => {
    if (instances.length === 0) {
      return empty(words.noMovers);
    }
    const names = namesIn(fileOf(from.value));
    const result = h("div", { role: "status" });
    const takes = instances.map((each) => h("input", { type: "checkbox", checked: each.obstacles.length === 0, disabled: each.obstacles.length > 0, "aria-label": each.change }));
    const taken = () => instances.filter((_, index) => takes[index]?.checked);
    const move = async (chosen: Mover[], button: HTMLButtonElement) => {
      button.disabled = true;
      try {
        const moved = await context.api.send<{ instances: Mover[] }>("POST", path(), { instances: chosen.map((each) => each.instance) });
        const rest = await context.api.json<{ instances: Mover[] }>(path());
        const said = h("p", { class: "good", tabindex: -1 }, words.moved(moved.instances.length));
        show(host, said, movers(rest.instances));
        said.focus(); // what was pressed is gone
      } catch (failed) {
        show(result, failure(failed));
      }
    };
    const confirm = () => {
      const chosen = taken();
      const now: HTMLButtonElement = h("button", { type: "button", class: "main", click: () => void move(chosen, now) }, words.moveNow);
      show(result, chosen.length > 0 && h("div", { class: "preview" }, h("p", {}, words.moveSure(chosen.length, chosen.map((each) => each.change).join(", "))), now, leaving(result)));
      now.focus();
    };
    return [table(words.movers, words.moverHeads, instances.map((each, index) => [takes[index], named(each.change), each.at.map((id, place) => [place > 0 && ", ", h("span", { title: id }, names.get(id) ?? id)]),
      each.obstacles.length === 0 ? texts.none : h("ul", { class: "plain" }, each.obstacles.map((obstacle) => h("li", {}, obstacle)))])),
      h("div", { class: "buttons" }, h("button", { type: "button", click: confirm }, words.move)), result];
  };
  return older.length > 0 && h("section", {}, h("h2", {}, words.migrate), h("p", { class: "quiet" }, words.migrateExplain),
    h("div", { class: "search" }, field(words.from, from), h("button", { type: "button", click: look }, words.look)), host);
}

function removal(newest: Version, language: string, me: string, context: PageContext): Child {
  const reason = draft(h("textarea", { name: "reason", rows: 2, maxlength: MAX_REASON }), `model/${newest.name}`);
  const result = h("div", { "aria-live": "polite" });
  const ask = () => {
    if (reason.value.trim() === "") {
      show(result, failure(texts.tasks.whyNeeded));
      reason.focus();
    } else {
      const written = model(newest, { language, file: "", examples: "" }, me, reason.value.trim(), new Date());
      preview(result, written, undefined, context, () => spent(reason), `/tasks/${written.name}/${written.version}`);
    }
  };
  return h("section", {}, h("h2", {}, words.takeOut), h("div", { class: "decision-form" }, field(texts.deployments.reason, reason), h("div", { class: "buttons" }, h("button", { type: "button", click: ask }, words.takeOut))), result);
}
