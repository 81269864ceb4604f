import { base64 } from "../ledger/bytes";
import type { Page, PageContext } from "./context";
import { deadLetters } from "./deadletters";
import { h, show, type Child } from "./dom";
import { emergencies } from "./emergencies";
import { incidents } from "./incidents";
import { badge, empty, facts, loaded, table, time } from "./parts";
import { changes, demands, type Rule } from "./rules";
import { texts } from "./texts";
import { webhooks } from "./webhooks";

/** Who may do what by which rules, who is told of it, and how this server is set up. Nothing here changes a trust root: that is signed elsewhere. */

interface RootView {
  version: number;
  digest: string;
  expires: string;
  envelope: string;
  index: number | null;
  nodes: { node: string; state: string; message: string }[];
}

interface Role {
  keys: string[];
  threshold: number;
  deputies?: string[];
}

interface TrustRoot {
  keys: Record<string, { person: string }>;
  roles: Record<string, Role>;
  groups?: Record<string, Role>;
  policy: Rule[];
  emergency?: { require: Record<string, unknown>; longest: string };
  promoted?: string[];
}

const words = texts.administration;
const DAY = 86_400_000;
const SOON = 30;
/** What the server calls the sources of values that nobody gave. */
const DEFAULTS = ["default", "catalogue"];

export const administrationPage: Page = (host, context) => {
  const dead = deadLetters(context);
  show(host, h("h1", {}, words.title),
    h("section", {}, h("h2", {}, words.stuck), incidents(context)),
    h("section", {}, h("h2", {}, texts.emergencies.title), emergencies(context)),
    part(words.root, context, () => context.api.json<RootView>("/api/trust-roots/current"), trustRoot),
    h("section", {}, h("h2", {}, words.webhooks), webhooks(context, dead.look)),
    h("section", {}, h("h2", {}, words.dead), dead.part),
    part(words.settings, context, () => context.api.json<{ items: Setting[] }>("/api/settings"), settings));
};

/** Each part loads by itself: who may not see one still sees the others. */
function part<T>(title: string, context: PageContext, load: () => Promise<T>, render: (value: T) => Child): HTMLElement {
  const inside = h("div", {});
  void loaded(inside, load, render, context.gone);
  return h("section", {}, h("h2", {}, title), inside);
}

function trustRoot(view: RootView): Child {
  const envelope = JSON.parse(new TextDecoder().decode(base64(view.envelope))) as { payload: string };
  const root = JSON.parse(new TextDecoder().decode(base64(envelope.payload))) as TrustRoot;
  const groups = { ...root.roles, ...root.groups };
  const people = new Map<string, string[]>();
  for (const [id, key] of Object.entries(root.keys)) {
    people.set(key.person, [...(people.get(key.person) ?? []), id]);
  }
  const persons = (ids: string[]) => [...new Set(ids.map((id) => root.keys[id]?.person ?? id))].sort().join(", ");
  return [
    facts([
      [words.version, view.version],
      [words.expires, [time(view.expires), " ", expiry(view.expires)]],
      [words.digest, h("code", {}, view.digest)],
      [words.sealed, view.index ?? words.pinned],
    ]),
    view.nodes.length > 0 && table(words.rootNodes, words.rootNodeHeads, view.nodes.map((each) => [each.node, badge(each.state === "refused" ? "bad" : each.state === "in-force" ? "good" : "warn", each.state), each.message])),
    table(words.people, words.peopleHeads, [...people].sort().map(([name, keys]) => [name,
      Object.entries(groups).filter(([, role]) => role.keys.some((key) => keys.includes(key))).map(([each]) => each).join(", "),
      keys.map((key) => h("code", { title: key, class: "key" }, key.slice(0, 16)))])),
    table(words.roles, words.roleHeads, Object.entries(groups).map(([name, role]) => [name, role.threshold,
      [persons(role.keys), role.deputies !== undefined && role.deputies.length > 0 && h("small", {}, words.deputies(persons(role.deputies)))]])),
    h("h3", {}, words.policy),
    root.policy.length === 0 ? empty(words.noRules) : h("ul", { class: "plain" }, root.policy.map((rule) => h("li", {}, h("strong", {}, words.rule(rule.name)), ": ", words.when, " ", changes(rule.match), " ", words.demands, " ", demands(rule.require)))),
    h("p", {}, root.emergency === undefined ? texts.emergencies.noRule : texts.emergencies.rule(demands(root.emergency.require), root.emergency.longest)),
    root.promoted !== undefined && root.promoted.length > 0 && h("p", {}, words.promoted(root.promoted.join(", "))),
  ];
}

function expiry(at: string): HTMLElement {
  const days = Math.floor((Date.parse(at) - Date.now()) / DAY);
  return days < 0 ? badge("bad", words.expired) : badge(days < SOON ? "warn" : "good", words.soon(days));
}

interface Setting {
  key: string;
  value: string;
  source: string;
  description: string;
}

function settings({ items }: { items: Setting[] }): Child {
  return table(words.settings, words.settingHeads, items.map((each) => [h("code", {}, each.key), each.value === "" ? texts.none : h("code", {}, each.value),
    DEFAULTS.includes(each.source) ? words.default : h("strong", {}, each.source), each.description.split("`").map((text, index) => (index % 2 === 1 ? h("code", {}, text) : text))]), true);
}
