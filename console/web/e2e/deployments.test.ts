import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, address, entered, faults, fits, focused, gone, launch, LIMIT, PATIENCE, shot } from "./browser";
import { liar } from "./liar";

/** Deployments, looked at and asked to change. RUNNING is one of alice whose version 1 runs; it is paused and resumed here, and is at version 3 then. */
const running = process.env["RUNNING"] ?? "";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

async function at(page: Page, name: string): Promise<void> {
  await gone(page, "Deployments");
  await page.getByLabel("Part of the name").fill(name);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await page.locator(".djs-element").first().waitFor();
}

it("lists deployments and finds them by name, state and who is waited for", async () => {
  const page = await entered(browser);
  await gone(page, "Deployments");
  await page.getByRole("link", { name: running, exact: true }).waitFor();
  await accessible(page);
  await shot(page, "deployments");
  await page.getByLabel("State").selectOption("running");
  await page.getByLabel("Part of the name").pressSequentially(running.slice(0, 3));
  await page.getByRole("row").filter({ hasText: running }).getByText("running").waitFor();
  await page.getByRole("link", { name: running, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: running, exact: true }).waitFor();
  await page.getByRole("link", { name: "All deployments" }).click();
  await page.getByRole("link", { name: running, exact: true }).waitFor();
  expect([await page.getByLabel("State").inputValue(), await page.getByLabel("Part of the name").inputValue()], "the list is narrowed as it was").toEqual(["running", running.slice(0, 3)]);
  await page.getByLabel("Waits for").fill("nobody-at-all");
  await page.getByText("No deployment fits.").waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByLabel("Waits for").fill("");
  await page.getByRole("link", { name: running, exact: true }).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await accessible(page);
  await shot(page, "phone-deployments");
  await page.close();
}, LIMIT);

