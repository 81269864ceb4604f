import { batch } from "./batch";
import type { PageContext, Paged } from "./context";
import { h } from "./dom";
import { loaded, time } from "./parts";
import { texts } from "./texts";

/** Messages to webhooks that were given up, sent again. */

interface DeadLetter {
  webhook: number;
  index: number;
  subject: string;
  attempts: number;
  failure: string;
  at: string;
}

const words = texts.administration;
const MOST = 5000;

export function deadLetters(context: PageContext): HTMLElement {
  const host = h("div", {});
  void loaded(host, () => every(context), (items) => batch({
    items, title: words.dead, heads: words.deadHeads, filter: words.deadFilter, nothing: words.noDead, preview: words.deadPreview, really: words.deadReally,
    row: (each) => [each.webhook, each.subject, each.index, each.attempts, each.failure, time(each.at)],
    label: (each) => `${each.subject} ${each.index}`, subject: (each) => each.subject, words: (each) => `${each.subject} ${each.failure}`,
    path: (each) => `/api/webhooks/${each.webhook}/dead-letters/${each.index}/retries`,
  }, context), context.gone);
  return host;
}

async function every(context: PageContext): Promise<DeadLetter[]> {
  const all: DeadLetter[] = [];
  let cursor: string | null = "";
  while (cursor !== null && all.length < MOST) {
    const page: Paged<DeadLetter> = await context.api.json(`/api/webhooks/dead-letters?limit=500&cursor=${encodeURIComponent(cursor)}`);
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}
