import { deputiesFrom, type Signed, type Version } from "../documents/signed";
import { toBase64 } from "../ledger/bytes";
import type { PageContext } from "./context";
import { ownStandingIn, standingIn } from "./deputies";
import { h, show } from "./dom";
import { badge, draft, failure, field, leaving, spent } from "./parts";
import { texts } from "./texts";

/** Approve, reject or withdraw. An approval is a signature over the very bytes that the page shows, made by the worker that holds the key. */

const words = texts.tasks;
const MAX_REASON = 1000;
/** Milliseconds that a browser can wait for at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** @param changed is told of the version as it is after the decision, and what to say of it */
export function decision(version: Version, signed: Signed, me: string, context: PageContext, changed: (version: Version, said: string) => void): HTMLElement {
  const state = texts.states[version.state] ?? version.state;
  if (version.state !== "approval") {
    return h("p", {}, badge("plain", state), " ", words.ended(state), " ", version.message);
  }
  const mine = version.requester === me;
  const asked = version.openSeats.includes(me);
  if (!mine && !asked) {
    return h("p", { class: "quiet" }, version.approvals.some((each) => each.person === me) ? words.signedAlready : words.notYours);
  }
  const deputy = version.deputies.find((each) => each.person === me);
  const from = deputiesFrom(signed.document) || (deputy?.from ?? "");
  const standsIn = deputy !== undefined && h("p", {}, ownStandingIn(deputy, from));
  if (!mine && deputy !== undefined && !standingIn(deputy, from, Date.now()).counts) {
    const early = h("div", {}, standsIn);
    const left = Date.parse(from) - Date.now() + 1;
    if (left > 0) {
      setTimeout(() => early.isConnected && early.replaceWith(decision(version, signed, me, context, changed)), Math.min(left, LONGEST_TIMER));
    }
    return early;
  }
  const address = `/api/deployments/${encodeURIComponent(version.name)}/versions/${version.version}`;
  const result = h("div", { role: "status", "aria-live": "polite" });
  const why = draft(h("textarea", { name: "reason", rows: 2, maxlength: MAX_REASON }), `${version.name}/${version.version}`);
  const buttons: HTMLButtonElement[] = [];
  const work = async (busy: string, done: string, ask: () => Promise<Version>) => {
    buttons.forEach((each) => { each.disabled = true; });
    show(result, h("p", { class: "quiet" }, busy));
    try {
      const now = await ask();
      spent(why);
      if (!context.gone.aborted) {
        changed(now, done);
      }
    } catch (failed) {
      show(result, failure(failed));
    } finally {
      buttons.forEach((each) => { each.disabled = false; });
    }
  };
  const approve = async (): Promise<Version> => {
    const sig = await context.api.sign({ name: version.name, version: version.version, payloadType: signed.payloadType, payload: signed.payload });
    show(result, h("p", { class: "quiet" }, words.sending));
    return context.api.send<Version>("POST", `${address}/approvals`, { keyid: context.api.keyId, sig: toBase64(sig) });
  };
  const refuse = (where: string) => {
    if (why.value.trim() === "") {
      show(result, failure(words.whyNeeded));
      why.focus();
    } else {
      void work(texts.loading, words.refused, () => context.api.send<Version>("POST", `${address}/${where}`, { reason: why.value.trim() }));
    }
  };
  const confirm = () => {
    const sign = h("button", { type: "button", class: "main", click: () => void work(context.api.signing, words.approved, approve) }, words.sign);
    show(result, h("div", { class: "preview" }, h("p", {}, words.sure(words.version(version.name, version.version)), " ", h("code", {}, signed.digest)), sign, leaving(result)));
    sign.focus();
  };
  buttons.push(...(asked ? [h("button", { type: "button", class: "main", click: confirm }, words.approve), h("button", { type: "button", click: () => refuse("rejections") }, words.reject)]
    : [h("button", { type: "button", click: () => refuse("withdrawals") }, words.withdraw)]));
  return h("div", { class: "decision-form" }, standsIn, field(words.why, why), h("div", { class: "buttons" }, buttons), result);
}
