import { hex } from "../ledger/bytes";
import { sha256 } from "@noble/hashes/sha2.js";
import { texts } from "../pages/texts";
import { verify } from "./composite";
import type { Session } from "./session";
import { signDocument, signRequest } from "./statements";

/** A key that `zos agent --browser` holds on this computer: it shows its owner the bytes at a terminal of its own before it signs a document. */

const CODE = /^([1-9][0-9]{0,4})-([0-9a-f]{32})$/;

/** @param code what the agent printed: its port and a secret */
export async function openAgent(code: string): Promise<Session> {
  const [, port, secret] = CODE.exec(code.trim()) ?? [];
  if (port === undefined || secret === undefined) {
    throw new Error(texts.frame.noCode);
  }
  const ended = new AbortController();
  const ask = async (method: string, path: string, body?: Uint8Array): Promise<Uint8Array> => {
    let answer: Response;
    try {
      answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { Authorization: `Bearer ${secret}` }, cache: "no-store", credentials: "omit", signal: ended.signal,
        ...(body === undefined ? {} : { body: body as BodyInit }) });
    } catch {
      throw new Error(texts.frame.agentAway(port));
    }
    if (!answer.ok) {
      throw new Error(texts.frame.agentRefused(await answer.text()));
    }
    return new Uint8Array(await answer.arrayBuffer());
  };
  const spki = await ask("GET", "/key");
  const id = hex(sha256(spki));
  const key = { id, sign: (message: Uint8Array) => ask("POST", "/sign", message) };
  return {
    keyId: id,
    agent: true,
    signRequest: (request) => signRequest(key, request, new Date()),
    signDocument: (document) => signDocument({ id, sign: async (message) => {
      const signature = await key.sign(message);
      if (!verify(id, spki, message, signature)) {
        throw new Error(texts.frame.agentWrong);
      }
      return signature;
    } }, document),
    end: () => ended.abort(),
  };
}
