import type { ChangeNews } from "../pages/context";
import { EventStreamReader } from "./eventstream";
import type { Session } from "./session";

/** What happens on the server, told to the pages as long as a key is open. `EventSource` cannot sign its request; so the stream is fetched. */

const STREAM = "/api/events/stream";
/** Milliseconds without even a comment after which a connection counts as lost; the server speaks every ten seconds. */
const SILENCE = 30_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

export interface Feed {
  follow(listener: (news: ChangeNews) => void, gone: AbortSignal): void;
  end(): void;
}

/** @param live is told whether the server is heard */
export function feed(session: Session, live: (heard: boolean) => void): Feed {
  const listeners = new Set<(news: ChangeNews) => void>();
  const ended = new AbortController();
  void keepOn((news) => listeners.forEach((each) => each(news)), session, live, ended.signal);
  return {
    follow(listener, gone) {
      listeners.add(listener);
      gone.addEventListener("abort", () => listeners.delete(listener));
    },
    end: () => ended.abort(),
  };
}

async function keepOn(tell: (news: ChangeNews) => void, session: Session, live: (heard: boolean) => void, ended: AbortSignal): Promise<void> {
  let last = "";
  let pause = FIRST_PAUSE;
  while (!ended.aborted) {
    const begun = Date.now();
    try {
      await listen(last, session, ended, (id, news) => {
        last = id;
        pause = FIRST_PAUSE;
        live(true);
        tell(news);
      });
    } catch {
      live(false);
    }
    if (Date.now() - begun > SILENCE) {
      continue; // it was heard for long; and the server ends every stream now and then, to have it proved anew who listens
    }
    await waited(pause * (0.5 + Math.random() / 2), ended);
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  }
}

async function listen(last: string, session: Session, ended: AbortSignal, heard: (id: string, news: ChangeNews) => void): Promise<void> {
  const headers = await session.signRequest({ method: "GET", target: STREAM, body: new Uint8Array() });
  const connection = new AbortController();
  const end = () => connection.abort();
  ended.addEventListener("abort", end);
  addEventListener("offline", end);
  let silence = setTimeout(end, SILENCE);
  try {
    const response = await fetch(STREAM, { headers: { ...headers, ...(last !== "" && { "Last-Event-ID": last }) }, signal: connection.signal });
    if (!response.ok || response.body === null) {
      throw new Error(`the stream is answered ${response.status}`);
    }
    const reader = new EventStreamReader();
    const text = new TextDecoder();
    for (let pieces = response.body.getReader(), piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE);
      for (const event of reader.read(text.decode(piece.value, { stream: true }))) {
        if (event.name === "change") {
          heard(event.id, JSON.parse(event.data) as ChangeNews);
        } else if (event.name === "ready") {
          heard(event.id, (JSON.parse(event.data) as { complete: boolean }).complete ? "nothing" : "anything");
        }
      }
    }
  } finally {
    clearTimeout(silence);
    ended.removeEventListener("abort", end);
    removeEventListener("offline", end);
  }
}

/** Waits, but not beyond the end, nor longer than until the network is back. */
function waited(millis: number, ended: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      ended.removeEventListener("abort", over);
      done();
    };
    const timer = setTimeout(over, millis);
    addEventListener("online", over);
    ended.addEventListener("abort", over);
  });
}
