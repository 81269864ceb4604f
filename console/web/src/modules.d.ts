// Libraries that bring no types of their own: as much of them as is used.
declare module "dmn-js/lib/NavigatedViewer" {
  export default class Viewer {
    constructor(options: { container: HTMLElement });
    importXML(xml: string): Promise<unknown>;
    getViews(): { type: string }[];
    open(view: { type: string }): Promise<unknown>;
    destroy(): void;
  }
}
declare module "bpmn-js-differ" {
  export function diff(before: unknown, after: unknown): Record<"_added" | "_removed" | "_changed" | "_layoutChanged", Record<string, unknown>>;
}
declare module "dmn-js/lib/Modeler" {
  export default class Modeler {
    constructor(options: { container: HTMLElement });
    importXML(xml: string): Promise<unknown>;
    saveXML(options: { format: boolean }): Promise<{ xml: string }>;
    getViews(): { type: string }[];
    open(view: { type: string }): Promise<unknown>;
    getActiveViewer(): { get(name: "eventBus"): { on(event: string, listener: () => void): void }; get(name: "commandStack"): { undo(): void; redo(): void } };
    destroy(): void;
  }
}
declare module "bpmn-js-properties-panel" {
  export const BpmnPropertiesPanelModule: unknown;
  export const BpmnPropertiesProviderModule: unknown;
  export function useService(name: string): unknown;
}
declare module "bpmn-js-element-templates" {
  export const ElementTemplatesPropertiesProviderModule: unknown;
}
declare module "camunda-bpmn-moddle/resources/camunda.json" {
  const descriptor: unknown;
  export default descriptor;
}
declare module "@bpmn-io/properties-panel" {
  export function TextAreaEntry(properties: object): unknown;
  export function isTextAreaEntryEdited(node: unknown): boolean;
}
