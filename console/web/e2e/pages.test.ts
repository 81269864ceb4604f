import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, address, entered, faults, fits, focused, gone, launch, LIMIT, reopened, shot } from "./browser";

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
  await page.getByTitle("The key that is open is bob's.").getByText("bob", { exact: true }).waitFor();
  for (const [width, most] of [[1440, 80], [1280, 80], [1024, 80], [390, 130]] as const) {
    await page.setViewportSize({ width, height: 844 });
    expect((await page.locator("header").boundingBox())?.height, `at ${width}`).toBeLessThanOrEqual(most);
    await page.getByRole("link", { name: "To the content" }).focus();
    for (const name of ["My tasks", "Deployments", "Nodes", "Images", "Processes", "Ledger", "Administration"]) {
      await page.keyboard.press("Tab");
      const link = page.getByRole("navigation").getByRole("link", { name, exact: true });
      expect(await focused(link), `${name} at ${width}`).toBe(true);
      const box = await link.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    }
    await page.keyboard.press("Tab");
    expect(await focused(page.getByRole("button", { name: "Close the key" }))).toBe(true);
    await fits(page);
    await accessible(page);
    await shot(page, `header-${width}`);
  }
  await page.close();
}, LIMIT);

it("says so when a page's own code does not come, and tries again when it is asked to", async () => {
  const page = await entered(browser);
  const code = "**/assets/ledger-*.js";
  let answer = () => undefined as void;
  await page.route(code, (route) => new Promise<void>((done) => {
    answer = () => void route.abort().then(done);
  }));
  await page.getByRole("navigation").getByRole("link", { name: "Ledger", exact: true }).click();
  await page.getByText("Loading…").waitFor();
  answer();
  await page.getByText("This page could not be loaded.").waitFor();
  await accessible(page);
  await page.unroute(code);
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await page.getByRole("heading", { level: 1, name: "Ledger" }).waitFor();
  await page.close();
}, LIMIT);

