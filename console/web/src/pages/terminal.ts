import type { Signed, Version } from "../documents/signed";
import { base64, toBase64, utf8 } from "../ledger/bytes";
import type { PageContext } from "./context";
import { h, show } from "./dom";
import { draft, failure, field, spent } from "./parts";
import { texts } from "./texts";
import type { Trust } from "./trust";
import type { Envelope } from "../terminal/handshake";

/** A terminal into a machine. What is typed and shown is sealed in this page and on the node; the server carries it. */

const words = texts.terminal;
/** Milliseconds for which the page's size must stay as it is before the machine is told of it. */
const SETTLED = 150;
const KEYS: Record<string, string> = {
  Enter: "\r", Backspace: "\x7f", Tab: "\t", Escape: "\x1b", ArrowUp: "\x1b[A", ArrowDown: "\x1b[B", ArrowRight: "\x1b[C", ArrowLeft: "\x1b[D",
  Home: "\x1b[H", End: "\x1b[F", Delete: "\x1b[3~", PageUp: "\x1b[5~", PageDown: "\x1b[6~",
};

/** Groups that the signed document names for a machine; none if nobody may open a terminal into it. */
export function allowed(signed: Signed, machine: string): string[] {
  const machines = signed.document.get("machines");
  const found = Array.isArray(machines) ? machines.find((each) => each instanceof Map && each.get("name") === machine) : undefined;
  const groups = found instanceof Map ? found.get("terminal") : undefined;
  return Array.isArray(groups) ? groups.filter((each): each is string => typeof each === "string") : [];
}

/** What a key press types; undefined if it is the browser's. Shift and Tab together leave the terminal, or who has no pointer could not. */
export function typedBy(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "shiftKey">): string | undefined {
  if (event.metaKey || (event.key === "Tab" && event.shiftKey) || (event.ctrlKey && event.shiftKey)) {
    return undefined;
  }
  const plain = KEYS[event.key] ?? (event.key.length === 1 ? event.key : undefined);
  if (plain === undefined) {
    return undefined;
  }
  const control = event.ctrlKey && /^[a-z@[\\\]^_ ]$/i.test(plain) ? String.fromCharCode(plain.toUpperCase().charCodeAt(0) & 31) : plain;
  return event.altKey ? `\x1b${control}` : control;
}

/** For screens that are touched: their keyboard comes for a field only, and has no keys such as Escape. */
function touch(type: (text: string) => void): HTMLElement {
  const line = h("input", { name: "line", autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "send" });
  const keys = Object.entries(words.keys).map(([key, word]) => h("button", { type: "button", click: () => type(key === "Control-C" ? "\x03" : KEYS[key] ?? "") }, word));
  return h("form", { class: "touch", submit: (event) => {
    event.preventDefault();
    type(`${line.value}\r`);
    line.value = "";
  } }, field(words.line, line), h("div", { class: "buttons" }, h("button", {}, words.send), keys));
}

