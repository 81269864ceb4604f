import "./style.css";
import { door } from "./frame/door";
import { api } from "./frame/api";
import { feed } from "./frame/feed";
import type { Session } from "./frame/session";
import { h, show } from "./pages/dom";
import { failure, HEARD, noticePresses } from "./pages/parts";
import { texts } from "./pages/texts";
import type { Page } from "./pages/context";

/** The console: a door at which a key is opened, then pages, each loaded when it is first gone to. */

const PAGES: Record<string, { title: string; load: () => Promise<Page> }> = {
  tasks: { title: texts.tasks.title, load: async () => (await import("./pages/tasks")).tasksPage },
  deployments: { title: texts.deployments.title, load: async () => (await import("./pages/deployments")).deploymentsPage },
  nodes: { title: texts.nodes.title, load: async () => (await import("./pages/nodes")).nodesPage },
  images: { title: texts.images.title, load: async () => (await import("./pages/images")).imagesPage },
  processes: { title: texts.processes.title, load: async () => (await import("./pages/processes")).processesPage },
  ledger: { title: texts.ledger.title, load: async () => (await import("./pages/ledger")).ledgerPage },
  administration: { title: texts.administration.title, load: async () => (await import("./pages/administration")).administrationPage },
};

/** Milliseconds that a page's code is waited for. */
const PATIENCE = 20_000;
/** Milliseconds for which what stands below waits for what is still loading above it. */
const ARRIVAL = 2_000;

const app = document.querySelector("#app");
if (app === null) {
  throw new Error("index.html has no element #app");
}
noticePresses();
begin(app);

function begin(host: Element): void {
  show(host, h("main", { class: "door" }, h("h1", {}, texts.frame.title), door((session) => inside(host, session))));
}

function inside(host: Element, session: Session): void {
  const main = h("main", { id: "main", tabindex: -1 });
  const links = Object.entries(PAGES).map(([name, { title }]) => h("a", { href: `#/${name}` }, title));
  const context = api(session);
  const state = h("span", { class: "live", role: "status" }, texts.frame.connecting);
  const who = h("span", { class: "who" });
  const named = async () => {
    const { trust } = await import("./pages/trust");
    const { me } = await trust(context);
    who.textContent = me;
    who.title = texts.frame.key(me);
  };
  let silent = false;
  const happening = feed(session, (heard) => {
    const words = heard ? texts.frame.live : texts.frame.lost;
    if (heard && silent) {
      dispatchEvent(new Event(HEARD));
    }
    silent = !heard;
    if (heard && who.textContent === "") {
      named().catch(() => undefined); // what cannot be looked at now is looked at when the server is heard again
    }
    if (state.textContent !== words) {
      state.textContent = words;
    }
  });
  let leave = new AbortController();
  const go = (path: string) => {
    location.hash = path;
  };
  const turn = async () => {
    leave.abort();
    const here = new AbortController();
    leave = here;
    const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
    const [name = "", ...rest] = path.split("/");
    const known = PAGES[name] === undefined ? "tasks" : name;
    links.forEach((link, index) => (Object.keys(PAGES)[index] === known ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current")));
    links.find((link) => link.hasAttribute("aria-current"))?.scrollIntoView({ block: "nearest", inline: "center" }); // on a narrow screen they stand in a line that is moved
    document.title = `${PAGES[known]?.title} · ${texts.frame.title}`;
    const part = h("div", { class: "page" }, h("p", { class: "quiet late", role: "status" }, texts.loading));
    show(main, part);
    try {
      const page = await patiently(PAGES[known]?.load());
      if (!here.signal.aborted) {
        // What stands below a part that is not there yet waits for it, though not for long.
        part.classList.add("fresh");
        setTimeout(() => part.classList.remove("fresh"), ARRIVAL);
        page?.(part, { api: context, rest: rest.join("/"), query: new URLSearchParams(query), go, gone: here.signal, follow: (listener) => happening.follow(listener, here.signal) });
      }
    } catch {
      show(part, failure(texts.frame.notLoaded, () => onTurn()));
    }
  };
  const close = () => {
    removeEventListener("hashchange", onTurn);
    leave.abort();
    happening.end();
    session.end();
    begin(host);
  };
  const onTurn = () => void turn().then(() => main.focus());
  addEventListener("hashchange", onTurn);
  show(host,
    h("a", { class: "skip", href: "#main", click: (event) => { event.preventDefault(); main.focus(); } }, texts.frame.skip),
    h("header", {}, h("strong", {}, h("span", { class: "whole" }, texts.frame.title), h("span", { class: "short", "aria-hidden": true }, texts.frame.short)), h("nav", { "aria-label": texts.frame.pages, focusin: (event) => (event.target as Element).scrollIntoView({ block: "nearest", inline: "nearest" }) }, links), state, who, h("button", { type: "button", click: close }, texts.frame.close)),
    main);
  onTurn();
}

/** A server that is dead can leave a request without an answer for minutes. */
function patiently<T>(work: T | Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_, failed) => setTimeout(() => failed(new Error(texts.frame.away)), PATIENCE))]);
}
