import { sha256 } from "@noble/hashes/sha2.js";
import { hex, toBase64, utf8 } from "../ledger/bytes";
import type { Api } from "../pages/context";

/** The REST interface, each request signed (RFC 9421) in the profile that the server's OpenAPI description states. */

const COMPONENTS = '("@method" "@path" "@query" "content-digest")';
const LIMIT = 20_000;

interface Signer {
  keyId: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** The three headers of a request. */
export async function signed(signer: Signer, method: string, target: string, body: Uint8Array, now: Date, nonce: Uint8Array): Promise<Record<string, string>> {
  const digest = `sha-256=:${toBase64(sha256(body))}:`;
  const parameters = `${COMPONENTS};created=${Math.floor(now.getTime() / 1000)};nonce="${hex(nonce)}";keyid="${signer.keyId}";alg="mldsa65-ed25519"`;
  const question = target.indexOf("?");
  const path = question < 0 ? target : target.slice(0, question);
  const query = question < 0 ? "?" : target.slice(question);
  const base = `"@method": ${method}\n"@path": ${path}\n"@query": ${query}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
  const signature = await signer.sign(utf8(base));
  return { "Content-Digest": digest, "Signature-Input": `zos=${parameters}`, Signature: `zos=:${toBase64(signature)}:` };
}

export function api(signer: Signer): Api {
  const ask = async (method: string, target: string, body?: unknown): Promise<Response> => {
    const content = body === undefined ? new Uint8Array() : utf8(JSON.stringify(body));
    const headers = await signed(signer, method, target, content, new Date(), crypto.getRandomValues(new Uint8Array(16)));
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    if (method === "POST") {
      headers["Idempotency-Key"] = crypto.randomUUID();
    }
    const response = await fetch(target, { method, headers, signal: AbortSignal.timeout(LIMIT), ...(content.length > 0 && { body: content as BodyInit }) }).catch(() => {
      throw new Error("The server does not answer.");
    });
    if (!response.ok) {
      throw new Error(await problem(response));
    }
    return response;
  };
  return {
    json: async <T>(path: string) => (await ask("GET", path)).json() as Promise<T>,
    text: async (path) => (await ask("GET", path)).text(),
    bytes: async (path) => new Uint8Array(await (await ask("GET", path)).arrayBuffer()),
    send: async <T>(method: "POST" | "DELETE", path: string, body?: unknown) => {
      const text = await (await ask(method, path, body)).text();
      return (text === "" ? undefined : JSON.parse(text)) as T;
    },
  };
}

/** What a problem document (RFC 9457) says, in one sentence. */
async function problem(response: Response): Promise<string> {
  try {
    const { title, detail } = (await response.json()) as { title?: string; detail?: string };
    return [title, detail].filter(Boolean).join(": ") || `The server answered ${response.status}.`;
  } catch {
    return `The server answered ${response.status}.`;
  }
}
