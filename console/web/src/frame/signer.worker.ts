import type { SigningKey } from "./composite";
import { KeyFaultError, openKey, type KeyFault } from "./keyfile";
import { type DocumentQuestion, type RequestQuestion, signDocument, signRequest } from "./statements";

/** Holds the private key. It is asked to sign a request or a document, and builds what is signed itself; bytes to sign are never handed to it. */

export type Question = { open: string; passphrase: string } | { request: RequestQuestion } | { document: DocumentQuestion };
export type Answer = { id: string } | { headers: Record<string, string> } | { signature: Uint8Array } | { failure: string; fault?: KeyFault };

let key: SigningKey | undefined;

self.addEventListener("message", (event: MessageEvent<{ number: number } & Question>) => {
  const answer = (given: Answer) => self.postMessage({ number: event.data.number, ...given });
  work(event.data).then(answer, (failed: unknown) => answer({ failure: failed instanceof Error ? failed.message : String(failed), ...(failed instanceof KeyFaultError && { fault: failed.fault }) }));
});

async function work(question: Question): Promise<Answer> {
  if ("open" in question) {
    key = await openKey(question.open, question.passphrase);
    return { id: key.id };
  }
  if (key === undefined) {
    throw new Error("key: is not open");
  }
  if ("request" in question) {
    return { headers: await signRequest(key, question.request, new Date()) };
  }
  return { signature: await signDocument(key, question.document) };
}
