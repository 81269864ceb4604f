import { review } from "../documents/write";
import type { PageContext } from "./context";
import { h, show, type Child } from "./dom";
import { badge, draft, empty, failure, field, loaded, spent, table, time } from "./parts";
import { preview } from "./submission";
import { texts } from "./texts";
import { trust } from "./trust";

/** Emergency changes that nobody has reviewed yet. A review is written here, shown as it would be signed, signed and submitted; then others approve it. */

export interface EmergencyChange {
  name: string;
  version: number;
  state: string;
  requester: string;
  approvedBy: string[];
  environment: string;
  reason: string;
  digest: string;
  until: string;
  endedAt: string | null;
  reviewedAt: string | null;
  overdueAt: string | null;
  review: { name: string; version: number; state: string; requester: string; verdict: string; findings: string } | null;
}

const words = texts.emergencies;
const MAX_FINDINGS = 4000;

export function emergencies(context: PageContext): HTMLElement {
  const host = h("div", {});
  void loaded(host, async () => {
    const [known, all] = await Promise.all([trust(context.api), context.api.json<{ items: EmergencyChange[] }>("/api/emergencies")]);
    return { me: known.me, all: all.items, owed: all.items.filter((each) => each.reviewedAt === null) };
  }, ({ me, all, owed }) => {
    const form = h("div", {});
    return [owed.length === 0 ? empty(words.nothing) : table(words.title, words.heads, owed.map((each) => row(each, newestReview(all, each.name), me, form, context)), true), form];
  }, context.gone);
  return host;
}

/** Of a deployment, as far as one stands. */
function newestReview(all: EmergencyChange[], name: string): { version: number; state: string } | undefined {
  return all.filter((each) => each.name === name && each.reviewedAt !== null).flatMap((each) => (each.review === null ? [] : [each.review])).sort((one, other) => other.version - one.version)[0];
}

function row(each: EmergencyChange, before: { version: number; state: string } | undefined, me: string, form: HTMLElement, context: PageContext): Child[] {
  return [
    h("a", { href: `#/deployments/${each.name}/${each.version}` }, texts.tasks.version(each.name, each.version)), each.reason, words.people(each.requester, each.approvedBy.join(", ") || texts.none),
    each.endedAt === null ? [badge("warn", words.stands), " ", time(each.until)] : [badge(isOverdue(each) ? "bad" : "warn", isOverdue(each) ? words.overdue : words.owed), " ", time(each.endedAt)],
    each.review !== null ? h("a", { href: `#/tasks/${each.review.name}/${each.review.version}` }, words.underWay) : each.endedAt === null ? words.later : me === "" || me === each.requester ? words.others
      : h("button", { type: "button", class: "link", "aria-label": words.reviewOf(texts.tasks.version(each.name, each.version)), click: () => write(form, each, before, me, context) }, words.review),
  ];
}

function isOverdue(each: EmergencyChange): boolean {
  return each.overdueAt !== null && Date.parse(each.overdueAt) <= Date.now();
}

function write(host: HTMLElement, of: EmergencyChange, before: { version: number; state: string } | undefined, me: string, context: PageContext): void {
  const verdict = h("select", { name: "verdict" }, Object.entries(words.verdicts).map(([value, word]) => h("option", { value }, word)));
  const findings = draft(h("textarea", { name: "findings", rows: 4, maxlength: MAX_FINDINGS }), `review/${of.name}/${of.version}`);
  const result = h("div", { "aria-live": "polite" });
  const ask = () => {
    if (findings.value.trim() === "") {
      show(result, failure(words.findingsNeeded));
      findings.focus();
    } else {
      const written = review(of, before, me, verdict.value, findings.value.trim(), new Date());
      preview(result, written, undefined, context, () => spent(findings), `/tasks/${written.name}/${written.version}`);
    }
  };
  show(host, h("h3", {}, words.reviewOf(texts.tasks.version(of.name, of.version))), h("p", { class: "quiet" }, words.explain),
    h("div", { class: "decision-form" }, field(words.verdict, verdict), field(words.findings, findings), h("div", { class: "buttons" }, h("button", { type: "button", click: ask }, words.show))), result);
  verdict.focus();
}

/** How one stands, for the page of its deployment. */
export function emergencyFacts(each: EmergencyChange): Child {
  const left = Date.parse(each.until) - Date.now();
  return h("div", { class: "verdict bad" },
    h("p", {}, h("strong", {}, each.endedAt !== null ? words.ended : words.endsIn(Math.max(0, Math.ceil(left / 60_000)))), " ", time(each.endedAt ?? each.until)),
    h("p", {}, each.reason),
    h("p", {}, each.reviewedAt !== null && each.review !== null ? [words.reviewed(words.verdicts[each.review.verdict] ?? each.review.verdict), " ", h("a", { href: `#/tasks/${each.review.name}/${each.review.version}` }, each.review.findings)]
      : each.review !== null ? h("a", { href: `#/tasks/${each.review.name}/${each.review.version}` }, words.underWay) : each.endedAt === null ? words.later : isOverdue(each) ? words.overdueReview : words.owedReview));
}
