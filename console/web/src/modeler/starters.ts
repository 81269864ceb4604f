import process from "./starter.bpmn?raw";
import table from "./starter.dmn?raw";
import examples from "./starter.examples.yaml?raw";
import type { Kept } from "./drafts";

/** What a new drawing begins with. Both can be in force as they are (`bpmn/StartersTest`), as far as the trust root's rules demand no more. */

export const NAME = /^[a-z][a-z0-9-]{0,35}$/;

export function starter(language: Kept["language"], name: string): Kept {
  const named = (file: string) => file.replaceAll(/(id|name|bpmnElement)="starter"/g, `$1="${name}"`);
  return { language, name, file: named(language === "bpmn" ? process : table), examples: language === "bpmn" ? "" : examples, reason: "", changed: "" };
}
