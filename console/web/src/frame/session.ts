import { texts } from "../pages/texts";
import type { Answer, Question } from "./signer.worker";
import type { DocumentQuestion, RequestQuestion } from "./statements";

/** A key that somebody opened in this page. It ends with the page. */
export interface Session {
  keyId: string;
  /** Whether an agent holds the key, which asks its owner at a terminal of its own before it signs a document. */
  agent: boolean;
  /** The headers that sign a request. */
  signRequest(request: RequestQuestion): Promise<Record<string, string>>;
  /** A signature over a document, if the document says of itself what the question says of it. */
  signDocument(document: DocumentQuestion): Promise<Uint8Array>;
  end(): void;
}

export async function openSession(pem: string, passphrase: string): Promise<Session> {
  const worker = new Worker(new URL("./signer.worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, { done(answer: Answer): void; failed(why: Error): void }>();
  let last = 0;
  worker.addEventListener("message", (event: MessageEvent<{ number: number } & Answer>) => {
    const who = waiting.get(event.data.number);
    waiting.delete(event.data.number);
    if ("failure" in event.data) {
      who?.failed(new Error(event.data.fault === undefined ? event.data.failure : texts.frame.keyFaults[event.data.fault]));
    } else {
      who?.done(event.data);
    }
  });
  const ask = (question: Question) =>
    new Promise<Answer>((done, failed) => {
      waiting.set(++last, { done, failed });
      worker.postMessage({ number: last, ...question });
    });
  try {
    const opened = await ask({ open: pem, passphrase });
    return {
      keyId: "id" in opened ? opened.id : "",
      agent: false,
      signRequest: async (request) => {
        const answer = await ask({ request });
        return "headers" in answer ? answer.headers : {};
      },
      signDocument: async (document) => {
        const answer = await ask({ document });
        return "signature" in answer ? answer.signature : new Uint8Array();
      },
      end: () => worker.terminate(),
    };
  } catch (failed) {
    worker.terminate();
    throw failed;
  }
}
