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
