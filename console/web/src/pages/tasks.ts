import type { Page, PageContext, Paged } from "./context";
import { h, show, type Child } from "./dom";
import { empty, followed, loaded, named, table, time } from "./parts";
import { taskPage } from "./task";
import { texts } from "./texts";
import { trust } from "./trust";

/** What waits for whoever opened the key, and what waits for others. */

interface Waiting {
  name: string;
  version: number;
  kind: string;
  requester: string;
  submittedAt: string;
  openSeats: string[];
  approvedBy: string[];
  approvalDueAt: string | null;
  quorum: number | null;
}

const words = texts.tasks;

export const tasksPage: Page = (host, context) => {
  const [name, version] = context.rest.split("/").map(decodeURIComponent);
  if (name !== undefined && version !== undefined) {
    taskPage(host, context, name, version);
    return;
  }
  const list = h("div", {});
  show(host, h("h1", {}, words.title), list);
  const look = () => void loaded(list, async () => {
    const { me } = await trust(context.api);
    const mine = me === "" ? [] : (await context.api.json<Paged<Waiting>>(`/api/tasks?limit=500&person=${encodeURIComponent(me)}`)).items;
    return { me, mine, all: await context.api.json<Paged<Waiting>>("/api/tasks?limit=100") };
  }, ({ me, mine, all }) => {
    const rest = h("div", {});
    more(rest, all, me, context);
    return [
      h("section", {}, h("h2", {}, words.mine), mine.length === 0 ? empty(words.nothing) : rows(words.mine, mine, context)),
      h("section", {}, h("h2", {}, words.others), rest),
    ];
  }, context.gone);
  look();
  followed(context, () => true, look);
};

/** A page of what waits for others, with a button for the next. */
function more(host: HTMLElement, page: Paged<Waiting>, me: string, context: PageContext): void {
  const others = page.items.filter((each) => !each.openSeats.includes(me));
  const rest = h("div", {});
  const next = () => void loaded(rest, () => context.api.json<Paged<Waiting>>(`/api/tasks?limit=100&cursor=${encodeURIComponent(page.next ?? "")}`), (following) => {
    const inside = h("div", {});
    more(inside, following, me, context);
    return inside;
  }, context.gone);
  show(rest, page.next !== null && h("button", { type: "button", click: next }, texts.more));
  show(host, others.length === 0 && page.next === null ? empty(words.nothingElse) : others.length > 0 && rows(words.others, others, context), rest);
}

function rows(caption: string, items: Waiting[], context: PageContext): Child {
  return table(caption, words.heads, items.map((each) => [
    h("a", { href: `#/tasks/${each.name}/${each.version}`, click: (event) => {
      event.preventDefault();
      context.go(`/tasks/${each.name}/${each.version}`);
    } }, words.version(each.name, each.version)),
    words.kinds[each.kind] ?? each.kind, named(each.requester), time(each.submittedAt), each.approvalDueAt === null ? "" : time(each.approvalDueAt), words.signedBy(each.approvedBy, each.quorum)]), true);
}
