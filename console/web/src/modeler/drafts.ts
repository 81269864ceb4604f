/** Drawings that nobody has signed yet, kept on this computer: they outlive the page, the session and the browser. The server never hears of them. */

export interface Kept {
  language: "bpmn" | "dmn";
  /** The id of the process or the decision. */
  name: string;
  file: string;
  /** Of a decision table, in YAML. */
  examples: string;
  reason: string;
  /** When it was changed last, in ISO 8601. */
  changed: string;
}

const STORE = "drafts";

export const drafts = {
  get: (name: string) => inside<Kept | undefined>("readonly", (store) => store.get(name)),
  /** In the order of their names. */
  all: () => inside<Kept[]>("readonly", (store) => store.getAll()),
  keep: (draft: Kept) => inside("readwrite", (store) => store.put(draft)),
  drop: (name: string) => inside("readwrite", (store) => store.delete(name)),
};

/** Answers when it is written, not when it is going to be. */
async function inside<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((done, failed) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(request.result as T);
      transaction.onabort = () => failed(transaction.error ?? new Error("drafts: the browser does not keep them"));
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = indexedDB.open("zos", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "name" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error("drafts: the browser does not keep them"));
  });
}
