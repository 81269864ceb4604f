import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, address, entered, faults, fits, gone, launch, LIMIT, shot } from "./browser";

/** The pages about nodes, images, processes, the ledger and the server itself; bob holds the role root. */

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

it("refuses what is no key, and says so", async () => {
  const page = await browser.newPage();
  await page.goto(address);
  await accessible(page);
  await page.getByLabel("Key file").setInputFiles({ name: "wrong.pem", mimeType: "text/plain", buffer: Buffer.from("nothing") });
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("This file holds no private key.").waitFor();
  await page.getByText("Sign with your agent").click();
  await page.getByLabel("Code that the agent printed").fill("40713");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("The code is a port and 32 characters").waitFor();
  await page.getByLabel("Code that the agent printed").fill(`1-${"0".repeat(32)}`);
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("No agent answers at port 1 of this computer.").waitFor();
  await accessible(page);
  await shot(page, "door");
  await page.close();
}, LIMIT);

it("has all pages in one line of its header, each reached by keyboard, on every screen", async () => {
  const page = await entered(browser);
  for (const [width, most] of [[1440, 80], [1280, 80], [1024, 80], [390, 130]] as const) {
    await page.setViewportSize({ width, height: 844 });
    expect((await page.locator("header").boundingBox())?.height, `at ${width}`).toBeLessThanOrEqual(most);
    await page.getByRole("link", { name: "To the content" }).focus();
    for (const name of ["My tasks", "Deployments", "Nodes", "Images", "Processes", "Ledger", "Administration"]) {
      await page.keyboard.press("Tab");
      const link = page.getByRole("navigation").getByRole("link", { name, exact: true });
      expect(await link.evaluate((each) => document.activeElement === each), `${name} at ${width}`).toBe(true);
      const box = await link.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    }
    await page.keyboard.press("Tab");
    expect(await page.getByRole("button", { name: "Close the key" }).evaluate((each) => document.activeElement === each)).toBe(true);
    await fits(page);
    await accessible(page);
    await shot(page, `header-${width}`);
  }
  await page.close();
}, LIMIT);

it("shows nodes with their links, and one of them with its receipts", async () => {
  const page = await entered(browser);
  await gone(page, "Nodes");
  await page.getByRole("cell", { name: "answers" }).first().waitFor();
  await page.getByRole("img", { name: "Overlay links with their latency" }).waitFor();
  await accessible(page);
  await shot(page, "nodes");
  await page.getByRole("link", { name: "compute-1" }).click();
  await page.getByRole("table", { name: "Newest receipts" }).waitFor();
  await page.getByRole("table", { name: "Reserved" }).getByRole("link", { name: process.env["RUNNING"] ?? "", exact: true }).waitFor();
  await page.getByRole("table", { name: "Overlay links" }).getByText("gateway-1").waitFor();
  await page.getByText("Booted").waitFor();
  await accessible(page);
  await shot(page, "node");
  await page.close();
}, LIMIT);

it("verifies the ledger and an entry of it in the browser", async () => {
  const page = await entered(browser);
  await gone(page, "Ledger");
  await page.getByRole("button", { name: "Verify the ledger in this browser" }).click();
  await page.getByText(/The ledger of \d+ entries is good/).waitFor();
  await page.getByRole("button", { name: "Verify the ledger in this browser" }).click();
  await page.getByText(/It is the same that|It begins with everything/).waitFor();
  await page.getByLabel("Kind").selectOption("submitted");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: /^Verify \d+$/ }).last().click();
  await page.getByText("stands in the ledger").waitFor();
  await accessible(page);
  await shot(page, "ledger");
  await page.close();
}, LIMIT);

