import { open, type Signed, type Version } from "../documents/signed";
import { again, order } from "../documents/write";
import type { PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { draft, empty, failure, field, spent } from "./parts";
import { preview } from "./submission";
import { texts } from "./texts";
import type { Trust } from "./trust";

/** What can be asked for of a deployment: a document is written here, shown with what it would change, signed by the worker, and submitted. Then others approve it. */

const words = texts.deployments;
const MAX_REASON = 1000;
/** No trust root lets an emergency last longer. */
const MOST_HOURS = 168;
const USUAL_HOURS = 4;

export function orders(newest: Version, signed: Signed, known: Trust, context: PageContext): Child {
  if (known.me === "") {
    return empty(words.noPerson);
  }
  const result = h("div", { "aria-live": "polite" });
  const reason = draft(h("textarea", { name: "reason", rows: 2, maxlength: MAX_REASON }), `order/${newest.name}`);
  const to = h("select", { name: "rollback" }, Array.from({ length: Math.min(50, newest.version) }, (_, back) => newest.version - back).map((each) => h("option", { value: each, selected: each === newest.version - 1 }, each)));
  const ask = (kind: string) => {
    if (reason.value.trim() === "") {
      show(result, failure(texts.tasks.whyNeeded));
      reason.focus();
    } else {
      preview(result, order(kind, newest, known.me, reason.value.trim(), new Date()), undefined, context, () => spent(reason));
    }
  };
  const hours = h("input", { name: "hours", type: "number", min: 1, max: MOST_HOURS, value: USUAL_HOURS, required: true });
  const lasting = field(texts.emergencies.hours, hours);
  lasting.hidden = true;
  const urgent = h("input", { name: "urgent", type: "checkbox", change: () => {
    lasting.hidden = !urgent.checked;
  } });
  const rollback = async () => {
    if (urgent.checked && reason.value.trim() === "") {
      show(result, failure(texts.tasks.whyNeeded));
      reason.focus();
      return;
    }
    if (urgent.checked && !hours.reportValidity()) {
      return;
    }
    const emergency = urgent.checked ? { reason: reason.value.trim(), hours: Number(hours.value) } : undefined;
    show(result, h("p", { class: "quiet" }, texts.loading));
    try {
      const version = await context.api.json<Version>(`/api/deployments/${encodeURIComponent(newest.name)}/versions/${to.value}`);
      const earlier = open(version, known.keys);
      if (version.kind !== "deployment" || earlier.document.get("name") !== newest.name) {
        throw new Error(words.noDeployment(to.value));
      }
      preview(result, again(earlier.document, newest, known.me, new Date(), emergency), newest.kind === "deployment" ? signed : undefined, context, () => undefined);
    } catch (failed) {
      show(result, failure(failed));
    }
  };
  const button = (word: string, click: () => void) => h("button", { type: "button", click }, word);
  return h("section", {}, h("h2", {}, words.orders), h("p", { class: "quiet" }, words.ordersExplain),
    h("div", { class: "decision-form" }, field(words.reason, reason),
      h("div", { class: "buttons" }, newest.state === "paused" || newest.kind === "pause" ? button(words.resume, () => ask("resume")) : button(words.pause, () => ask("pause")), button(words.remove, () => ask("decommission"))),
      h("div", { class: "search" }, field(words.rollbackTo, to), known.emergencies && [h("label", { class: "beside-box" }, urgent, h("span", {}, texts.emergencies.urgent)), lasting], button(words.rollback, () => void rollback()))),
    result);
}
