import type { Version } from "../documents/signed";
import { model } from "../documents/write";
import type { Drawing, Finding } from "../modeler/drawing";
import { drafts, type Kept } from "../modeler/drafts";
import type { Template } from "../modeler/process";
import { starter } from "../modeler/starters";
import { Silence, type PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { empty, failure, field, HEARD, leaving, loaded } from "./parts";
import { newestOf, lastFile } from "./models";
import { preview } from "./submission";
import { texts } from "./texts";
import { trialForm } from "./trial";
import { trust } from "./trust";

/** A model while it is drawn: checked by the server as one draws, kept on this computer, and, when it is good, shown as it would be signed. */

const words = texts.models;
const MAX_REASON = 1000;
/** Milliseconds after the last change until it is kept and checked. */
const PAUSE = 400;

interface Begun {
  kept: Kept;
  newest: Version | undefined;
  me: string;
}

export function drawingPage(host: HTMLElement, context: PageContext, language: Kept["language"], name: string): void {
  const part = h("div", {});
  show(host, h("p", {}, h("a", { href: "#/processes" }, words.back)), h("h1", {}, words.drawing(name)), part);
  void loaded(part, () => begin(language, name, context), (begun) => view(begun, context), context.gone);
}

/** What was kept of it; else what was signed last; else what a new one begins with. */
async function begin(language: Kept["language"], name: string, context: PageContext): Promise<Begun> {
  const [kept, newest, { me }] = await Promise.all([drafts.get(name).catch(() => undefined), newestOf(name, context), trust(context.api)]);
  if (kept !== undefined) {
    return { kept, newest, me };
  }
  const signed = newest === undefined ? undefined : await lastFile(newest, context);
  return { kept: signed === undefined ? starter(language, name) : { ...signed, name, reason: "", changed: "" }, newest, me };
}

function view({ kept, newest, me }: Begun, context: PageContext): Child {
  const { name, language } = kept;
  const canvas = h("div", { class: `third ${language === "dmn" ? "diagram decision drawn" : "diagram drawn"}`, role: "group", "aria-label": words.canvas(name) });
  const panel = h("div", { class: "third properties", role: "group", "aria-label": words.properties });
  const blocks = h("div", { class: "blocks", role: "group", "aria-label": words.blocks });
  const byChoice = h("div", {});
  const found = h("div", { role: "status", "aria-live": "polite" });
  const said = h("span", { class: "quiet", role: "status" });
  const result = h("div", { "aria-live": "polite" });
  const examples = h("textarea", { name: "examples", rows: 6, spellcheck: "false", input: () => soon() }, kept.examples);
  const reason = h("textarea", { name: "reason", rows: 2, maxlength: MAX_REASON, input: () => soon() }, kept.reason);
  let drawing: Drawing | undefined;
  let gone = false; // thrown away: then nothing is kept any more
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const soon = () => {
    show(said, words.keeping);
    clearTimeout(timer);
    timer = setTimeout(() => void settle(), PAUSE);
  };
  const now = async (): Promise<Kept> => ({ ...kept, file: drawing === undefined ? kept.file : await drawing.xml(), examples: examples.value, reason: reason.value, changed: new Date().toISOString() });
  const keep = async (): Promise<Kept> => {
    timer = undefined;
    const draft = await now();
    if (!gone) {
      await drafts.keep(draft).then(() => show(said, words.kept), (failed: unknown) => show(said, words.notKept, " ", failed instanceof Error ? failed.message : String(failed)));
    }
    return draft;
  };
  const settle = async () => check(await keep());
  const check = async (draft: Kept) => {
    const mine = ++asked;
    found.setAttribute("aria-busy", "true");
    try {
      const { findings } = await context.api.send<{ findings: Finding[] }>("POST", "/api/models/checks", { language, file: draft.file, ...(draft.examples !== "" && { examples: draft.examples }) });
      if (mine === asked && !context.gone.aborted) {
        drawing?.mark(findings);
        show(found, list(findings, (id) => drawing?.go(id)));
      }
    } catch (failed) {
      if (mine === asked && !context.gone.aborted) {
        show(found, h("p", { class: "failure" }, words.uncheckable, " ", failed instanceof Error ? failed.message : String(failed)), h("button", { type: "button", click: () => void settle() }, texts.again));
        if (failed instanceof Silence) {
          addEventListener(HEARD, () => mine === asked && void settle(), { once: true, signal: context.gone });
        }
      }
    } finally {
      if (mine === asked) {
        found.removeAttribute("aria-busy");
      }
    }
  };
  const sign = async () => {
    if (reason.value.trim() === "") {
      show(result, failure(texts.tasks.whyNeeded));
      reason.focus();
      return;
    }
    const draft = await keep();
    const written = model(newest ?? { name, version: 0, state: "" }, draft, me, reason.value.trim(), new Date());
    preview(result, written, undefined, context, () => {
      gone = true;
      void drafts.drop(name);
    }, `/tasks/${name}/${written.version}`);
  };
  const discard = () => {
    const leave = leaving(result);
    const really = h("button", { type: "button", click: () => {
      gone = true;
      clearTimeout(timer);
      void drafts.drop(name).then(() => context.go(newest === undefined ? "/processes" : `/processes/model/${name}`));
    } }, words.discard);
    show(result, h("div", { class: "preview" }, h("p", {}, words.discardSure), really, leave));
    really.focus(); // it stands at the end of the page, the question at its beginning
  };
  let heard: (rows: string[]) => void = () => undefined;
  const ready = async () => {
    show(found, h("p", { class: "quiet" }, words.checking));
    if (language === "dmn") {
      const table = await (await import("../modeler/table")).drawTable(canvas, kept.file, soon);
      drawing = table;
      heard = table.hit;
    } else {
      const [{ drawProcess }, { templates }] = await Promise.all([import("../modeler/process"), context.api.json<{ templates: Template[] }>("/api/models/templates")]);
      const process = await drawProcess(canvas, panel, kept.file, templates, soon);
      drawing = process;
      show(byChoice, process.choices);
      show(blocks, templates.map((each) => h("button", { type: "button", title: each.description, click: () => process.add(each) }, each.name)));
    }
    const drawn = drawing;
    const leave = () => void (timer === undefined ? Promise.resolve() : keep()).finally(() => drawn.destroy());
    context.gone.aborted ? drawn.destroy() : context.gone.addEventListener("abort", () => {
      clearTimeout(timer);
      leave();
    });
    await check(kept);
  };
  void ready().catch((failed: unknown) => show(found, failure(failed)));
  addEventListener("pagehide", () => timer !== undefined && void keep(), { signal: context.gone });
  const button = (word: string, click: () => void, kind = "") => h("button", { type: "button", class: kind, click }, word);
  return [
    h("div", { class: "buttons" }, button(words.undo, () => drawing?.undo()), button(words.redo, () => drawing?.redo()), button(words.discard, discard), said),
    language === "bpmn" && [blocks, byChoice],
    h("section", { class: language === "bpmn" ? "modeler" : "modeler tables" }, canvas, language === "bpmn" && panel),
    h("section", {}, h("h2", {}, words.faults), found),
    language === "dmn" && [field(words.examples, examples), trialForm(async () => (await now()).file, context, (rows) => heard(rows), (example) => {
      examples.value = `${examples.value.replace(/\n*$/, "")}\n${example}\n`.trimStart();
      soon();
    })],
    h("section", {}, h("h2", {}, words.sign), h("p", { class: "quiet" }, words.signExplain), me === "" ? empty(texts.deployments.noPerson)
      : h("div", { class: "decision-form" }, field(texts.deployments.reason, reason), h("div", { class: "buttons" }, button(words.preview, () => void sign())))),
    result,
  ];
}

function list(findings: Finding[], go: (id: string) => void): Child {
  return findings.length === 0 ? h("p", { class: "good" }, words.inOrder) : [h("p", {}, words.found(findings.length)), h("ul", { class: "faults" }, findings.map((each) => h("li", {},
    each.element === "" ? words.whole : h("button", { type: "button", class: "link", click: () => go(each.element) }, each.name || each.element), ": ", `${each.wrong}; ${each.right}`, " ", h("small", { class: "quiet" }, each.rule))))];
}
