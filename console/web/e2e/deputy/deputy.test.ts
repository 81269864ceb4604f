import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, entered, faults, fits, gone, launch, LIMIT, shot } from "../browser";

/** DEPUTISED is a change that waits for bob and carol, for whom dave stands in from FROM on, a moment that is hours away. */
const deputised = process.env["DEPUTISED"] ?? "";
const from = process.env["FROM"] ?? "";
const ZONES = ["Pacific/Auckland", "America/New_York"];

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

/** As a reader in that zone has it. */
function there(timezoneId: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: timezoneId }).format(new Date(from));
}

it("tells a deputy on the list and at the change from when on they count, in their zone, and lets them decide nothing before", async () => {
  for (const timezoneId of ZONES) {
    const page = await entered(browser, { as: "dave", timezoneId, locale: "en-GB" });
    const row = page.getByRole("table", { name: "Waiting for you" }).getByRole("row").filter({ hasText: deputised });
    await row.getByText(`You stand in for approver from ${there(timezoneId)}. Until then nothing that you answer counts.`).waitFor();
    await accessible(page);
    await shot(page, "deputy-list");
    await page.setViewportSize({ width: 390, height: 844 });
    await fits(page);
    await row.getByRole("link", { name: `${deputised} version 1`, exact: true }).click();
    await page.getByRole("heading", { level: 2, name: "Your decision" }).waitFor();
    const moment = page.getByText("You stand in for approver from").locator("time");
    expect([await moment.textContent(), Date.parse((await moment.getAttribute("title")) ?? "")]).toEqual([there(timezoneId), Date.parse(from)]);
    expect(await page.getByRole("button", { name: "Approve" }).count(), "nothing to decide yet").toBe(0);
    expect(await page.getByRole("alert").count(), "the server says the moment that the signed bytes say").toBe(0);
    await fits(page);
    await accessible(page);
    await shot(page, "phone-deputy");
    await page.close();
  }
}, 2 * LIMIT);

it("tells approvers who stands in for them, and from when on", async () => {
  const page = await entered(browser, { as: "bob", timezoneId: "Asia/Kolkata", locale: "en-GB" });
  const row = page.getByRole("table", { name: "Waiting for you" }).getByRole("row").filter({ hasText: deputised });
  await row.waitFor();
  expect(await row.getByText("stand in").count()).toBe(0);
  await row.getByRole("link", { name: `${deputised} version 1`, exact: true }).click();
  await page.getByRole("definition").filter({ hasText: `dave for approver from ${there("Asia/Kolkata")}` }).waitFor();
  await page.getByRole("button", { name: "Approve" }).waitFor();
  await accessible(page);
  await shot(page, "deputised");
  await gone(page, "Administration");
  await page.getByRole("table", { name: "Roles and groups" }).getByRole("row").filter({ hasText: "approver" }).getByText("Deputies: dave").waitFor();
  await page.close();
  expect(faults).toEqual([]);
}, LIMIT);
