import { differences } from "../documents/fields";
import type { ServerPlan } from "../documents/plan";
import { open, readDocument, type Signed, type Version } from "../documents/signed";
import { again, order, SUBMITTED_AT, type Draft } from "../documents/write";
import { toBase64 } from "../ledger/bytes";
import type { PageContext } from "./context";
import { documentView } from "./document";
import { h, show, type Child } from "./dom";
import { draft, empty, failure, field, spent } from "./parts";
import { differenceTable, planView } from "./task";
import { texts } from "./texts";
import type { Trust } from "./trust";

/** What can be asked for of a deployment: a document is written here, shown with what it would change, signed by the worker, and submitted. Then others approve it. */

const words = texts.deployments;
const MAX_REASON = 1000;

export function orders(newest: Version, signed: Signed, known: Trust, context: PageContext): Child {
  if (known.me === "") {
    return empty(words.noPerson);
  }
  const result = h("div", { "aria-live": "polite" });
  const reason = draft(h("textarea", { name: "reason", rows: 2, maxlength: MAX_REASON }), `order/${newest.name}`);
  const to = h("select", { name: "rollback" }, Array.from({ length: Math.min(50, newest.version) }, (_, back) => newest.version - back).map((each) => h("option", { value: each }, each)));
  const ask = (kind: string) => {
    if (reason.value.trim() === "") {
      show(result, failure(texts.tasks.whyNeeded));
      reason.focus();
    } else {
      preview(result, order(kind, newest, known.me, reason.value.trim(), new Date()), undefined, context, () => spent(reason));
    }
  };
  const rollback = async () => {
    show(result, h("p", { class: "quiet" }, texts.loading));
    try {
      const version = await context.api.json<Version>(`/api/deployments/${encodeURIComponent(newest.name)}/versions/${to.value}`);
      const earlier = open(version, known.keys);
      if (version.kind !== "deployment" || earlier.document.get("name") !== newest.name) {
        throw new Error(words.noDeployment(to.value));
      }
      preview(result, again(earlier.document, newest, known.me, new Date()), newest.kind === "deployment" ? signed : undefined, context, () => undefined);
    } catch (failed) {
      show(result, failure(failed));
    }
  };
  const button = (word: string, click: () => void) => h("button", { type: "button", click }, word);
  return h("section", {}, h("h2", {}, words.orders), h("p", { class: "quiet" }, words.ordersExplain),
    h("div", { class: "decision-form" }, field(words.reason, reason),
      h("div", { class: "buttons" }, newest.state === "paused" || newest.kind === "pause" ? button(words.resume, () => ask("resume")) : button(words.pause, () => ask("pause")), button(words.remove, () => ask("decommission"))),
      h("div", { class: "search" }, field(words.rollbackTo, to), button(words.rollback, () => void rollback()))),
    result);
}

/** What would be signed, read back from the bytes that would be; for a deployment what is different and what nodes would do. */
export function preview(host: HTMLElement, written: Draft, before: Signed | undefined, context: PageContext, submitted: () => void, then = `/deployments/${written.name}/${written.version}`): void {
  const shown = readDocument(written.payloadType, written.payload);
  const result = h("div", { role: "status" });
  const approvals = h("div", {});
  const deployment = written.payloadType.includes(".deployment.");
  const sign = h("button", { type: "button", class: "main", click: () => void submit() }, words.submit);
  const submit = async () => {
    sign.disabled = true;
    show(result, h("p", { class: "quiet" }, texts.tasks.signing));
    try {
      const sig = await context.api.sign(written);
      const kind = /zosgrid\.([a-z]+)\./.exec(written.payloadType)?.[1] ?? "";
      await context.api.send("POST", SUBMITTED_AT[kind] ?? "", { payloadType: written.payloadType, payload: toBase64(written.payload), signatures: [{ keyid: context.api.keyId, sig: toBase64(sig) }] });
      submitted();
      context.go(then);
    } catch (failed) {
      show(result, failure(failed));
      sign.disabled = false;
    }
  };
  show(host, h("div", { class: "preview-document" }, h("h3", {}, texts.tasks.what), documentView(shown, context.gone),
    deployment && [differenceTable(before === undefined ? undefined : differences(before.document, shown.document)),
      planView(shown, before, context, (plan) => show(approvals, needed(plan)))],
    approvals, h("div", { class: "buttons" }, sign, h("button", { type: "button", click: () => show(host) }, texts.tasks.leave)), result));
  sign.focus();
}

function needed(plan: ServerPlan): Child {
  return [h("h3", {}, words.approvals), h("p", {}, words.needed(plan.quorum, plan.mayApprove.join(", "))), plan.rules.length > 0 && h("ul", {}, plan.rules.map((each) => h("li", {}, each)))];
}
