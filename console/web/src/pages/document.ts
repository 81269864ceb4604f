import { emergencyOf } from "../documents/emergency";
import { escaped, fields } from "../documents/fields";
import { fingerprint } from "../documents/publickey";
import { list, text, type Document } from "../documents/signed";
import { JsonNumber, type Json } from "../ledger/strictjson";
import { h, type Child } from "./dom";
import { facts, failure, named, table, time } from "./parts";
import { texts } from "./texts";

/** A document for somebody who is about to sign it, read from the signed bytes alone. */

const words = texts.tasks;
/** Kinds of which everything is shown above already; of others every field is, one by one. */
const LAID_OUT = ["deployment", "pause", "resume", "decommission", "model", "promotion", "admission", "retirement", "review"];

export function documentView({ document, payloadType, digest }: Document, gone: AbortSignal): Child {
  const of = (name: string) => escaped(text(document.get(name)));
  const kind = /\.([a-z-]+)\.v1/.exec(payloadType)?.[1] ?? payloadType;
  const network = document.get("network");
  const removesModel = kind === "model" && text(document.get("file")) === "";
  const revokes = kind === "promotion" && text(document.get("until")) === "";
  const optional = (label: string, value: string): [string, Child][] => (value === "" ? [] : [[label, value]]);
  return [
    kind === "deployment" && warning(document),
    h("p", { class: "statement" }, h("strong", {}, removesModel ? words.removesModel : revokes ? words.revokesImage : words.verbs[kind] ?? kind), " ", words.version(of("name"), of("version"))),
    facts([
      [words.requester, of("requester")],
      ...(kind === "admission" ? node(document) : []),
      ...(kind === "promotion" ? [[words.promotedImage, h("code", {}, of("image"))] as [string, Child]] : []),
      ...(kind === "review" ? reviewed(document) : []),
      ...optional(words.reason, of("reason")), ...optional(words.environment, of("environment")), ...optional(words.description, of("description")),
      ...(network instanceof Map ? optional(words.network, escaped(`${text(network.get("name"))} ${text(network.get("subnet"))}`)) : []),
      ...optional(words.workflow, of("workflow")), ...optional(words.data, of("dataClass")),
      ...(kind === "promotion" && !revokes ? [[words.promotedUntil, moment(text(document.get("until")))] as [string, Child]] : []),
      ...optional(words.demand, demand(document.get("demand"))),
      [words.created, moment(text(document.get("created")))], [words.expires, moment(text(document.get("expires")))],
      [words.digest, h("code", {}, digest)],
    ]),
    machines(document), routes(document), rules(document.get("approval")),
    kind === "model" && !removesModel && model(document, gone),
    h("details", { open: removesModel || !LAID_OUT.includes(kind) }, h("summary", {}, words.allFields), table(words.allFields, words.fieldHeads, [...fields(document)].map(([field, value]) => [h("code", {}, field), h("code", {}, value)]), true)),
  ];
}

/** Who the node is, and what for: its key by the name that trust roots and receipts call it by. */
function node(document: Map<string, Json>): [string, Child][] {
  const of = (name: string) => escaped(text(document.get(name)));
  return [
    [words.nodeRoles, texted(document.get("capabilities")).join(", ")],
    [words.nodeKey, h("code", {}, fingerprint(text(document.get("key"))) ?? words.noKey)],
    [words.nodeAddress, h("code", {}, of("address"))],
    [words.nodePorts, words.ports(of("storePort"), of("apiPort"))],
  ];
}

/** What it is held to beyond the rules; empty if nothing is signed of that. */
function demand(value: Json | undefined): string {
  return value instanceof Map ? escaped(words.demanded(text(value.get("people")) === "0" ? "" : text(value.get("people")), texted(value.get("groups")))) : "";
}

