/** What the server finds wrong with a field of a request. */
export interface Fault {
  field: string;
  problem: string;
  /** What stands there; empty if there is nothing to show. */
  value: string;
}

/** The server refused; the message is its sentence, with every fault in it. */
export class Refusal extends Error {
  /** @param status of HTTP */
  constructor(message: string, readonly status: number, readonly faults: Fault[] = []) {
    super(message);
  }
}

/** The server said nothing: what was asked for is not known, and says nothing against the server. */
export class Silence extends Error {}

/** What a page gets from the frame around it. */
export interface PageContext {
  api: Api;
  /** The path behind the page's own, such as `compute-1` of `/nodes/compute-1`; empty for the page itself. */
  rest: string;
  /** What stands behind the path's question mark, such as what a list is narrowed to. */
  query: URLSearchParams;
  /** Goes to another path of the console. */
  go(path: string): void;
  /** Ends with the page: whatever listens or repeats stops then. */
  gone: AbortSignal;
  /** Is told what happens on the server, while the page is there. */
  follow(listener: (news: ChangeNews) => void): void;
}

/** A change as it is now; or that anything may have happened, or nothing has: after the connection was away. */
export type ChangeNews = { name: string; version: number; kind: string; state: string; requester: string; submittedAt: string } | "anything" | "nothing";

/** The public REST interface, with requests signed. A refusal is thrown as a {@link Refusal}, no answer as a {@link Silence}. */
export interface Api {
  json<T>(path: string): Promise<T>;
  text(path: string): Promise<string>;
  bytes(path: string): Promise<Uint8Array>;
  send<T>(method: "POST" | "DELETE", path: string, body?: unknown): Promise<T>;
  /** Posts these very bytes, which are JSON. */
  post<T>(path: string, json: Uint8Array): Promise<T>;
  /** The id of the key that is open. */
  keyId: string;
  /** What is said while a document is signed. */
  signing: string;
  /** Signs a document's own bytes with it; refused unless they say this name and version. */
  sign(document: { name: string; version: number; payloadType: string; payload: Uint8Array }): Promise<Uint8Array>;
}

/** Puts a page into an empty element. */
export type Page = (host: HTMLElement, context: PageContext) => void;

export interface Paged<T> {
  items: T[];
  next: string | null;
}