it("says that a ledger is not good when the server tells of another history", async () => {
  const page = await entered(browser);
  await gone(page, "Ledger");
  const verify = page.getByRole("button", { name: "Verify the ledger in this browser" });
  await verify.click();
  await page.getByText("is good").waitFor();
  await page.evaluate(() => {
    const seen = JSON.parse(localStorage.getItem("zos.ledger.seen") ?? "{}") as { size: number };
    localStorage.setItem("zos.ledger.seen", JSON.stringify({ ...seen, size: seen.size - 1, root: btoa("x".repeat(32)) }));
  });
  await verify.click();
  await page.getByText("The ledger is NOT good.").waitFor();
  await page.getByText("The ledger was rewritten").waitFor();
  await page.evaluate(() => localStorage.clear());
  await page.route("**/api/ledger/checkpoint", (route) => route.fulfill({ body: readFileSync(new URL("../../../contract/src/test/resources/vectors/checkpoint.txt", import.meta.url)) }));
  await verify.click();
  await page.getByText(/checkpoint.origin: must be/).waitFor();
  await shot(page, "ledger-bad");
  await page.close();
}, LIMIT);

it("shows what is in an image", async () => {
  const page = await entered(browser);
  await gone(page, "Images");
  await page.getByRole("table", { name: "Kept on nodes" }).getByRole("link").first().click();
  await page.getByRole("table", { name: "Files in /" }).getByRole("button").first().click();
  await page.getByRole("button", { name: "Up" }).waitFor();
  const fingerprint = decodeURIComponent(new URL(page.url()).hash).slice("#/images/".length);
  await page.getByLabel("Other image or fingerprint").fill(fingerprint);
  await page.getByRole("button", { name: "Compare with another version" }).click();
  await page.getByText("The two hold the same.").waitFor();
  await accessible(page);
  await shot(page, "images");
  await page.close();
}, LIMIT);

it("draws a process with colours, and a decision table", async () => {
  const page = await entered(browser, { colorScheme: "dark" });
  await gone(page, "Processes");
  await accessible(page);
  await shot(page, "processes");
  await page.getByRole("row").filter({ hasText: /deploy/i }).getByRole("link").first().click();
  await page.locator(".djs-element").first().waitFor();
  await page.getByRole("combobox", { name: "Colours show" }).selectOption("p95Millis");
  await page.locator(".heat").first().waitFor({ state: "attached" });
  await page.getByRole("table", { name: "Instances, the newest first" }).waitFor();
  await accessible(page);
  await shot(page, "process");
  await gone(page, "Processes");
  await page.getByRole("row").filter({ hasText: "decision table" }).getByRole("link").first().click();
  await page.locator(".tjs-table").waitFor();
  await shot(page, "decision");
  await page.close();
}, LIMIT);

it("shows who may do what, and how the server is set up", async () => {
  const page = await entered(browser);
  await gone(page, "Administration");
  await page.getByRole("table", { name: "People" }).waitFor();
  await page.getByRole("table", { name: "Settings in force" }).waitFor();
  await accessible(page);
  await shot(page, "administration");
  await page.close();
}, LIMIT);

it("is readable on a phone, in the dark, by keyboard", async () => {
  const page = await entered(browser, { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  for (const name of ["My tasks", "Nodes", "Images", "Processes", "Ledger", "Administration"]) {
    await page.getByRole("navigation").getByRole("link", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
    await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
    await fits(page);
    await accessible(page);
    await shot(page, `phone-${name.toLowerCase().replace(" ", "-")}`);
  }
  await page.close();
}, LIMIT);

it("says that the server is away, and goes on when it is back", async () => {
  const page = await entered(browser);
  await gone(page, "Ledger"); // its code is there now
  await gone(page, "Images");
  await page.context().setOffline(true);
  await gone(page, "Ledger");
  await page.getByText("The server does not answer.").first().waitFor();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).first().click();
  await page.getByRole("table", { name: "Witnesses" }).waitFor();
  await page.close();
}, LIMIT);

it("broke no rule of its Content-Security-Policy, and threw nothing", () => {
  expect(faults).toEqual([]);
});
