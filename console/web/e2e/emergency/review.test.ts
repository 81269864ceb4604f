import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, entered, faults, fits, gone, launch, LIMIT, shot } from "../browser";

/** EMERGENCY is a deployment whose version 1 was an emergency that alice asked for, has ended, and was reviewed by nobody. */
const emergency = process.env["EMERGENCY"] ?? "";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

it("lists what is owed, and leaves the review to others than who asked for the emergency", async () => {
  const page = await entered(browser, { as: "alice" });
  await gone(page, "Administration");
  const row = page.getByRole("table", { name: "Emergencies that nobody has reviewed" }).getByRole("row").filter({ hasText: `${emergency} version 1` });
  await row.getByText("by somebody else than who asked for it").waitFor();
  await row.getByText("overdue").waitFor();
  await accessible(page);
  await page.close();
}, LIMIT);

it("writes a review, shows it as it is signed, and submits it", async () => {
  const page = await entered(browser);
  await gone(page, "Administration");
  await page.getByRole("button", { name: `Review ${emergency} version 1` }).click();
  await page.getByRole("button", { name: "Show what is signed" }).click();
  await page.getByText("Say what was found.").waitFor();
  await page.getByLabel("Verdict").selectOption("not-justified");
  await page.getByLabel("Findings").fill("there was time");
  await page.getByRole("button", { name: "Show what is signed" }).click();
  await page.getByText("Says what was found of an emergency").waitFor();
  await page.getByRole("definition").filter({ hasText: `${emergency} version 1` }).waitFor();
  await accessible(page);
  await shot(page, "emergency-review");
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await page.getByRole("button", { name: "Sign and submit" }).click();
  await page.getByRole("heading", { level: 1, name: `review-${emergency} version 1` }).waitFor();
  await page.getByRole("definition").filter({ hasText: "there was time" }).waitFor();
  expect(await page.getByRole("alert").count(), "the server says what the bytes say").toBe(0);
  await page.close();
  expect(faults).toEqual([]);
}, LIMIT);
