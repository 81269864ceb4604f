import { expect, it } from "vitest";
import { standingIn } from "./deputies";

const FROM = "2026-11-27T12:00:00Z";
const dave = { person: "dave", groups: ["approver", "security"], from: "2026-11-27T09:00:00Z", approver: false };
const at = (time: string, deputy = dave) => standingIn(deputy, FROM, Date.parse(time));

it("says from when on a deputy counts, by the moment that is given", () => {
  expect(at("2026-11-27T11:59:59.999Z")).toEqual({ counts: false, says: "stand in for approver, security from" });
});

it("says since when, once the time has come", () => {
  expect(at("2026-11-27T12:00:00Z")).toEqual({ counts: true, says: "stand in for approver, security since" });
});

it("lets who is an approver by themselves answer before", () => {
  expect(at("2026-11-27T09:00:00Z", { ...dave, approver: true })).toEqual({ counts: true, says: "stand in for approver, security from" });
});
