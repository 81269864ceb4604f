/** Leaves out of the palette what no model of ours may hold: the check would refuse it at once. */

const NOT_OURS = ["create.data-object", "create.data-store", "create.participant-expanded", "create.intermediate-event", "create.task"];
const LATE = 400;

class OurPalette {
  static $inject = ["palette"];

  constructor(palette: { registerProvider(priority: number, provider: object): void }) {
    palette.registerProvider(LATE, this);
  }

  getPaletteEntries() {
    return (entries: Record<string, object>) => Object.fromEntries(Object.entries(entries).filter(([name]) => !NOT_OURS.includes(name)));
  }
}

export const paletteModule = { __init__: ["zosPalette"], zosPalette: ["type", OurPalette] };
