import { utf8 } from "../ledger/bytes";
import { Refusal, Silence, type Api, type Fault } from "../pages/context";
import { texts } from "../pages/texts";
import type { Session } from "./session";

/** The REST interface, each request signed by the worker that holds the key. */

/** How long an answer is waited for, in milliseconds: of what is looked up, and of what is worked on, such as an approval that is the last or an audit bundle. */
const LOOK = 20_000;
const WORK = 180_000;
const NOT_MODIFIED = 304;

/** So many answers are kept, to be told that they are still the same: pages look at them again whenever something happened. */
const MOST_KEPT = 30;

export function api(session: Session): Api {
  const kept = new Map<string, { tag: string; text: string }>();
  const ask = async (method: string, target: string, patience: number, content: Uint8Array = new Uint8Array(), tag = ""): Promise<Response> => {
    const headers = await session.signRequest({ method, target, body: content });
    if (tag !== "") {
      headers["If-None-Match"] = tag;
    }
    if (content.length > 0) {
      headers["Content-Type"] = "application/json";
    }
    if (method === "POST" && !target.endsWith("/frames")) { // a terminal's frames are numbered, and the node takes none twice
      headers["Idempotency-Key"] = crypto.randomUUID();
    }
    const response = await heard(fetch(target, { method, headers, signal: AbortSignal.timeout(patience), ...(content.length > 0 && { body: content as BodyInit }) }));
    if (!response.ok && response.status !== NOT_MODIFIED) {
      throw await refusal(response);
    }
    return response;
  };
  const looked = async (path: string): Promise<string> => {
    const before = kept.get(path);
    const response = await ask("GET", path, LOOK, undefined, before?.tag);
    const text = before !== undefined && response.status === NOT_MODIFIED ? before.text : await heard(response.text());
    const tag = response.headers.get("ETag") ?? before?.tag ?? "";
    kept.delete(path);
    if (tag !== "") {
      kept.set(path, { tag, text });
      [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT)).forEach((each) => kept.delete(each));
    }
    return text;
  };
  return {
    json: async <T>(path: string) => JSON.parse(await looked(path)) as T,
    text: async (path) => heard((await ask("GET", path, LOOK)).text()),
    bytes: async (path) => new Uint8Array(await heard((await ask("GET", path, WORK)).arrayBuffer())),
    send: async <T>(method: "POST" | "DELETE", path: string, body?: unknown) => {
      const text = await heard((await ask(method, path, WORK, body === undefined ? undefined : utf8(JSON.stringify(body)))).text());
      return (text === "" ? undefined : JSON.parse(text)) as T;
    },
    post: async <T>(path: string, json: Uint8Array) => (await ask("POST", path, WORK, json)).json() as Promise<T>,
    keyId: session.keyId,
    signing: session.agent ? texts.tasks.agentAsks : texts.tasks.signing,
    sign: (document) => session.signDocument(document),
  };
}

/** An answer, or its rest, that does not come. */
function heard<T>(answer: Promise<T>): Promise<T> {
  return answer.catch(() => {
    throw new Silence(texts.frame.away);
  });
}

/** What a problem document (RFC 9457) says. */
async function refusal(response: Response): Promise<Refusal> {
  try {
    const { title, detail, faults = [] } = (await response.json()) as { title?: string; detail?: string; faults?: Fault[] };
    const said = faults.length > 1 ? faults.map((each) => texts.frame.fault(each.field, each.problem, each.value)).join("; ") : detail;
    return new Refusal([title, said].filter(Boolean).join(": ") || texts.frame.answered(response.status), response.status, faults);
  } catch {
    return new Refusal(texts.frame.answered(response.status), response.status);
  }
}
