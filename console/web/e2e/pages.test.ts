import { mkdirSync, readFileSync } from "node:fs";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";

/**
 * The pages in Debian's Chromium against a running control plane: CONSOLE is its address, KEYS a directory with bob.pem, who holds the role root. Screenshots are
 * kept in `shots`.
 */
const address = process.env["CONSOLE"] ?? "";
const keys = process.env["KEYS"] ?? "";
const shots = new URL("../shots/", import.meta.url).pathname;
const LIMIT = 60_000;

let browser: Browser;
const faults: string[] = [];

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
}, LIMIT);

afterAll(() => browser.close());

/** A page at which bob has opened his key. */
async function entered(options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(LIMIT / 2);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) {
      faults.push(message.text());
    }
  });
  await page.goto(address);
  await page.getByLabel("Key file").setInputFiles(`${keys}/bob.pem`);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("navigation").waitFor();
  return page;
}

async function gone(page: Page, to: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: to, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: to, exact: true }).waitFor();
}

async function accessible(page: Page): Promise<void> {
  await page.evaluate(axe.source); // by the debugger, which the Content-Security-Policy does not bind
  const result = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
  expect(result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 200)).join(" ")}`)).toEqual([]);
}

async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${shots}${name}.png`, fullPage: true });
}

it("refuses what is no key, and says so", async () => {
  const page = await browser.newPage();
  await page.goto(address);
  await accessible(page);
  await page.getByLabel("Key file").setInputFiles({ name: "wrong.pem", mimeType: "text/plain", buffer: Buffer.from("nothing") });
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("This file holds no private key.").waitFor();
  await shot(page, "door");
  await page.close();
}, LIMIT);

it("shows nodes with their links, and one of them with its receipts", async () => {
  const page = await entered();
  await page.getByRole("cell", { name: "answers" }).first().waitFor();
  await page.getByRole("img", { name: "Overlay links with their latency" }).waitFor();
  await accessible(page);
  await shot(page, "nodes");
  await page.getByRole("link", { name: "compute-1" }).click();
  await page.getByRole("table", { name: "Newest receipts" }).waitFor();
  await accessible(page);
  await shot(page, "node");
  await page.close();
}, LIMIT);

it("verifies the ledger and an entry of it in the browser", async () => {
  const page = await entered();
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
  const page = await entered();
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
  const page = await entered();
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
  const page = await entered({ colorScheme: "dark" });
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
  const page = await entered();
  await gone(page, "Administration");
  await page.getByRole("table", { name: "People" }).waitFor();
  await page.getByRole("table", { name: "Settings in force" }).waitFor();
  await accessible(page);
  await shot(page, "administration");
  await page.close();
}, LIMIT);

it("is readable on a phone, in the dark, by keyboard", async () => {
  const page = await entered({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await page.getByText("answers").first().waitFor();
  for (const name of ["Nodes", "Images", "Processes", "Ledger", "Administration"]) {
    await page.getByRole("navigation").getByRole("link", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
    await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
    await accessible(page);
    await shot(page, `phone-${name.toLowerCase()}`);
  }
  await page.close();
}, LIMIT);

it("says that the server is away, and goes on when it is back", async () => {
  const page = await entered();
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
