import type { Deputy } from "../documents/signed";
import type { Page, PageContext, Paged } from "./context";
import { ownStandingIn } from "./deputies";
import { h, show, type Child } from "./dom";
import { empty, failure, followed, loaded, named, table, time } from "./parts";
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
  /** A server of the release before does not tell them: both answer while it is replaced. */
  deputies?: Deputy[];
  approvalDueAt: string | null;
  quorum: number | null;
}

const words = texts.tasks;

export const tasksPage: Page = (host, context) => {
  const [name, version] = context.rest.split("/").map(decodeURIComponent);
  if (name !== undefined && version !== undefined) {
    void import("./task").then(({ taskPage }) => context.gone.aborted || taskPage(host, context, name, version), () => show(host, failure(texts.frame.notLoaded))); // with it comes the code that verifies
    return;
  }
  const list = h("div", {});
  show(host, h("h1", {}, words.title), list);
  let pages = 1; // how many were asked for: so many are looked at again when something happened
  const look = () => void loaded(list, async () => {
    const { me } = await trust(context.api);
    const mine = me === "" ? [] : (await context.api.json<Paged<Waiting>>(`/api/tasks?limit=500&person=${encodeURIComponent(me)}`)).items;
    return { me, mine, all: await waiting(pages, context) };
  }, ({ me, mine, all }) => {
    const others = all.items.filter((each) => !each.openSeats.includes(me));
    return [
      h("section", {}, h("h2", {}, words.mine), mine.length === 0 ? empty(words.nothing) : rows(words.mine, mine, me, context)),
      h("section", {}, h("h2", {}, words.others), others.length === 0 && all.next === null ? empty(words.nothingElse) : others.length > 0 && rows(words.others, others, me, context),
        all.next !== null && h("button", { type: "button", click: () => {
          pages++;
          look();
        } }, texts.more)),
    ];
  }, context.gone);
  look();
  followed(context, () => true, look);
};

/** So many pages of what waits for anybody, as one. */
async function waiting(pages: number, context: PageContext): Promise<Paged<Waiting>> {
  const all: Paged<Waiting> = { items: [], next: "" };
  for (let page = 0; page < pages && all.next !== null; page++) {
    const following = await context.api.json<Paged<Waiting>>(`/api/tasks?limit=100${all.next === "" ? "" : `&cursor=${encodeURIComponent(all.next)}`}`);
    all.items.push(...following.items);
    all.next = following.next;
  }
  return all;
}

function rows(caption: string, items: Waiting[], me: string, context: PageContext): Child {
  return table(caption, words.heads, items.map((each) => [
    [h("a", { href: `#/tasks/${each.name}/${each.version}`, click: (event) => {
      event.preventDefault();
      context.go(`/tasks/${each.name}/${each.version}`);
    } }, words.version(each.name, each.version)), (each.deputies ?? []).filter(({ person }) => person === me).map((deputy) => ownStandingIn(deputy, deputy.from))],
    words.kinds[each.kind] ?? each.kind, named(each.requester), time(each.submittedAt), each.approvalDueAt === null ? "" : time(each.approvalDueAt), words.signedBy(each.approvedBy, each.quorum)]), true);
}