export function terminal(host: HTMLElement, version: Version, machine: string, node: string, known: Trust, context: PageContext): void {
  const purpose = draft(h("input", { name: "purpose", required: true, maxlength: 200, autocomplete: "off" }), `terminal/${version.name}/${machine}`);
  const button = h("button", { class: "main" }, words.open);
  const result = h("div", { role: "status", "aria-live": "polite" });
  const form = h("form", { submit: (event) => {
    event.preventDefault();
    button.disabled = true;
    show(result, h("p", { class: "quiet" }, words.opening));
    connect().catch((failed: unknown) => {
      button.disabled = false;
      show(result, failure(failed));
    });
  } }, h("p", {}, words.explain), field(words.purpose, purpose), button, result);
  const section = h("section", {}, h("h2", {}, words.of(machine)), form);
  show(host, section);
  purpose.focus();
  const path = `/api/deployments/${encodeURIComponent(version.name)}/terminals/${encodeURIComponent(machine)}`;

  const connect = async () => {
    const [{ offer, REQUEST }, { Screen }, painting] = await Promise.all([import("../terminal/handshake"), import("../terminal/screen"), import("../terminal/painter")]);
    const own = known.nodes[node]?.key ?? "";
    const key = known.keys[own];
    if (key === undefined) {
      throw new Error(words.unknownNode(node));
    }
    const wanted = offer({ deployment: version.name, version: version.version, machine, node, requester: known.me, purpose: purpose.value }, new Date());
    const signature = await context.api.sign({ name: version.name, version: version.version, payloadType: REQUEST, payload: wanted.payload });
    const request: Envelope = { payloadType: REQUEST, payload: toBase64(wanted.payload), signatures: [{ keyid: context.api.keyId, sig: toBase64(signature) }] };
    const answer = await context.api.post<Envelope>(path, utf8(JSON.stringify(request)));
    const { session, channel } = wanted.accept(answer, { id: own, spki: base64(key.publicKey) });
    spent(purpose);
    run(`${path}/${session}`, channel, Screen, painting);
  };

  const run = (address: string, channel: import("../terminal/channel").Channel, Screen: typeof import("../terminal/screen").Screen, { painter, room }: typeof import("../terminal/painter")) => {
    const closed = new AbortController();
    const over = () => closed.signal.aborted || context.gone.aborted || !section.isConnected;
    const pre = h("pre", { class: "log terminal", tabindex: 0, role: "textbox", "aria-multiline": "true", "aria-label": words.of(machine) });
    const said = h("p", { role: "status", class: "quiet" }, words.isOpen);
    const leave = () => {
      closed.abort();
      context.api.send("DELETE", address).catch(() => undefined); // it ends by itself soon
    };
    const ended = (sentence: string) => {
      said.textContent = sentence;
      leave();
    };
    let waiting: Uint8Array[] = [];
    let sending = Promise.resolve();
    /** Frames go one request after the other; what is typed meanwhile goes together. */
    const send = (frame: Promise<Uint8Array>) => {
      sending = sending.then(async () => {
        waiting.push(await frame);
      });
      sending = sending.then(async () => {
        if (waiting.length > 0 && !over()) {
          const frames = waiting.map(toBase64);
          waiting = [];
          await context.api.send("POST", `${address}/frames`, { frames });
        }
      }).catch((failed: unknown) => {
        if (!over()) {
          ended(failed instanceof Error ? failed.message : String(failed));
        }
      });
    };
    const type = (text: string) => send(channel.type(utf8(text)));
    show(section, h("h2", {}, words.of(machine)), h("div", { class: "buttons" }, h("button", { type: "button", click: () => ended(words.closed) }, words.close)), said, pre, touch((text) => over() || type(text)));
    pre.focus();
    pre.scrollIntoView({ block: "nearest" });
    const size = room(pre);
    const screen = new Screen(size.rows, size.columns, type);
    const paint = painter(pre, screen);
    send(channel.resize(size.rows, size.columns));
    paint();
    let settling: ReturnType<typeof setTimeout> | undefined;
    const resized = new ResizeObserver(() => {
      clearTimeout(settling);
      settling = setTimeout(() => {
        const { rows, columns } = room(pre);
        if (!over() && (rows !== screen.rows || columns !== screen.columns)) {
          screen.resize(rows, columns);
          paint();
          send(channel.resize(rows, columns));
        }
      }, SETTLED);
    });
    resized.observe(pre);
    context.gone.addEventListener("abort", () => resized.disconnect());
    pre.addEventListener("keydown", (event) => {
      const text = over() ? undefined : typedBy(event);
      if (text !== undefined) {
        event.preventDefault();
        type(text);
      }
    });
    pre.addEventListener("paste", (event) => {
      event.preventDefault();
      const text = event.clipboardData?.getData("text") ?? "";
      for (let at = 0; at < text.length && !over(); at += 2000) {
        type(text.slice(at, at + 2000));
      }
    });
    const listen = async (): Promise<void> => {
      while (!over()) {
        const shown = await context.api.json<{ frames: string[]; ended: boolean }>(`${address}/frames?from=${channel.next}`);
        for (const each of shown.frames) {
          const message = await channel.open(base64(each));
          if ("exit" in message) {
            paint();
            return ended(message.reason === "" ? words.exited(message.exit) : words.endedBecause(message.reason));
          }
          screen.write(message.output);
        }
        if (shown.frames.length > 0) {
          paint();
        }
        if (shown.ended) {
          return ended(words.cutOff);
        }
      }
      leave();
    };
    listen().catch((failed: unknown) => ended(failed instanceof Error ? failed.message : String(failed)));
  };
}
