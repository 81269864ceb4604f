import { expect, it } from "vitest";
import { changes, demands } from "./rules";

it("says of a rule which changes it is about, and never more than these", () => {
  expect(changes()).toBe("every change");
  expect(changes({})).toBe("every change");
  expect(changes({ exposed: true })).toBe("changes that are open to the internet");
  expect(changes({ kinds: ["create", "change"], environments: ["production"], machines: 10, memory: "64GiB" }))
    .toBe("changes of the kind create or change, in production, with 10 machines or more, with 64GiB of memory or more");
  expect(changes({ moon: "full" })).toBe('changes with moon "full"');
});

it("says of a rule all that it demands", () => {
  expect(demands({ groups: { approver: 2, security: 1 } })).toBe("2 of approver; 1 of security");
  expect(demands({ weight: { least: 5, people: { carol: 3 }, groups: { approver: 2 } }, validity: "PT72H" })).toBe("weights of 5 together (carol: 3, each of approver: 2); a decision within PT72H of when it was written");
  expect(demands({ signers: ["bob", "dave"], windows: [{ days: ["mon", "tue"], from: "08:00", to: "16:00" }] })).toBe("bob and dave; a decision in a window: mon, tue 08:00–16:00 UTC");
  expect(demands({ blood: true })).toBe("with blood true");
});
