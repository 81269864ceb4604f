/** What both kinds of drawings, processes and decision tables, can do. */

export interface Finding {
  /** Id of the element; empty if it is the file. */
  element: string;
  name: string;
  rule: string;
  wrong: string;
  right: string;
}

export interface Drawing {
  xml(): Promise<string>;
  /** Shows these faults at their elements, in the place of those that were shown. */
  mark(findings: Finding[]): void;
  /** Brings an element to sight; false if it is not drawn. */
  go(id: string): boolean;
  undo(): void;
  redo(): void;
  destroy(): void;
}
