import { differences } from "../documents/fields";
import type { ServerPlan } from "../documents/plan";
import { readDocument, type Signed } from "../documents/signed";
import { demanding, SUBMITTED_AT, type Demand, type Draft } from "../documents/write";
import { toBase64, utf8 } from "../ledger/bytes";
import type { PageContext } from "./context";
import { documentView } from "./document";
import { h, show, type Child } from "./dom";
import { failure, leaving } from "./parts";
import { differenceTable, planView } from "./task";
import { texts } from "./texts";
import { trust, type Trust } from "./trust";

/** The way of every document that is written here: shown as it would be signed, signed by who holds the key, submitted. */

const words = texts.deployments;

/** Asks first what decision tables demand of it, and binds that. Who may not submit it sees it all the same, and who may. */
export function preview(host: HTMLElement, written: Draft, before: Signed | undefined, context: PageContext, submitted: () => void, then?: string): void {
  show(host, h("p", { class: "quiet" }, texts.loading));
  const demand = context.api.post<{ binding: Demand }>("/api/demand", utf8(JSON.stringify({ payloadType: written.payloadType, payload: toBase64(written.payload) })));
  Promise.all([demand, trust(context.api)]).then(([{ binding }, known]) => {
    if (!context.gone.aborted) {
      bound(host, demanding(written, binding), before, known, context, submitted, then);
    }
  }, (failed: unknown) => context.gone.aborted || show(host, failure(failed)));
}

/** What would be signed, read back from the bytes that would be; for a deployment what is different and what nodes would do. */
function bound(host: HTMLElement, written: Draft, before: Signed | undefined, known: Trust, context: PageContext, submitted: () => void, then = `/deployments/${written.name}/${written.version}`): void {
  const shown = readDocument(written.payloadType, written.payload);
  const result = h("div", { role: "status" });
  const approvals = h("div", {});
  const deployment = written.payloadType.includes(".deployment.");
  const sign = h("button", { type: "button", class: "main", click: () => void submit() }, words.submit);
  const leave = leaving(host);
  const may = known.requesters.includes(context.api.keyId);
  const submit = async () => {
    sign.disabled = true;
    show(result, h("p", { class: "quiet" }, context.api.signing));
    try {
      const sig = await context.api.sign(written);
      show(result, h("p", { class: "quiet" }, texts.tasks.sending));
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
    deployment && [h("h3", {}, texts.tasks.difference), differenceTable(before === undefined ? undefined : differences(before.document, shown.document)),
      planView(shown, before, context, (plan) => show(approvals, needed(plan)))],
    approvals, h("div", { class: "buttons" }, may && sign, leave), result));
  if (may) {
    sign.focus();
  } else {
    show(result, failure(words.noRequester([...new Set(known.requesters.map((id) => known.keys[id]?.person ?? id))].sort().join(", "))));
    leave.focus();
  }
}

function needed(plan: ServerPlan): Child {
  return [h("h3", {}, words.approvals), h("p", {}, words.needed(plan.quorum, plan.mayApprove.join(", "))), plan.rules.length > 0 && h("ul", {}, plan.rules.map((each) => h("li", {}, each)))];
}
