import { expect, it } from "vitest";
import { elementNames } from "./names";

const [submitted, approve] = [{ id: "submitted", name: "Submitted" }, { id: "approve", name: "Four eyes", flowElements: [{ id: "approve.open", name: "Open approval" }, { id: "approve.join" }] }];
const names = elementNames({ rootElements: [{ id: "own", name: "My own", flowElements: [submitted, approve, { id: "inner", name: "Parts", flowElements: [{ id: "part", name: "A part" }] },
  { id: "flow-1", sourceRef: submitted, targetRef: approve }, { id: "flow-2", name: " yes ", sourceRef: approve, targetRef: submitted }] }, { id: "message.undone" }] }, (id) => !id.includes("."));

it("calls what people named by their names, and what a block holds by the block's first", () => {
  expect(names.get("approve")).toBe("Four eyes");
  expect(names.get("approve.open")).toBe("Four eyes › Open approval");
  expect(names.get("approve.join")).toBe("Four eyes › join");
});

it("calls what is drawn inside of a scope by its own name", () => {
  expect(names.get("part")).toBe("A part");
});

it("calls a flow without a name by its ends, and what has no name by its id", () => {
  expect(names.get("flow-1")).toBe("Submitted → Four eyes");
  expect(names.get("flow-2")).toBe("yes");
  expect(names.get("message.undone")).toBe("message.undone");
});
