import { readFileSync, writeFileSync } from "node:fs";
import { type Browser, type CDPSession, chromium, type Page } from "playwright-core";
import { it } from "vitest";

/**
 * How the console feels, in Debian's Chromium: `./zos bench console` starts it. CONSOLE is the control plane's address, KEYS a directory with bob.pem, NAMES how many
 * deployments there are, OUT the file into which the figures go.
 */

const address = process.env["CONSOLE"] ?? "";
const key = `${process.env["KEYS"]}/bob.pem`;
const names = Number(process.env["NAMES"]);
const LOADS = 10;
const SIGNATURES = 100;
/** An hour of one change a second, told as fast as the browser takes them. */
const UPDATES = 3600;
const BATCHES = 10;

/** Milliseconds for all of it: ten thousand rows are asked for in a hundred pages. */
const LIMIT = 900_000;

const figures: Record<string, number> = {};

it("is measured", async () => {
  const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    await firstLoad(browser);
    await signing(browser);
    await listing(browser);
    await liveUpdates(browser);
  } finally {
    await browser.close();
  }
  writeFileSync(process.env["OUT"] ?? "/dev/stdout", JSON.stringify(figures));
}, LIMIT);

async function enter(page: Page): Promise<void> {
  await page.getByLabel("Key file").setInputFiles(key);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { level: 1, name: "My tasks" }).waitFor();
}

/** Each load in a browser context that has nothing in its caches. */
async function firstLoad(browser: Browser): Promise<void> {
  const [door, inside, bytes]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < LOADS; i++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address, { waitUntil: "commit" });
    await page.getByRole("button", { name: "Open" }).waitFor();
    door.push(await page.evaluate(() => new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))));
    const before = Date.now();
    await enter(page);
    await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
    inside.push(Date.now() - before);
    bytes.push(await page.evaluate(() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
      .reduce((sum, each) => sum + (each as PerformanceResourceTiming).transferSize, 0)));
    await context.close();
  }
  figures["interactive"] = median(door);
  figures["opened"] = median(inside);
  figures["bytes"] = median(bytes);
}

/** The worker alone, asked as the page asks it. */
async function signing(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.goto(address);
  await enter(page);
  const times = await page.evaluate(async ({ pem, turns }) => {
    const script = performance.getEntriesByType("resource").map((each) => each.name).find((name) => name.includes("signer.worker"));
    const worker = new Worker(script ?? "", { type: "module" });
    const ask = (question: object) => new Promise<unknown>((done) => {
      worker.onmessage = (event) => done(event.data);
      worker.postMessage({ number: 1, ...question });
    });
    const payload = new TextEncoder().encode(JSON.stringify({ name: "shop", version: 1, filler: "x".repeat(2000) }));
    const [documents, requests, opened]: [number[], number[], number[]] = [[], [], []];
    const timed = async (into: number[], question: object) => {
      const begun = performance.now();
      await ask(question);
      into.push(performance.now() - begun);
    };
    await timed(opened, { open: pem, passphrase: "" });
    for (let i = 0; i < turns; i++) {
      await timed(documents, { document: { name: "shop", version: 1, payloadType: "application/vnd.zosgrid.deployment.v1+json", payload } });
      await timed(requests, { request: { method: "GET", target: "/api/tasks", body: new Uint8Array() } });
    }
    worker.terminate();
    return { documents, requests, opened };
  }, { pem: readFileSync(key, "utf8"), turns: SIGNATURES });
  figures["openKey"] = median(times.opened);
  figures["signDocument"] = percentile(times.documents, 95);
  figures["signRequest"] = percentile(times.requests, 95);
  await page.close();
}

