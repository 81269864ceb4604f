import { batch } from "./batch";
import type { PageContext, Paged } from "./context";
import { h, show } from "./dom";
import { loaded, time } from "./parts";
import { texts } from "./texts";

/** Messages to webhooks that were given up: sent again, or forgotten. */

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

/** The part of a page, and what looks at them anew. */
export function deadLetters(context: PageContext): { part: HTMLElement; look(): void } {
  const host = h("div", {});
  const said = h("div", { role: "status", tabindex: -1 });
  const path = (each: DeadLetter) => `/api/webhooks/${each.webhook}/dead-letters/${each.index}`;
  const handed = (sentence: string) => {
    show(said, h("p", {}, sentence));
    said.focus({ preventScroll: true }); // what was pressed goes with the list
    look();
  };
  const look = () => void loaded(host, () => Promise.all([every(context), addresses(context)]), ([items, urls]) => batch({
    items, title: words.dead, heads: words.deadHeads, filter: words.deadFilter, nothing: words.noDead,
    row: (each) => [h("code", {}, urls.get(each.webhook) ?? String(each.webhook)), each.subject, each.index, each.attempts, each.failure, time(each.at)],
    label: (each) => `${each.subject} ${each.index}`, subject: (each) => each.subject, words: (each) => `${each.subject} ${each.failure}`,
    repairs: [
      { word: words.retry, preview: words.deadPreview, really: words.deadReally, progress: words.progress, ask: (each) => context.api.send("POST", `${path(each)}/retries`), whole: (count) => handed(words.progress(count, count, 0)) },
      { word: words.drop, preview: words.dropPreview, really: words.dropReally, progress: words.dropped, ask: (each) => context.api.send("DELETE", path(each)), whole: (count) => handed(words.dropped(count, count, 0)) },
    ],
  }, context), context.gone);
  look();
  return { part: h("div", {}, host, said), look };
}

/** Of webhooks, by id. */
async function addresses(context: PageContext): Promise<Map<number, string>> {
  const { items } = await context.api.json<{ items: { id: number; url: string }[] }>("/api/webhooks");
  return new Map(items.map((each) => [each.id, each.url]));
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