/** Nobody signs an emergency without having been told that it is one, or one that nodes would read in another way. */
function warning(document: Map<string, Json>): Child {
  try {
    const emergency = emergencyOf(document);
    return emergency !== undefined && h("div", { class: "verdict bad", role: "alert" }, h("p", {}, h("strong", {}, texts.emergencies.band)), h("p", {}, texts.emergencies.fewer),
      h("p", {}, texts.emergencies.endsAt, " ", moment(emergency.until)), h("p", {}, words.reason, ": ", escaped(emergency.reason)));
  } catch (wrong) {
    return failure(wrong);
  }
}

function reviewed(document: Map<string, Json>): [string, Child][] {
  const of = (name: string) => escaped(text(document.get(name)));
  return [[texts.emergencies.subject, texts.tasks.version(of("subject"), of("subjectVersion"))], [texts.emergencies.verdict, texts.emergencies.verdicts[text(document.get("verdict"))] ?? of("verdict")],
    [texts.emergencies.findings, of("findings")], [texts.emergencies.askedBy, of("askedBy")], [texts.emergencies.subjectDigest, h("code", {}, of("digest"))]];
}

function moment(iso: string): Child {
  return Number.isNaN(Date.parse(iso)) ? escaped(iso) : time(iso);
}

function machines(document: Map<string, Json>): Child {
  const all = list(document.get("machines"));
  const looked = all.some((each) => texted(each.get("terminal")).length > 0); // most let nobody in, and need no column for it
  return all.length > 0 && table(words.machines, [...words.machineHeads, ...(looked ? [words.terminals] : [])], all.map((each) => [
    named(escaped(text(each.get("name")))), named(escaped(text(each.get("node")))), h("code", {}, escaped(text(each.get("image")))), Number(text(each.get("cpuMillis"))) / 1000, escaped(text(each.get("memory"))),
    texted(each.get("ports")).join(", "), h("code", {}, [texted(each.get("command")).join(" "), ...variables(each.get("environment"))].filter((line) => line !== "").join("\n")),
    ...(looked ? [texted(each.get("terminal")).join(", ") || texts.none] : [])]));
}

function texted(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map((each) => escaped(each instanceof JsonNumber ? each.digits : String(each))) : [];
}

function variables(value: Json | undefined): string[] {
  return value instanceof Map ? [...value].map(([name, each]) => `${escaped(name)}=${escaped(text(each))}`) : [];
}

function routes(document: Map<string, Json>): Child {
  const all = list(document.get("gateways"));
  return all.length > 0 && table(words.routes, words.routeHeads, all.map((each) =>
    [escaped(text(each.get("host"))), escaped(`${text(each.get("machine"))}:${text(each.get("port"))}`), named(escaped(text(each.get("node"))))]));
}

function rules(approval: Json | undefined): Child {
  return Array.isArray(approval) && approval.length > 0 && [h("h3", {}, words.rules),
    h("ul", {}, approval.map((rule) => h("li", {}, h("code", {}, [...fields(rule)].map(([field, value]) => `${field}: ${value}`).join("; ")))))];
}

function model(document: Map<string, Json>, gone: AbortSignal): Child {
  const file = text(document.get("file"));
  const examples = text(document.get("examples"));
  const canvas = h("div", { class: text(document.get("language")) === "dmn" ? "diagram decision" : "diagram", role: "group", tabindex: 0, "aria-label": words.drawn });
  void import("./diagram").then(({ draw, drawTable }) => (text(document.get("language")) === "dmn" ? drawTable(canvas, file) : draw(canvas, file)))
    .then((viewer) => gone.addEventListener("abort", () => viewer.destroy()), (failed: unknown) => canvas.replaceChildren(failure(failed)));
  return [h("h3", {}, words.drawn), canvas, h("h3", {}, words.file), lines(words.file, file), examples !== "" && [h("h3", {}, words.examples), lines(words.examples, examples)]];
}

function lines(name: string, file: string): HTMLElement {
  return h("pre", { class: "file", tabindex: 0, role: "region", "aria-label": name }, file.split("\n").map(escaped).join("\n"));
}