/** All names listed, then searched: how long the page takes from a key or a click to its next picture (Event Timing), and how long until the answer stands there. */
async function listing(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(address);
  await enter(page);
  await page.evaluate(() => {
    const measured: number[] = [];
    (globalThis as unknown as { interactions: number[] }).interactions = measured;
    new PerformanceObserver((list) => list.getEntries().forEach((each) => {
      if ((each as unknown as { interactionId: number }).interactionId > 0) {
        measured.push(each.duration);
      }
    })).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
  await page.getByRole("navigation").getByRole("link", { name: "Deployments", exact: true }).click();
  await page.locator("tbody tr").first().waitFor();
  let actions = 0;
  const pages: number[] = [];
  for (let rows = await listed(page); rows < names; rows = await listed(page)) {
    const begun = Date.now();
    await page.getByRole("button", { name: "More" }).click();
    await page.waitForFunction((before) => Number(document.querySelector("tbody:last-of-type tr:last-of-type")?.getAttribute("aria-rowindex")) - 1 > before, rows);
    pages.push(Date.now() - begun);
    actions++;
  }
  figures["listed"] = await listed(page);
  figures["page"] = percentile(pages, 95);
  const answers: number[] = [];
  const search = page.getByLabel("Part of the name");
  for (const word of ["bench-0042", "bench-0099", "bench-0050", "nch-007", "h-0001", "bench-0031"]) {
    await search.fill("");
    await page.waitForFunction((all) => document.querySelectorAll("tbody tr").length >= Math.min(100, all), names);
    for (const letter of word) {
      await search.press(letter);
      actions++;
    }
    const begun = Date.now();
    await page.waitForFunction((part) => {
      const found = [...document.querySelectorAll("tbody tr")];
      return found.length > 0 && found.every((row) => row.firstElementChild?.textContent?.includes(part));
    }, word);
    answers.push(Date.now() - begun);
  }
  const slow = await page.evaluate(() => (globalThis as unknown as { interactions: number[] }).interactions);
  // Those below 16 ms are not told; they were there all the same.
  figures["interaction"] = percentile([...slow, ...Array.from({ length: Math.max(0, actions - slow.length) }, () => 16)], 95);
  figures["interactionWorst"] = Math.max(16, ...slow);
  figures["answer"] = percentile(answers, 95);
  await page.close();
}

/** How many rows the list has: not all of them are in the document, the last one is. */
function listed(page: Page): Promise<number> {
  return page.locator("tbody tr").last().getAttribute("aria-rowindex").then((index) => Number(index) - 1);
}

/** What the page keeps while changes are told to it. */
async function liveUpdates(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  let batch = 0;
  await page.route("**/api/events/stream", async (route) => {
    if (batch >= BATCHES + 1) {
      return; // nothing more happens
    }
    batch++;
    const events = Array.from({ length: UPDATES / BATCHES }, (_, i) => `event: change\nid: ${batch}-${i}\ndata: ${JSON.stringify(
      { name: `bench-${String(i % 100).padStart(5, "0")}`, version: 1 + (i % 7), kind: "deployment", state: ["approval", "running", "provisioning"][i % 3], message: "", requester: "alice", submittedAt: "2026-11-26T00:00:00Z" })}\n\n`);
    await route.fulfill({ contentType: "text/event-stream", body: `event: ready\nid: ${batch}-x\ndata: {"complete":true}\n\n${events.join("")}` });
  });
  await page.goto(address);
  await enter(page);
  await page.getByRole("navigation").getByRole("link", { name: "Deployments", exact: true }).click();
  await page.locator("tbody tr").first().waitFor();
  const session = await page.context().newCDPSession(page);
  await until(() => batch >= 2);
  const before = await kept(session);
  await until(() => batch >= BATCHES + 1);
  await page.waitForTimeout(2000);
  const after = await kept(session);
  figures["memoryBefore"] = before;
  figures["memoryAfter"] = after;
  await page.close();
}

async function kept(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) {
    await new Promise((done) => setTimeout(done, 100));
  }
}

function percentile(values: number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

function median(values: number[]): number {
  return percentile(values, 50);
}
