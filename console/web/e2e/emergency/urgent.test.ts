import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, entered, faults, launch, LIMIT, PATIENCE, shot } from "../browser";

/** EMERGENCY is a deployment whose version 2 is an emergency that waits for one person. */
const emergency = process.env["EMERGENCY"] ?? "";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

it("says before all else that it is an emergency, and one approval starts it", async () => {
  const page = await entered(browser, { as: "carol" });
  await page.getByRole("table", { name: "Waiting for you" }).getByRole("link", { name: `${emergency} version 2`, exact: true }).click();
  const band = page.getByRole("alert").filter({ hasText: "THIS IS AN EMERGENCY CHANGE" });
  await band.getByText("Fewer people approve it than usual").waitFor();
  await band.getByText("the shop is down").waitFor();
  await accessible(page);
  await shot(page, "emergency-task");
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("button", { name: "Sign it" }).click();
  await page.getByText("It is running; nothing is to be decided.").waitFor({ timeout: PATIENCE });
  await page.evaluate((to) => (location.hash = to), `#/deployments/${emergency}/2`);
  await page.getByText("Emergency, ends in").waitFor();
  await page.getByText("It is reviewed when it has ended.").waitFor();
  await accessible(page);
  await shot(page, "emergency-deployment");
  await page.close();
  expect(faults).toEqual([]);
}, PATIENCE);
