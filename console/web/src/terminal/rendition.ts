/** How a character looks: what the SGR sequences of ECMA-48 say that a page can show, with the 256 colours of xterm and those of 24 bits. */

/** One of the palette from 0 to 255, or red, green and blue. */
export type Colour = number | readonly [number, number, number];

export interface Rendition {
  /** Undefined: the screen's own. */
  readonly foreground: Colour | undefined;
  readonly background: Colour | undefined;
  readonly bold: boolean;
  readonly underlined: boolean;
  readonly inverse: boolean;
}

export const PLAIN: Rendition = { foreground: undefined, background: undefined, bold: false, underlined: false, inverse: false };

const BRIGHT = 8;

/** @param parameters of an SGR sequence, such as `1;31`; what is unknown among them changes nothing */
export function rendered(before: Rendition, parameters: string): Rendition {
  const asked = parameters.split(";");
  let now = before;
  for (let at = 0; at < asked.length; at++) {
    const [code = "", ...inner] = (asked[at] ?? "").split(":");
    const number = Number(code);
    if (number === 38 || number === 48) {
      const given = inner.length > 0 ? inner : asked.slice(at + 1, at + 5);
      const { colour, taken } = extended(given, inner.length > 0);
      now = { ...now, ...(number === 38 ? { foreground: colour ?? now.foreground } : { background: colour ?? now.background }) };
      at += inner.length > 0 ? 0 : taken;
    } else if (/^[0-9]{0,3}$/.test(code)) {
      now = changed(now, number);
    }
  }
  return now;
}

/**
 * A colour as `5;n` or `2;r;g;b`. Between colons the latter may have the name of a colour space before it.
 *
 * @returns how many parameters it took, also if they were no colour
 */
function extended(given: string[], colons: boolean): { colour?: Colour; taken: number } {
  const byte = (text: string | undefined) => (text !== undefined && /^[0-9]{1,3}$/.test(text) && Number(text) <= 255 ? Number(text) : undefined);
  if (given[0] === "5") {
    const index = byte(given[1]);
    return { taken: 2, ...(index !== undefined && { colour: index }) };
  }
  if (given[0] === "2") {
    const [red, green, blue] = (colons && given.length > 4 ? given.slice(2) : given.slice(1)).map(byte);
    return { taken: 4, ...(red !== undefined && green !== undefined && blue !== undefined && { colour: [red, green, blue] as const }) };
  }
  return { taken: 1 };
}

function changed(now: Rendition, code: number): Rendition {
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...now, bold: true };
    case 4:
      return { ...now, underlined: true };
    case 7:
      return { ...now, inverse: true };
    case 22:
      return { ...now, bold: false };
    case 24:
      return { ...now, underlined: false };
    case 27:
      return { ...now, inverse: false };
    case 39:
      return { ...now, foreground: undefined };
    case 49:
      return { ...now, background: undefined };
    default:
      return code >= 30 && code <= 37 ? { ...now, foreground: code - 30 } : code >= 40 && code <= 47 ? { ...now, background: code - 40 }
        : code >= 90 && code <= 97 ? { ...now, foreground: code - 90 + BRIGHT } : code >= 100 && code <= 107 ? { ...now, background: code - 100 + BRIGHT } : now;
  }
}