it("looks by itself for what a silent server did not tell, as soon as it is heard again", async () => {
  const page = await entered(browser);
  await gone(page, "Administration"); // its code is there then
  await page.getByRole("table", { name: "People" }).waitFor();
  await gone(page, "My tasks");
  await page.getByText("live", { exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByText("not connected").waitFor();
  await gone(page, "Administration");
  const silent = page.getByText("The server does not answer.");
  await silent.first().waitFor();
  await shot(page, "administration-silent");
  await page.context().setOffline(false);
  await page.getByRole("table", { name: "People" }).waitFor();
  await expect.poll(() => silent.count()).toBe(0);
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
  await page.unroute("**/api/ledger/checkpoint");
  await page.context().setOffline(true);
  await verify.click();
  await page.getByText("The ledger could not be verified now.").waitFor();
  expect(await page.getByText("NOT good").count(), "silence accuses nobody").toBe(0);
  await page.context().setOffline(false);
  await shot(page, "ledger-bad");
  await page.close();
}, LIMIT);

it("shows what is in an image", async () => {
  const page = await entered(browser);
  await gone(page, "Images");
  const kept = page.getByRole("table", { name: "Kept on nodes" });
  const shown = kept.getByRole("row").filter({ hasText: "demo/web:shown" }).first();
  await shown.waitFor(); // as the deployment that was approved calls it
  await accessible(page);
  await shot(page, "images-kept");
  await shown.getByRole("link").click();
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
  await page.evaluate(() => { location.hash = "#/processes/decision/quorum/1"; });
  await page.getByRole("heading", { level: 1, name: "quorum" }).waitFor();
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText(/^[2-9] people must approve/).waitFor();
  await page.getByText("The table alone demands 1.").waitFor();
  expect(await page.locator(".trial .failure").count(), "what is in force is not called faulty").toBe(0);
  await accessible(page);
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

it("adds a webhook, tries it, sends again or forgets what was given up, and removes it", async () => {
  const heard: { type: string; signed: boolean }[] = [];
  let status = 500;
  const receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => { body += String(chunk); }).on("end", () => {
      heard.push({ type: (JSON.parse(body) as { type: string }).type, signed: request.headers["webhook-signature"] !== undefined });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => { receiver.listen(0, "127.0.0.1", done); });
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/zos`;
  const page = await entered(browser);
  await gone(page, "Administration");
  const form = page.locator("form").filter({ has: page.getByRole("button", { name: "Add it" }) });
  const [where, name, add] = [form.getByLabel("Address"), form.getByLabel("Name, by which"), form.getByRole("button", { name: "Add it" })];
  await where.fill("http://169.254.169.254/");
  await name.fill("Wrong Name");
  await add.press("Enter");
  await form.getByText("must be at one of the origins that zos.webhooks.allow lists (is: http://169.254.169.254/)").waitFor();
  await form.getByText("must be small letters, digits and -").waitFor();
  expect(await focused(where) && await where.getAttribute("aria-invalid"), "the keyboard is at the first fault").toBe("true");
  await accessible(page);
  await shot(page, "webhook-refused");
  await where.fill(url);
  await reopened(page);
  await expect.poll(() => where.inputValue(), { message: "what was typed outlives the session" }).toBe(url);
  expect(await name.inputValue()).toBe("Wrong Name");
  await name.fill("");
  await form.getByRole("combobox").selectOption("these");
  await add.press("Enter");
  await form.getByText("choose one at least").waitFor();
  await form.getByLabel("submitted", { exact: true }).check();
  await form.getByLabel("rejected", { exact: true }).check();
  await accessible(page);
  await shot(page, "webhook-kinds");
  await add.press("Enter");
  const secret = page.getByLabel("Secret", { exact: true });
  await secret.waitFor();
  expect(await secret.inputValue()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await accessible(page);
  await page.getByRole("button", { name: "I have kept it" }).press("Enter");
  await secret.waitFor({ state: "detached" });
  const row = page.getByRole("table", { name: "Webhooks" }).getByRole("row").filter({ hasText: url });
  await row.getByText("submitted, rejected").waitFor();
  await row.getByRole("button", { name: `Try ${url}` }).press("Enter");
  await page.getByText(`It did not arrive at ${url}: answered 500.`).waitFor();
  await somethingIsSubmitted(browser);
  const given = page.getByRole("table", { name: "Messages that were given up" });
  await expect.poll(async () => {
    await gone(page, "Ledger");
    await gone(page, "Administration");
    await page.getByText("No message was given up.").or(given).waitFor();
    return given.getByRole("row").filter({ hasText: url }).filter({ hasText: "gateway-1" }).filter({ hasText: "answered 500" }).count();
  }, { timeout: LIMIT / 2, interval: 500 }).toBe(2);
  await accessible(page);
  await shot(page, "dead-letters");
  const takes = given.getByRole("checkbox");
  await takes.last().uncheck();
  status = 204;
  await page.getByRole("button", { name: "Try these again" }).last().press("Enter");
  await page.getByText("This sends 1 message again, about gateway-1.").waitFor();
  await page.keyboard.press("Escape");
  expect(await page.getByRole("button", { name: "Send them" }).count(), "left").toBe(0);
  expect(await focused(page.getByRole("button", { name: "Try these again" }).last()), "and the keyboard is back").toBe(true);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Send them" }).press("Enter");
  await page.getByText("1 of 1 are tried again.").waitFor();
  await expect.poll(() => heard.filter((each) => each.type === "org.zosgrid.change.submitted" && each.signed).length, { timeout: LIMIT / 2 }).toBe(4); // three attempts, and the one that arrived
  await expect.poll(() => takes.count(), "what was sent again is given up no more").toBe(1);
  await page.getByRole("button", { name: "Forget these" }).press("Enter");
  await page.getByText("This forgets 1 message, about gateway-1.").waitFor();
  await page.getByRole("button", { name: "Forget them" }).press("Enter");
  await page.getByText("1 of 1 are forgotten.").first().waitFor();
  await page.getByText("No message was given up.").waitFor();
  expect(heard.filter((each) => each.type === "org.zosgrid.change.rejected"), "nothing but the attempts before").toHaveLength(3);
  await row.getByRole("button", { name: `Remove ${url}` }).press("Enter");
  await page.getByText(`From then on nothing is sent to ${url}.`).waitFor();
  await accessible(page);
  await shot(page, "webhook-removal");
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await page.getByRole("button", { name: "Remove it" }).press("Enter");
  await page.getByText(`${url} is removed.`).waitFor();
  await row.waitFor({ state: "detached" });
  await page.close();
  receiver.close();
}, 3 * LIMIT);

/** A retirement, which its author takes back. */
async function somethingIsSubmitted(browser: Browser): Promise<void> {
  const alice = await entered(browser, { as: "alice" });
  await alice.goto(`${address}#/nodes/gateway-1`);
  await alice.getByLabel("Reason; it is signed").fill("so that something is told");
  await alice.getByRole("button", { name: "Retire this node" }).click();
  await alice.getByRole("button", { name: "Sign and submit" }).click();
  await alice.getByRole("heading", { level: 1, name: /^gateway-1 version/ }).waitFor();
  await alice.getByLabel("Reason, if you do not approve").fill("it was heard");
  await alice.getByRole("button", { name: "Withdraw" }).click();
  await alice.getByText("nothing is to be decided").waitFor();
  await alice.close();
}

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

it("draws a diagram larger by two fingers, moves it by one, and leaves the page as it is", async () => {
  const page = await entered(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.goto(`${address}#/processes/process/deploy`);
  const diagram = page.locator(".diagram").first();
  await diagram.locator(".djs-element").first().waitFor();
  await diagram.evaluate((each) => each.scrollIntoView({ block: "center" }));
  const box = await diagram.boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  const screen = await page.context().newCDPSession(page);
  const touch = async (...steps: [number, number][][]) => {
    for (const [index, fingers] of steps.entries()) {
      await screen.send("Input.dispatchTouchEvent", { type: index === 0 ? "touchStart" : "touchMove", touchPoints: fingers.map(([dx, dy], id) => ({ x: x + dx, y: y + dy, id })) });
    }
    await screen.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  const drawn = () => diagram.locator(".viewport").first().evaluate((each) => {
    const { a, e } = (each as SVGGElement).getCTM() ?? new DOMMatrix();
    return { scale: a, left: e };
  });
  const whole = await drawn();
  await touch([[-30, 0], [30, 0]], [[-60, 0], [60, 0]], [[-90, 0], [90, 0]]);
  await expect.poll(async () => (await drawn()).scale / whole.scale).toBeCloseTo(3, 1);
  expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  const before = await drawn();
  await touch([[0, 0]], [[-40, 0]], [[-80, 0]]);
  await expect.poll(async () => (await drawn()).left).toBeLessThan(before.left - 30);
  await fits(page);
  await page.close();
}, LIMIT);

it("says that the server is away, and goes on when it is back", async () => {
  const page = await entered(browser);
  await gone(page, "Ledger"); // its code is there now
  await gone(page, "Images");
  await page.context().setOffline(true);
  await gone(page, "Ledger");
  await page.getByText("The server does not answer.").first().waitFor();
  await page.getByRole("button", { name: "Try again" }).first().waitFor();
  await page.context().setOffline(false); // and it looks again by itself
  await page.getByRole("table", { name: "Witnesses" }).waitFor();
  await page.close();
}, LIMIT);

it("holds still while it arrives, also if what is above comes last", async () => {
  const page = await entered(browser);
  let asked = 0;
  let pending = 0;
  await page.route("**/api/**", async (route) => {
    if (route.request().url().endsWith("/api/events/stream")) {
      await route.continue();
      return;
    }
    pending++;
    await pause(Math.max(0, 900 - 150 * asked++));
    await route.continue();
    pending--;
  });
  await page.evaluate(() => {
    const moved = (globalThis as unknown as { moved: string[] }).moved = [];
    new PerformanceObserver((list) => moved.push(...(list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Node | null }[] })[]).filter((each) => each.value > 0.01)
      .map((each) => `${location.hash} ${each.value.toFixed(3)} ${each.sources.map(({ node }) => node instanceof Element ? node.outerHTML.slice(0, 120) : "").join(" ")}`) as never[])).observe({ type: "layout-shift" });
  });
  for (const to of ["tasks", "deployments", "deployments/shown", "nodes", "nodes/compute-1", "images", "processes", "processes/process/deploy", "processes/decision/quorum", "ledger", "administration"]) {
    asked = 0;
    await page.evaluate((hash) => { location.hash = hash; }, `#/${to}`);
    await page.locator("main h1").waitFor();
    await expect.poll(async () => pending + await page.locator("[aria-busy=true]").count(), { timeout: LIMIT / 2 }).toBe(0);
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  }
  expect(await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved)).toEqual([]);
  await page.close();
}, 2 * LIMIT);

it("broke no rule of its Content-Security-Policy, and threw nothing", () => {
  expect(faults).toEqual([]);
});
