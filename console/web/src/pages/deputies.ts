import type { Deputy } from "../documents/signed";
import { h } from "./dom";
import { time } from "./parts";
import { texts } from "./texts";

/** Who stands in for whom, and from when on that counts. */

const words = texts.tasks;

export interface StandingIn {
  /** Whether an approval of theirs counts at all: the time has come, or they are an approver by themselves. */
  counts: boolean;
  /** Before the moment. */
  says: string;
}

/** @param from the moment that follows from the signed bytes, where they are at hand; the server's otherwise */
export function standingIn(deputy: Deputy, from: string, now: number): StandingIn {
  const come = Date.parse(from) <= now;
  return { counts: come || deputy.approver, says: (come ? words.standsInSince : words.standsIn)(deputy.groups.join(", ")) };
}

/** For the deputy themselves: on their list, and before what they decide. */
export function ownStandingIn(deputy: Deputy, from: string): HTMLElement {
  const { counts, says } = standingIn(deputy, from, Date.now());
  return h("small", { class: "deputy" }, words.you(says), " ", time(from), counts ? "." : `. ${words.notYet}`);
}
