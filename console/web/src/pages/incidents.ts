import { batch } from "./batch";
import type { PageContext } from "./context";
import { h, type Child } from "./dom";
import { badge, loaded, time } from "./parts";
import { texts } from "./texts";

/** Steps of processes that are stuck, tried again. */

interface Incident {
  id: string;
  name: string;
  version: number;
  stepName: string;
  node: string | null;
  kind: string;
  since: string;
  error: string;
  tries: number;
}

const words = texts.administration;

export function incidents(context: PageContext): HTMLElement {
  const host = h("div", {});
  void loaded(host, () => context.api.json<{ incidents: Incident[] }>("/api/incidents"), (found) => batch({
    items: found.incidents, title: words.stuck, heads: words.stuckHeads, filter: words.stuckFilter, nothing: words.noStuck,
    row, label: (each) => each.id, subject: (each) => texts.tasks.version(each.name, each.version), words: (each) => `${each.name} ${each.stepName} ${each.node ?? ""} ${each.error}`,
    repairs: [{ word: words.retry, preview: words.stuckPreview, really: words.stuckReally, progress: words.progress, ask: (each) => context.api.send("POST", `/api/incidents/${encodeURIComponent(each.id)}/retries`) }],
  }, context), context.gone);
  return host;
}

function row(each: Incident): Child[] {
  return [h("a", { href: `#/deployments/${each.name}/${each.version}` }, texts.tasks.version(each.name, each.version)), each.stepName, each.node ?? "",
    badge(each.kind === "failed" ? "bad" : "warn", words.stuckKinds[each.kind] ?? each.kind), each.tries, each.error, time(each.since)];
}
