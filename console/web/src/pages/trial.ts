import type { Finding } from "../modeler/drawing";
import type { PageContext } from "./context";
import { h, show } from "./dom";
import { failure, field } from "./parts";
import { texts } from "./texts";

/** A decision table asked about one change, by the engine of the server; the table need not be in force. */

const words = texts.models;
const ENVIRONMENTS = ["development", "staging", "production"];
const DATA_CLASSES = ["public", "internal", "confidential", "restricted"];
const LAST_HOUR = 23;

interface Trial {
  findings: Finding[];
  rows: string[];
  people: number | null;
  groups: string[];
  least: number;
}

/**
 * @param file as it is now
 * @param heard is told which rows accept the change
 * @param keep is given what was answered, as an example in YAML; left out where there are no examples to keep
 */
export function trialForm(file: () => Promise<string>, context: PageContext, heard: (rows: string[]) => void, keep?: (example: string) => void): HTMLElement {
  const kind = h("select", { name: "kind" }, Object.entries(texts.tasks.kinds).map(([value, word]) => h("option", { value }, word)));
  const environment = h("select", { name: "environment" }, ENVIRONMENTS.map((value) => h("option", { value }, value)));
  const exposed = h("input", { type: "checkbox", name: "exposed" });
  const machines = h("input", { type: "number", name: "machines", min: 0, max: 1_000_000_000, value: 1, required: true });
  const memory = h("input", { type: "number", name: "memoryMiB", min: 0, max: 1_000_000_000, value: 64, required: true });
  const data = h("select", { name: "dataClass" }, DATA_CLASSES.map((value) => h("option", { value }, value)));
  const cost = h("input", { type: "number", name: "cost", min: 0, max: 1_000_000_000, value: 0, required: true });
  const hour = h("input", { type: "number", name: "hour", min: 0, max: LAST_HOUR, value: new Date().getUTCHours(), required: true });
  const result = h("div", { role: "status", "aria-live": "polite" });
  const ask = async () => {
    const change = { kind: kind.value, environment: environment.value, exposed: exposed.checked, machines: Number(machines.value), memoryMiB: Number(memory.value),
      dataClass: data.value, cost: Number(cost.value), hour: Number(hour.value) };
    show(result, h("p", { class: "quiet" }, texts.loading));
    try {
      const trial = await context.api.send<Trial>("POST", "/api/models/trials", { file: await file(), ...change });
      if (context.gone.aborted) {
        return;
      }
      heard(trial.rows);
      const { people } = trial;
      // A table that is in force may demand less than the rules; it is powerless then, and nobody's fault to mend here.
      const most = keep === undefined && people !== null ? Math.max(people, trial.least) : people;
      const example = `- {when: {kind: ${change.kind}, environment: ${change.environment}, exposed: ${change.exposed}, machines: ${change.machines}, memoryMiB: ${change.memoryMiB}, dataClass: ${change.dataClass}, cost: ${change.cost}, hour: ${change.hour}}, people: ${people}${
        trial.groups.length > 0 ? `, groups: [${trial.groups.join(", ")}]` : ""}}`;
      show(result,
        h("p", { class: "statement" }, most === null ? words.nothing : words.demands(most, trial.groups)),
        most !== people && people !== null && h("p", {}, words.tableDemands(people)),
        trial.rows.length > 0 && h("p", {}, words.rows(trial.rows)), h("p", { class: "quiet" }, words.least(trial.least)),
        keep !== undefined && trial.findings.length > 0 && h("ul", { class: "failure" }, trial.findings.map((each) => h("li", {}, `${each.wrong}; ${each.right}`))),
        people !== null && keep !== undefined && h("button", { type: "button", click: () => keep(example) }, words.asExample));
    } catch (failed) {
      show(result, failure(failed));
    }
  };
  return h("form", { class: "trial", submit: (event) => {
    event.preventDefault();
    void ask();
  } }, h("h2", {}, words.try),
    h("div", { class: "search" }, field(words.tryKind, kind), field(words.tryEnvironment, environment), h("label", { class: "beside-box" }, exposed, h("span", {}, words.tryExposed)), field(words.tryMachines, machines), field(words.tryMemory, memory),
      field(words.tryData, data), field(words.tryCost, cost), field(words.tryHour, hour),
      h("button", { type: "submit" }, words.try)), result);
}