it("shows where one is in its diagram, what happened, what runs, and what it wrote", async () => {
  const page = await entered(browser);
  await at(page, running);
  await page.locator(".place.done").first().waitFor({ state: "attached" });
  await page.getByText("The process has ended.").waitFor();
  await page.getByRole("listitem").filter({ hasText: "approved" }).first().waitFor();
  expect(await page.getByRole("link", { name: `${running}.example` }).getAttribute("href")).toBe(`http://${running}.example/`);
  await page.getByRole("button", { name: "Logs of web" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("log", { name: "Logs of web" }).getByText(/GET|url:|response:/).waitFor();
  await accessible(page);
  await shot(page, "deployment");
  await page.emulateMedia({ colorScheme: "dark" });
  await shot(page, "deployment-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await accessible(page);
  await shot(page, "phone-deployment");
  const start = page.locator(".djs-element").first();
  const width = async () => (await start.boundingBox())?.width ?? 0;
  const before = await width();
  await page.getByRole("button", { name: "Draw it larger" }).press("Enter");
  await expect.poll(width, { message: "who has a phone can read it" }).toBeGreaterThan(1.3 * before);
  await page.getByRole("button", { name: "Show all of it" }).press("Enter");
  await expect.poll(async () => Math.round(await width())).toBe(Math.round(before));
  await page.getByRole("button", { name: "Close the logs" }).click();
  expect(await focused(page.getByRole("button", { name: "Logs of web" })), "the keyboard is where it was").toBe(true);
  await page.getByRole("button", { name: "Usage of web" }).click();
  await page.getByText(/Memory: [0-9.]+ [KM]iB of [0-9.]+ MiB allowed/).waitFor();
  await page.getByText(/Processors: [0-9.]+ of [0-9.]+ allowed/).waitFor();
  expect((await page.locator(".curve polyline").last().getAttribute("points"))?.length).toBeGreaterThan(0);
  await fits(page);
  await accessible(page);
  await shot(page, "phone-usage");
  await page.setViewportSize({ width: 1280, height: 800 });
  await shot(page, "usage-dark");
  await page.getByRole("button", { name: "Close the usage" }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByLabel("Reason; it is signed").fill("what would it be?");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByText("it is not in the role requester of the trust root. Whose are: alice.").waitFor();
  expect(await page.getByRole("button", { name: "Sign and submit" }).count(), "bob hears before he signs that he may not ask").toBe(0);
  await accessible(page);
  await page.getByRole("button", { name: "Leave it" }).click();
  await page.close();
}, LIMIT);

it("plans to bring a version back from the bytes that were approved then, and leaves it", async () => {
  const page = await entered(browser, { as: "alice" });
  await gone(page, "Administration");
  await page.getByRole("table", { name: "Roles and groups" }).waitFor();
  const known = await page.getByText("There are no emergency changes.").count() === 0;
  await at(page, running);
  await page.getByLabel("Bring back what a version said").selectOption("1");
  expect(await page.getByLabel("As an emergency").count(), "offered where the trust root knows emergencies").toBe(known ? 1 : 0);
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.getByRole("cell", { name: "nothing changes" }).first().waitFor();
  await page.getByText("2 of bob, carol, dave").waitFor();
  await accessible(page);
  await shot(page, "rollback");
  await page.getByRole("button", { name: "Leave it" }).click();
  expect(await focused(page.getByRole("button", { name: "Plan it" })), "the keyboard is where it was").toBe(true);
  await page.getByRole("button", { name: "Sign and submit" }).waitFor({ state: "detached" });
  await page.close();
}, LIMIT);

it("pauses and resumes by what is signed here, seen by another browser as it happens", async () => {
  const [alice, bob, carol, watching] = [await entered(browser, { as: "alice" }), await entered(browser), await entered(browser, { as: "carol" }), await entered(browser, { as: "dave" })];
  await gone(watching, "Deployments");
  await watching.getByText("live", { exact: true }).waitFor();
  const row = watching.getByRole("row").filter({ has: watching.getByRole("link", { name: running, exact: true }) });
  await row.getByText("running").waitFor();
  for (const [order, version, end] of [["Pause", 2, "paused"], ["Resume", 3, "running"]] as const) {
    await at(alice, running);
    await alice.getByRole("button", { name: order, exact: true }).click();
    await alice.getByText("Say why").waitFor();
    await alice.getByLabel("Reason; it is signed").fill("the auditors are here");
    await alice.getByRole("button", { name: order, exact: true }).click();
    await alice.getByRole("button", { name: "Sign and submit" }).waitFor();
    await accessible(alice);
    await alice.keyboard.press("Enter");
    await alice.locator(".place.here").first().waitFor({ state: "attached" });
    await row.getByText("waiting for approvals").waitFor();
    await shot(alice, `deployment-${order.toLowerCase()}`);
    for (const page of [bob, carol]) {
      await gone(page, "My tasks");
      await page.getByRole("table", { name: "Waiting for you" }).getByRole("link", { name: `${running} version ${version}`, exact: true }).click();
      await page.getByText("the auditors are here").first().waitFor();
      await page.getByText(`It is version 1, which is ${version === 2 ? "running" : "paused"}, says the server. Its bytes are signed by alice, bob, carol.`).waitFor();
      await page.getByRole("table", { name: "Machines" }).getByRole("cell", { name: "compute-1", exact: true }).waitFor();
      await page.getByRole("button", { name: "Approve" }).click();
      await page.getByRole("button", { name: "Sign it" }).click();
      await page.getByText("You have signed it.").or(page.getByText("nothing is to be decided")).waitFor();
    }
    await row.getByText(end, { exact: true }).waitFor({ timeout: PATIENCE });
    await alice.getByText("The process has ended.").waitFor();
  }
  await Promise.all([alice, bob, carol, watching].map((page) => page.close()));
}, 2 * PATIENCE);

it("keeps a list that was read further, and brings its rows up to date as things happen", async () => {
  // Pages are cut behind their first row, as if there were many more deployments; what follows is the server's own answer to "More".
  const server = await liar(address, (path, answer) => {
    const items = answer["items"] as { name: string }[] | undefined;
    if (path.startsWith("/api/deployments?") && path.endsWith("cursor=") && items !== undefined && items.length > 1) {
      Object.assign(answer, { items: items.slice(0, 1), next: items[0]?.name });
    }
  });
  const [alice, watching] = [await entered(browser, { as: "alice" }), await entered(browser, { as: "dave", at: server.address })];
  await gone(watching, "Deployments");
  await watching.getByText("live", { exact: true }).waitFor();
  const row = watching.getByRole("row").filter({ has: watching.getByRole("link", { name: running, exact: true }) });
  const further = async () => {
    await watching.getByText("1 or more found").waitFor();
    await watching.getByRole("button", { name: "More" }).click();
    await row.waitFor();
    return watching.locator("tbody tr").count();
  };
  const rows = await further();
  expect(rows).toBeGreaterThan(1);
  await row.getByRole("link").focus();
  await at(alice, running);
  await alice.getByLabel("Reason; it is signed").fill("not for long");
  await alice.getByRole("button", { name: "Pause", exact: true }).click();
  await alice.getByRole("button", { name: "Sign and submit" }).click();
  await row.getByText("waiting for approvals").waitFor();
  await row.getByRole("cell", { name: "4", exact: true }).waitFor();
  await row.getByRole("cell", { name: "pause", exact: true }).waitFor();
  await row.getByText("bob, carol, dave").waitFor();
  expect(await watching.locator("tbody tr").count(), "the list is not taken away").toBe(rows);
  expect(await focused(row.getByRole("link")), "nor the keyboard").toBe(true);
  await accessible(watching);
  await shot(watching, "deployments-further");

  await watching.getByLabel("State").selectOption("approval");
  const waiting = await further();
  await alice.goto(`${address}#/tasks/${running}/4`);
  await alice.getByLabel("Reason, if you do not approve").fill("it was for the test");
  await alice.getByRole("button", { name: "Withdraw" }).click();
  await row.getByText("withdrawn").waitFor();
  await row.getByText("bob, carol, dave").waitFor({ state: "detached" });
  expect(await watching.locator("tbody tr").count(), "what fits no longer stays until one looks anew").toBe(waiting);
  await watching.getByText("Something has changed since").waitFor();
  await watching.getByRole("button", { name: "Look anew" }).click();
  await row.waitFor({ state: "detached" });
  await Promise.all([alice, watching].map((page) => page.close()));
  await server.close();
}, PATIENCE);

it("keeps of a long list in the document only what is near the view, and its place all the same", async () => {
  const [pages, page] = [4, 100];
  const name = (number: number) => `many-${String(number).padStart(3, "0")}`;
  const server = await liar(address, (path, answer) => {
    if (path.startsWith("/api/deployments?")) {
      const from = Number(new URLSearchParams(path.split("?")[1]).get("cursor")?.slice("many-".length) ?? 0);
      const items = Array.from({ length: page }, (_, i) => ({ name: name(from + i), version: 1, kind: "deployment", state: "running", message: "", requester: "alice", submittedAt: "2026-11-27T00:00:00Z", openSeats: [] }));
      Object.assign(answer, { items, next: from + page < pages * page ? name(from + page) : null });
    }
  });
  const reader = await entered(browser, { as: "dave", at: server.address });
  await gone(reader, "Deployments");
  const row = (number: number) => reader.getByRole("link", { name: name(number), exact: true });
  for (let read = 1; read < pages; read++) {
    await row((read - 1) * page).waitFor({ state: "attached" });
    await reader.getByRole("button", { name: "More" }).click();
    await row(read * page).waitFor();
  }
  await reader.getByText(`${pages * page} found`, { exact: true }).waitFor();
  const height = () => reader.evaluate(() => document.documentElement.scrollHeight);
  const tall = await height();
  await row(0).waitFor({ state: "detached" });
  await reader.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await row(pages * page - 1).waitFor();
  expect(await reader.locator("tbody tr:not([aria-hidden])").count(), "rows in the document").toBeLessThanOrEqual(2 * page);
  expect(Math.abs((await height()) - tall), "pixels that the page has moved").toBeLessThanOrEqual(2);
  await accessible(reader);
  await reader.evaluate(() => scrollTo(0, 0));
  await row(0).waitFor();
  await row(pages * page - 1).waitFor({ state: "detached" });
  expect(Math.abs((await height()) - tall), "pixels that the page has moved").toBeLessThanOrEqual(2);
  await reader.close();
  await server.close();
}, PATIENCE);

it("broke no rule of its Content-Security-Policy, and threw nothing", () => {
  expect(faults).toEqual([]);
});
