import { isTextAreaEntryEdited, TextAreaEntry } from "@bpmn-io/properties-panel";
import { jsx } from "@bpmn-io/properties-panel/preact/jsx-runtime";
import { useService } from "bpmn-js-properties-panel";
import { texts } from "../pages/texts";

/**
 * What the properties panel shows: of its own groups those that a model of ours may have something of, and one more, under which condition a flow out of a gateway is
 * taken, in the language of models (docs/models.md).
 */

interface Flow {
  type: string;
  source?: { type: string };
  businessObject: { conditionExpression?: { body: string } };
}

interface Panel {
  registerProvider(priority: number, provider: object): void;
}

const LATE = 400;
const OURS = ["general", "documentation", "timer", "error"];

class ConditionProvider {
  static $inject = ["propertiesPanel"];

  constructor(panel: Panel) {
    panel.registerProvider(LATE, this);
  }

  getGroups(element: Flow) {
    const conditional = element.type === "bpmn:SequenceFlow" && element.source?.type === "bpmn:ExclusiveGateway";
    return (groups: { id: string }[]) => [...groups.filter((each) => OURS.includes(each.id) || each.id.startsWith("ElementTemplates__")), ...(conditional ? [{
      id: "zos-condition", label: texts.models.condition, entries: [{ id: "zos-condition-text", component: Condition, isEdited: isTextAreaEntryEdited, element }],
    }] : [])];
  }
}

function Condition({ element }: { element: Flow }): unknown {
  const modeling = useService("modeling") as { updateProperties(element: Flow, properties: object): void };
  const factory = useService("bpmnFactory") as { create(type: string, attributes: object): unknown };
  return jsx(TextAreaEntry as never, {
    element, id: "zos-condition-text", label: texts.models.conditionLabel, description: texts.models.conditionHelp, debounce: useService("debounceInput"),
    getValue: () => element.businessObject.conditionExpression?.body ?? "",
    setValue: (body: string | undefined) => modeling.updateProperties(element, {
      conditionExpression: body === undefined || body.trim() === "" ? undefined : factory.create("bpmn:FormalExpression", { body, language: "zos" }),
    }),
  } as never);
}

export const conditionModule = { __init__: ["zosCondition"], zosCondition: ["type", ConditionProvider] };
