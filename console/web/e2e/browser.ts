import { mkdirSync } from "node:fs";
import axe from "axe-core";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { expect } from "vitest";

/**
 * Debian's Chromium in front of a running control plane: CONSOLE is its address, KEYS a directory with people's key files. Screenshots are kept in `shots`.
 */
export const address = process.env["CONSOLE"] ?? "";
export const keys = process.env["KEYS"] ?? "";
export const LIMIT = 60_000;
/** Until a node has started what was approved. */
export const PATIENCE = 150_000;
const shots = new URL("../shots/", import.meta.url).pathname;

/** What pages threw, or did against their Content-Security-Policy. */
export const faults: string[] = [];

export function launch(): Promise<Browser> {
  mkdirSync(shots, { recursive: true });
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** A page at which somebody has opened their key. */
export async function entered(browser: Browser, options: Parameters<Browser["newPage"]>[0] & { as?: string; at?: string; agent?: string } = {}): Promise<Page> {
  const { as = "bob", at = address, agent, ...rest } = options;
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...rest });
  page.setDefaultTimeout(LIMIT / 2);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) {
      faults.push(message.text());
    }
  });
  await page.goto(at);
  if (agent === undefined) {
    await page.getByLabel("Key file").setInputFiles(`${keys}/${as}.pem`);
    await page.getByRole("button", { name: "Open" }).click();
  } else {
    await page.getByText("Sign with your agent").click();
    await page.getByLabel("Code that the agent printed").fill(agent);
    await page.getByRole("button", { name: "Connect" }).click();
  }
  await page.getByRole("navigation").waitFor();
  return page;
}

export async function gone(page: Page, to: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: to, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: to, exact: true }).waitFor();
}

/** Whether the keyboard is there. */
export function focused(element: Locator): Promise<boolean> {
  return element.evaluate((each) => document.activeElement === each);
}

/** Opens the key once more, after the page was loaded anew. */
export async function reopened(page: Page, as = "bob"): Promise<void> {
  await page.reload();
  await page.getByLabel("Key file").setInputFiles(`${keys}/${as}.pem`);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("navigation").waitFor();
}

export async function accessible(page: Page): Promise<void> {
  await page.evaluate(axe.source); // by the debugger, which the Content-Security-Policy does not bind
  const result = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
  expect(result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 200)).join(" ")}`)).toEqual([]);
}

export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${shots}${name}.png`, fullPage: true });
}

/** No line is wider than the screen. */
export async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
