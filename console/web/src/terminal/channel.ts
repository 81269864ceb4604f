import { concat, uint64 } from "../ledger/bytes";

/** One end of what is said in a terminal: every frame sealed with AES-256-GCM, its number the nonce. After one frame that is not as it must be, none is opened any more. */

export const MAX_INPUT = 8192;
const NUMBER = 8;
const TAG = 16;

export type Shown = { output: Uint8Array } | { exit: number; reason: string };

export class Channel {
  private readonly sending: Promise<CryptoKey>;
  private readonly receiving: Promise<CryptoKey>;
  private sent = 0n;
  private received = 0n;
  private broken = false;

  constructor(sending: Uint8Array, receiving: Uint8Array) {
    this.sending = key(sending, "encrypt");
    this.receiving = key(receiving, "decrypt");
  }

  /** The number of the frame that comes next. */
  get next(): bigint {
    return this.received;
  }

  /** Numbers are given in the order of the calls. */
  async type(bytes: Uint8Array): Promise<Uint8Array> {
    return this.seal(concat(Uint8Array.of(0), bytes));
  }

  async resize(rows: number, columns: number): Promise<Uint8Array> {
    return this.seal(Uint8Array.of(1, rows >> 8, rows & 255, columns >> 8, columns & 255));
  }

  private async seal(message: Uint8Array): Promise<Uint8Array> {
    const number = uint64(this.sent++);
    return concat(number, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce(number) }, await this.sending, message as BufferSource)));
  }

  async open(frame: Uint8Array): Promise<Shown> {
    if (this.broken) {
      throw new Error("frame: follows one that was refused");
    }
    this.broken = true;
    const number = frame.slice(0, NUMBER);
    if (frame.length < NUMBER + TAG || new DataView(number.buffer).getBigUint64(0) !== this.received) {
      throw new Error("frame: one is missing, or came twice");
    }
    let message: Uint8Array;
    try {
      message = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce(number) }, await this.receiving, frame.slice(NUMBER)));
    } catch {
      throw new Error("frame: was not sealed by the node, or was changed on its way");
    }
    this.received++;
    this.broken = false;
    switch (message[0]) {
      case 2:
        return { output: message.slice(1) };
      case 3:
        return { exit: message[1] ?? 255, reason: new TextDecoder().decode(message.slice(2)) };
      default:
        throw new Error("frame: is nothing that a node says");
    }
  }
}

const key = (bytes: Uint8Array, use: "encrypt" | "decrypt") => crypto.subtle.importKey("raw", bytes as BufferSource, "AES-GCM", false, [use]);
const nonce = (number: Uint8Array) => concat(new Uint8Array(4), number) as BufferSource;
