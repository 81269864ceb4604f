import { h, type Child } from "./dom";
import { table } from "./parts";

/** Pixels above and below what is seen within which rows are in the document. */
const NEAR = 1500;

/**
 * A table whose rows come page by page, also many thousands of them: pages that are far from what is seen are taken out of the document, and a gap of their
 * height keeps their place. Their rows can be changed all the same, and are shown so when they come back.
 */
export class LongTable {
  readonly element: HTMLElement;
  readonly #caption: string;
  readonly #heads: string[];
  readonly #table: HTMLTableElement;
  readonly #pages = new Map<Element, HTMLTableRowElement[]>();
  readonly #near = new IntersectionObserver((seen) => seen.forEach((each) => this.#moved(each)), { rootMargin: `${NEAR}px 0px` });
  #count = 0;

  constructor(caption: string, heads: string[]) {
    this.#caption = caption;
    this.#heads = heads;
    this.element = table(caption, heads, [], true);
    this.element.classList.add("long");
    this.#table = this.element.querySelector("table") as HTMLTableElement;
    this.#table.tBodies[0]?.remove();
  }

  /**
   * @param rows the cells of each further row
   * @param more whether others will follow
   * @returns the rows, in the same order
   */
  append(rows: Child[][], more: boolean): HTMLTableRowElement[] {
    const page = table(this.#caption, this.#heads, rows, true).querySelector("tbody") as HTMLTableSectionElement;
    const fresh = [...page.rows];
    fresh.forEach((row) => row.setAttribute("aria-rowindex", String(++this.#count + 1))); // the first is that of the heads
    this.#table.setAttribute("aria-rowcount", String(more ? -1 : this.#count + 1));
    this.#table.append(page);
    this.#pages.set(page, fresh);
    this.#near.observe(page);
    return fresh;
  }

  /** Ends with its page. */
  close(): void {
    this.#near.disconnect();
  }

  #moved(seen: IntersectionObserverEntry): void {
    const rows = this.#pages.get(seen.target) ?? [];
    const absent = rows[0]?.isConnected !== true;
    if (seen.isIntersecting && absent) {
      seen.target.replaceChildren(...rows);
    } else if (!seen.isIntersecting && !absent && !seen.target.contains(document.activeElement)) {
      const gap = h("td", { colspan: this.#heads.length });
      gap.style.height = `${seen.boundingClientRect.height}px`;
      seen.target.replaceChildren(h("tr", { class: "gap", "aria-hidden": "true" }, gap));
    }
  }
}
