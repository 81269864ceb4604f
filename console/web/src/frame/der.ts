/** As much of DER (X.690) as a private key file needs; anything else is refused. */

export const SEQUENCE = 0x30;
export const BITS = 0x03;
export const OCTETS = 0x04;
export const OID = 0x06;
export const INTEGER = 0x02;

export class Der {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get more(): boolean {
    return this.at < this.bytes.length;
  }

  /** The next value's content; it must have this tag. */
  read(tag: number): Uint8Array {
    if (this.bytes[this.at] !== tag) {
      throw new Error(`key: DER value ${tag} is expected at byte ${this.at} (is: ${this.bytes[this.at] ?? "the end"})`);
    }
    let length = this.byte(this.at + 1);
    let start = this.at + 2;
    if (length > 0x80 && length <= 0x83) {
      const count = length - 0x80;
      length = 0;
      for (let i = 0; i < count; i++) {
        length = length * 256 + this.byte(start++);
      }
    } else if (length >= 0x80) {
      throw new Error(`key: has a DER length that is not understood at byte ${this.at}`);
    }
    if (start + length > this.bytes.length) {
      throw new Error("key: ends in the middle of a DER value");
    }
    this.at = start + length;
    return this.bytes.slice(start, start + length);
  }

  inside(tag: number): Der {
    return new Der(this.read(tag));
  }

  private byte(at: number): number {
    const value = this.bytes[at];
    if (value === undefined) {
      throw new Error("key: ends in the middle of a DER value");
    }
    return value;
  }
}

/** A value with its tag and length. */
export function der(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  const whole = new Uint8Array(head.length + length);
  whole.set(head);
  let at = head.length;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
