import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, entered, faults, fits, focused, gone, launch, LIMIT, shot } from "../browser";

/** STUCK is a deployment whose first version cannot be sent, since its node is dead. */
const stuck = process.env["STUCK"] ?? "";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

it("says what a repair would touch before it touches it", async () => {
  const page = await entered(browser, { as: "alice" });
  await gone(page, "Administration");
  const table = page.getByRole("table", { name: "Steps that are stuck" });
  const row = table.getByRole("row").filter({ hasText: `${stuck} version 1` });
  await row.getByText("somebody is away").waitFor();
  await page.getByLabel("Only those whose name, step or error holds").fill("nothing holds this");
  await row.waitFor({ state: "detached" });
  await page.getByLabel("Only those whose name, step or error holds").fill(stuck.toUpperCase());
  await row.getByRole("checkbox").uncheck();
  const retry = page.getByRole("button", { name: "Try these again" }).first();
  await retry.click();
  await page.getByText("Nothing is taken.").waitFor();
  await row.getByRole("checkbox").check();
  await retry.click();
  await page.getByText(`This tries 1 step again, of ${stuck} version 1.`).waitFor();
  await page.getByRole("button", { name: "Leave it" }).press("Enter");
  expect(await focused(retry), "the keyboard is where it was").toBe(true);
  await page.keyboard.press("Enter");
  expect(await focused(page.getByRole("button", { name: "Try them" }))).toBe(true);
  await accessible(page);
  await shot(page, "stuck");
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await shot(page, "phone-stuck");
  await page.getByRole("button", { name: "Try them" }).click();
  await page.getByText("1 of 1 are tried again.").waitFor();
  await row.getByRole("link", { name: `${stuck} version 1` }).click();
  await page.getByRole("heading", { level: 1, name: stuck, exact: true }).waitFor();
  await page.close();
  expect(faults).toEqual([]);
}, LIMIT);
