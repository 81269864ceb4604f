import type { SigningKey } from "./composite";
import { openKey } from "./keyfile";

/** Holds the private key. What comes out is the key's id and signatures, never the key. */

export type Question = { number: number } & ({ open: string; passphrase: string } | { sign: Uint8Array });
export type Answer = { number: number } & ({ id: string } | { signature: Uint8Array } | { failure: string });

let key: SigningKey | undefined;

self.addEventListener("message", (event: MessageEvent<Question>) => {
  const question = event.data;
  const answer = (rest: { id: string } | { signature: Uint8Array } | { failure: string }) => self.postMessage({ number: question.number, ...rest });
  work(question).then(answer, (failed: unknown) => answer({ failure: failed instanceof Error ? failed.message : String(failed) }));
});

async function work(question: Question): Promise<{ id: string } | { signature: Uint8Array }> {
  if ("open" in question) {
    key = await openKey(question.open, question.passphrase);
    return { id: key.id };
  }
  if (key === undefined) {
    throw new Error("No key is open.");
  }
  return { signature: key.sign(question.sign) };
}
