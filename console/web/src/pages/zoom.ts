import { h } from "./dom";
import { texts } from "./texts";

/** How large a diagram is drawn: whole at first, larger and smaller by buttons and by two fingers, and moved by one where it is larger than its room. */

/** In pixels from the corner of its room. */
interface Point {
  x: number;
  y: number;
}

export interface Canvas {
  /** Without a level tells the scale that is there. */
  zoom(level?: string | number, center?: "auto" | Point): number;
  scroll(by: { dx: number; dy: number }): void;
  scrollToElement(element: string, padding: number): void;
  resized(): void;
}

export interface Zoom {
  /** Brings an element into sight, once, where the whole diagram is too small to be read and nobody has looked closer yet. */
  near(element: string): void;
  end(): void;
}

const words = texts.diagrams;
/** So much of the room a diagram takes that is fitted into it: texts beside its outermost elements are not counted. */
const MARGIN = 0.93;
const STEP = 1.5;
const [SMALLEST, LARGEST] = [0.1, 4];
/** At a smaller scale nobody reads what stands in a diagram. */
const READABLE = 0.35;
const CLOSE = 0.75;
/** Pixels around what is brought into sight. */
const PADDING = 60;

export function zoomable(host: HTMLElement, canvas: Canvas): Zoom {
  let whole = true;
  let shown = false;
  const look = (scale: number, around: "auto" | Point = "auto") => {
    whole = false;
    host.classList.add("larger");
    canvas.zoom(Math.min(LARGEST, Math.max(SMALLEST, scale)), around);
  };
  const fit = () => {
    whole = true;
    host.classList.remove("larger");
    canvas.zoom(canvas.zoom("fit-viewport", "auto") * MARGIN, "auto");
  };
  const button = (sign: string, word: string, click: () => void) => h("button", { type: "button", "aria-label": word, title: word, click }, sign);
  host.append(h("div", { class: "zoom" }, button("+", words.larger, () => look(canvas.zoom() * STEP)), button("−", words.smaller, () => look(canvas.zoom() / STEP)), button("⤢", words.whole, fit)));
  fit();
  let width = host.clientWidth;
  const resized = new ResizeObserver(() => {
    if (host.clientWidth !== width && host.clientWidth > 0) {
      width = host.clientWidth;
      canvas.resized();
      if (whole) {
        fit();
      }
    }
  });
  resized.observe(host);
  moved(host, canvas, () => !whole);
  pinched(host, canvas, look);
  return {
    near(element) {
      if (whole && !shown && canvas.zoom() < READABLE) {
        look(CLOSE);
        canvas.scrollToElement(element, PADDING);
      }
      shown = true;
    },
    end: () => resized.disconnect(),
  };
}

/** The browser would draw the whole page larger, or, where a finger moves the diagram, nothing. */
function pinched(host: HTMLElement, canvas: Canvas, look: (scale: number, around: Point) => void): void {
  let begun: { apart: number; scale: number } | undefined;
  const between = (fingers: TouchList) => {
    const [one, other] = [fingers.item(0), fingers.item(1)];
    if (fingers.length !== 2 || one === null || other === null) {
      return undefined;
    }
    const corner = host.getBoundingClientRect();
    return { apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY), middle: { x: (one.clientX + other.clientX) / 2 - corner.x, y: (one.clientY + other.clientY) / 2 - corner.y } };
  };
  host.addEventListener("touchstart", (event) => {
    const now = between(event.touches);
    begun = now && { apart: Math.max(1, now.apart), scale: canvas.zoom() };
    if (begun !== undefined) {
      event.preventDefault();
    }
  }, { passive: false });
  host.addEventListener("touchmove", (event) => {
    const now = between(event.touches);
    if (begun !== undefined && now !== undefined) {
      event.preventDefault();
      look(begun.scale * now.apart / begun.apart, now.middle);
    }
  }, { passive: false });
  ["touchend", "touchcancel"].forEach((ended) => host.addEventListener(ended, () => {
    begun = undefined;
  }));
}

/** The viewer follows the mouse alone. */
function moved(host: HTMLElement, canvas: Canvas, may: () => boolean): void {
  let last: { x: number; y: number } | undefined;
  host.addEventListener("pointerdown", (event) => {
    last = event.pointerType === "touch" && event.isPrimary && may() ? { x: event.clientX, y: event.clientY } : undefined;
  });
  host.addEventListener("pointermove", (event) => {
    if (last !== undefined && event.isPrimary) {
      canvas.scroll({ dx: event.clientX - last.x, dy: event.clientY - last.y });
      last = { x: event.clientX, y: event.clientY };
    }
  });
  ["pointerup", "pointercancel"].forEach((ended) => host.addEventListener(ended, () => {
    last = undefined;
  }));
}
