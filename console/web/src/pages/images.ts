import type { Page, PageContext, Paged } from "./context";
import { h, show, type Child } from "./dom";
import { badge, bytes, empty, facts, failure, field, loaded, table } from "./parts";
import { texts } from "./texts";

/** What is in an image, who signed it, and what another version of it holds instead. */

interface File {
  name: string;
  kind: string;
  mode: number;
  uid: number;
  gid: number;
  size: number;
  target: string;
}

interface Signed {
  reference: string;
  signers: string[];
  contentBytes: number;
}

interface Comparison {
  complete: boolean;
  differences: { path: string; before: File | null; after: File | null }[];
}

const words = texts.images;
const FINGERPRINT = /^[0-9a-f]{64}$/;

export const imagesPage: Page = (host, context) => {
  const given = decodeURIComponent(context.rest);
  const input = h("input", { name: "reference", required: true, maxlength: 300, value: given });
  const form = h("form", { class: "search", role: "search", submit: (event) => {
    event.preventDefault();
    context.go(`/images/${encodeURIComponent(input.value.trim())}`);
  } }, field(words.reference, input), h("button", {}, words.open));
  const part = h("div", {});
  show(host, h("h1", {}, words.title), form, part);
  void (given === "" ? kept(part, context) : image(part, given, context));
};

/** Where to begin: what nodes keep. */
function kept(part: HTMLElement, context: PageContext): Promise<void> {
  return loaded(part, () => context.api.json<{ items: { name: string; status: { images: string[] } | null }[] }>("/api/nodes"), ({ items }) => {
    const nodes = new Map<string, string[]>();
    for (const node of items) {
      for (const each of node.status?.images ?? []) {
        nodes.set(each, [...(nodes.get(each) ?? []), node.name]);
      }
    }
    return [
      h("p", {}, words.explain),
      nodes.size === 0 ? empty(words.noCached) : table(words.cached, words.cachedHeads, [...nodes].map(([each, on]) => [h("a", { href: `#/images/${each}`, click: (event) => {
        event.preventDefault();
        context.go(`/images/${each}`);
      } }, h("code", {}, each)), on.join(", ")])),
    ];
  }, context.gone);
}

/** A fingerprint stands for itself; a name for what its signers say. */
async function find(given: string, context: PageContext): Promise<{ fingerprint: string; signed?: Signed }> {
  if (FINGERPRINT.test(given)) {
    return { fingerprint: given };
  }
  const signed = await context.api.json<Signed>(`/api/images/signers?reference=${encodeURIComponent(given)}`);
  return { fingerprint: signed.reference.slice(signed.reference.indexOf("@sha256:") + "@sha256:".length), signed };
}

function image(part: HTMLElement, given: string, context: PageContext): Promise<void> {
  return loaded(part, () => find(given, context), ({ fingerprint, signed }) => {
    const tree = h("div", {});
    void directory(tree, fingerprint, "/", context);
    return [
      facts([
        [words.fingerprint, h("code", {}, fingerprint)],
        [words.signers, signed === undefined ? words.unsigned : signed.signers.map((each) => badge("good", each))],
        ...(signed === undefined ? [] : [[words.content, bytes(signed.contentBytes)] as [string, Child]]),
      ]),
      tree,
      comparison(fingerprint, context),
    ];
  }, context.gone);
}

function directory(part: HTMLElement, fingerprint: string, path: string, context: PageContext, cursor = ""): Promise<void> {
  const query = `path=${encodeURIComponent(path)}&cursor=${encodeURIComponent(cursor)}&limit=200`;
  const open = (to: string) => void directory(part, fingerprint, to, context).then(() => part.querySelector("button")?.focus());
  const parent = path.slice(0, path.lastIndexOf("/")) || "/";
  return loaded(part, () => context.api.json<Paged<File>>(`/api/images/${fingerprint}/tree?${query}`), ({ items, next }) => [
    path !== "/" && h("button", { type: "button", click: () => open(parent) }, words.up),
    items.length === 0 ? empty(words.emptyDirectory) : table(words.tree(path), words.heads, items.map((file) => [
      file.kind === "directory" ? h("button", { type: "button", class: "link", click: () => open(`${path === "/" ? "" : path}/${file.name}`) }, `${file.name}/`)
        : file.target === "" ? file.name : `${file.name} → ${file.target}`,
      file.kind,
      size(file),
      file.mode.toString(8).padStart(4, "0"),
      `${file.uid}:${file.gid}`,
    ])),
    next !== null && h("button", { type: "button", click: () => void directory(part, fingerprint, path, context, next) }, texts.more),
  ], context.gone);
}

function size(file: File): string {
  return file.kind === "directory" ? words.names(file.size) : bytes(file.size);
}

function comparison(fingerprint: string, context: PageContext): HTMLElement {
  const input = h("input", { name: "other", required: true, maxlength: 300 });
  const result = h("div", { "aria-live": "polite" });
  const compare = async () => {
    try {
      const other = await find(input.value.trim(), context);
      await loaded(result, () => context.api.json<Comparison>(`/api/images/comparison?before=${fingerprint}&after=${other.fingerprint}`), differences, context.gone);
    } catch (failed) {
      show(result, failure(failed));
    }
  };
  return h("section", {}, h("h2", {}, words.compare), h("form", { class: "search", submit: (event) => {
    event.preventDefault();
    void compare();
  } }, field(words.other, input), h("button", {}, words.compare)), result);
}

function differences(found: Comparison): Child {
  if (found.differences.length === 0) {
    return empty(words.equal);
  }
  return [
    table(words.differences, words.differenceHeads, found.differences.map(({ path, before, after }) => [
      h("code", {}, path),
      before === null ? badge("good", words.added) : after === null ? badge("bad", words.removed) : badge("warn", words.changed),
      before === null ? "" : size(before),
      after === null ? "" : size(after),
    ])),
    !found.complete && h("p", {}, words.cut),
  ];
}
