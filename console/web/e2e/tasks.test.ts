import type { Browser, Page, Request } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, address, entered, faults, fits, focused, gone, launch, LIMIT, PATIENCE, shot } from "./browser";
import { liar } from "./liar";

/**
 * Deciding in the browser. PENDING is a deployment whose version 1 waits for two of bob, carol and dave: it is approved here, and a node starts it. REFUSED waits
 * too, and is rejected here. AGENT is the code of an agent that holds carol's key.
 */
const pending = process.env["PENDING"] ?? "";
const running = process.env["RUNNING"] ?? "";
const refused = process.env["REFUSED"] ?? "";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

async function atTask(page: Page, name: string): Promise<void> {
  await page.getByRole("table", { name: "Waiting for you" }).getByRole("link", { name: `${name} version 1`, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `${name} version 1` }).waitFor();
  await page.getByRole("heading", { level: 2, name: "Your decision" }).waitFor();
}

it("shows what waits, and what exactly is signed", async () => {
  const page = await entered(browser);
  await page.getByRole("table", { name: "Waiting for you" }).waitFor();
  await accessible(page);
  await shot(page, "tasks");
  await atTask(page, pending);
  await page.getByText("Read in this browser from the bytes that are signed").waitFor();
  await page.getByRole("cell", { name: `${pending}.example`, exact: true }).waitFor();
  await page.getByText("start machine web from").waitFor();
  await page.getByRole("definition").filter({ hasText: "bob, carol, dave" }).waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
  await accessible(page);
  await shot(page, "task");
  await page.emulateMedia({ colorScheme: "dark" });
  await shot(page, "task-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await accessible(page);
  await shot(page, "phone-task");
  await page.close();
}, LIMIT);

it("shows that a server lies about what is signed, and about the plan", async () => {
  const server = await liar(address, (path, answer) => {
    if (path.startsWith(`/api/deployments/${pending}/versions/1`)) {
      answer["requester"] = "carol";
      answer["routes"] = [];
      answer["approvals"] = [{ person: "dave", keyid: "ab".repeat(32), sig: "AAAA", at: "2026-11-26T00:00:00Z" }];
    }
    if (path === "/api/plans") {
      for (const node of answer["nodes"] as { actions: string[] }[]) {
        node.actions = [];
      }
    }
  });
  const page = await entered(browser, { at: server.address });
  await atTask(page, pending);
  const alert = page.getByRole("alert");
  await alert.getByText("ask why before you decide").waitFor();
  await alert.getByRole("row").filter({ hasText: "requester" }).filter({ hasText: "carol" }).filter({ hasText: "alice" }).waitFor();
  await alert.getByRole("row").filter({ hasText: "routes" }).filter({ hasText: `${pending}.example` }).waitFor();
  await alert.getByRole("row").filter({ hasText: "plan.compute-1" }).filter({ hasText: "start machine web from" }).waitFor();
  await page.getByRole("row").filter({ hasText: "dave" }).getByText("no signature proves it").waitFor();
  await accessible(page);
  await shot(page, "task-lie");
  await page.close();
  await server.close();
}, LIMIT);

it("signs nothing when another document is handed out than the one that was asked for", async () => {
  const answers: Record<string, unknown>[] = [];
  const server = await liar(address, (path, answer) => {
    if (path === `/api/deployments/${refused}/versions/1`) {
      answers.push({ ...answer });
    }
    if (path === `/api/deployments/${pending}/versions/1`) {
      Object.assign(answer, { envelope: answers[0]?.["envelope"] });
    }
  });
  const page = await entered(browser, { at: server.address });
  await atTask(page, refused);
  await gone(page, "My tasks");
  await atTask(page, pending);
  await page.getByText("The server handed out another document than the one that was asked for.").waitFor();
  expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
  await page.close();
  await server.close();
}, LIMIT);

it("rejects with a reason that a lost connection does not lose", async () => {
  const page = await entered(browser);
  await atTask(page, refused);
  await page.getByRole("button", { name: "Reject" }).click();
  await page.getByText("Say why").waitFor();
  await page.getByLabel("Reason, if you do not approve").fill("the network is taken");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Reject" }).click();
  await page.getByText("The server does not answer.").waitFor();
  await page.context().setOffline(false);
  await page.reload();
  await page.getByLabel("Key file").setInputFiles(`${process.env["KEYS"]}/bob.pem`);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { level: 1, name: `${refused} version 1` }).waitFor();
  expect(await page.getByLabel("Reason, if you do not approve").inputValue()).toBe("the network is taken");
  await page.getByRole("button", { name: "Reject" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("nothing is to be decided").waitFor();
  await page.getByText("the network is taken").first().waitFor();
  await page.close();
}, LIMIT);

it("goes on where it was when the connection comes back", async () => {
  const page = await entered(browser, { as: "dave" });
  await atTask(page, pending);
  await page.getByText("live", { exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByText("not connected").waitFor();
  const carol = await entered(browser, { as: "carol" });
  await atTask(carol, pending);
  await page.context().setOffline(false);
  await page.getByText("live", { exact: true }).waitFor();
  await carol.close();
  await page.close();
}, LIMIT);

it("approves by a signature that is made here, and others see it at once; a node verifies it before it starts anything", async () => {
  const [bob, carol] = [await entered(browser), await entered(browser, { agent: process.env["AGENT"] ?? "" })]; // carol's key is held by an agent
  const list = await entered(browser, { as: "dave" });
  await list.getByRole("table", { name: "Waiting for you" }).getByRole("row").filter({ hasText: pending }).getByText("0 of 2").waitFor();
  await atTask(bob, pending);
  await atTask(carol, pending);
  await carol.getByText("live", { exact: true }).waitFor();
  await carol.getByLabel("Reason, if you do not approve").fill("I am thinking");
  const sent = held(bob, "**/approvals", () => true);
  await signs(bob);
  await bob.getByText("It is signed; the server is waited for…").waitFor();
  await list.getByRole("link", { name: `${pending} version 1`, exact: true }).hover();
  await list.mouse.down();
  const again = list.waitForResponse((response) => response.url().includes("/api/tasks?limit=100"));
  (await sent)();
  await again;
  await list.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  await list.mouse.up(); // what is pressed stays until it is let go, though the list is known anew
  await list.getByRole("heading", { level: 1, name: `${pending} version 1` }).waitFor();
  await gone(list, "My tasks");
  await bob.getByText("You have signed it.").waitFor();
  expect(await focused(bob.getByText("Your signature has arrived, and counts.")), "the keyboard is at what became of it").toBe(true);
  await carol.getByRole("row").filter({ hasText: "bob" }).getByText("verified here").waitFor();
  expect(await carol.getByLabel("Reason, if you do not approve").inputValue(), "what was typed stays").toBe("I am thinking");
  await list.getByRole("table", { name: "Waiting for you" }).getByRole("row").filter({ hasText: pending }).getByText("1 of 2: bob").waitFor();
  const shown = held(carol, /^http:\/\/127\.0\.0\.1:\d+\/sign$/, (request) => request.postDataBuffer()?.toString("latin1").startsWith("DSSEv1") === true);
  await signs(carol);
  await carol.getByText("Your agent shows it at its terminal, and asks you there…").waitFor();
  (await shown)();
  await carol.getByText("nothing is to be decided").waitFor();
  await list.getByRole("link", { name: `${pending} version 1`, exact: true }).waitFor({ state: "detached" });
  await bob.getByText("It is running; nothing is to be decided.").waitFor({ timeout: PATIENCE });
  await shot(carol, "task-approved");
  await Promise.all([bob, carol, list].map((page) => page.close()));
}, PATIENCE);

it("promotes an image by a document that is written and signed here, and shows it to approvers from its bytes", async () => {
  const alice = await entered(browser, { as: "alice" });
  await gone(alice, "Images");
  await alice.getByLabel("Image (NAME:TAG").fill(`demo/web:${running}`);
  await alice.getByRole("button", { name: "Open" }).click();
  await alice.getByText("It is promoted nowhere.").waitFor();
  const fingerprint = (await alice.locator("code").first().textContent()) ?? "";
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  await alice.getByRole("button", { name: "Promote" }).click();
  await alice.getByText("Say why").waitFor();
  await alice.getByLabel("Environment").selectOption("production");
  await alice.getByLabel("Reason", { exact: true }).fill("a week in staging");
  await alice.getByRole("button", { name: "Promote" }).click();
  await alice.getByText("Promotes an image").waitFor();
  await accessible(alice);
  await shot(alice, "image-promotion");
  await alice.getByRole("button", { name: "Sign and submit" }).click();
  await alice.getByRole("heading", { level: 1, name: /^promotion-[0-9a-f]{26} version 1$/ }).waitFor();
  const name = ((await alice.getByRole("heading", { level: 1 }).textContent()) ?? "").split(" ")[0] ?? "";
  const bob = await entered(browser);
  await bob.getByRole("table", { name: "Waiting for you" }).getByRole("row").filter({ hasText: name }).getByText("promotion of an image").waitFor();
  await atTask(bob, name);
  await bob.getByRole("definition").filter({ hasText: `demo/web:${running}@sha256:${fingerprint}` }).waitFor();
  await bob.getByText("Promotes an image").waitFor();
  expect(await bob.getByRole("alert").count(), "the server says what the bytes say").toBe(0);
  await accessible(bob);
  await signs(bob);
  await bob.getByText("You have signed it.").waitFor();
  const dave = await entered(browser, { as: "dave" });
  await atTask(dave, name);
  await signs(dave);
  await dave.getByText("It is promoted; nothing is to be decided.").waitFor();
  await gone(alice, "Images");
  await alice.getByLabel("Image (NAME:TAG").fill(`demo/web:${running}`);
  await alice.getByRole("button", { name: "Open" }).click();
  await alice.getByRole("table", { name: "Promotions" }).getByRole("row").filter({ hasText: "production" }).getByText("dave").waitFor();
  await shot(alice, "image-promoted");
  await Promise.all([alice, bob, dave].map((page) => page.close()));
}, PATIENCE);

it("admits a node by a document that is written and signed here, and shows approvers who it is", async () => {
  const alice = await entered(browser, { as: "alice" });
  const root = alice.waitForResponse((response) => response.url().endsWith("/api/trust-roots/current"));
  await gone(alice, "Nodes");
  const pem = await aKey(await (await root).json() as { envelope: string });
  const form = alice.locator("form");
  await form.getByLabel("Name", { exact: true }).fill("compute-9");
  await form.getByLabel("Its public key").setInputFiles({ name: "wrong.pem", mimeType: "text/plain", buffer: Buffer.from("nothing") });
  await form.getByText("This file holds no public key.").waitFor();
  await form.getByLabel("Its public key").setInputFiles({ name: "compute-9.pub.pem", mimeType: "text/plain", buffer: Buffer.from(pem) });
  const fingerprint = (await form.locator("code").textContent()) ?? "";
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  await form.getByLabel("IP address").fill("10.9.9.9");
  await form.getByLabel("Reason; it is signed").fill("more room");
  await accessible(alice);
  await form.getByRole("button", { name: "Admit a node" }).click();
  await alice.getByText("Admits the node").waitFor();
  await accessible(alice);
  await shot(alice, "node-admission");
  await alice.getByRole("button", { name: "Sign and submit" }).click();
  await alice.getByRole("heading", { level: 1, name: "compute-9 version 1" }).waitFor();
  const bob = await entered(browser);
  await atTask(bob, "compute-9");
  await bob.getByRole("definition").filter({ hasText: fingerprint }).first().waitFor();
  await bob.getByRole("definition").filter({ hasText: "9900 (store), 9443 (interface)" }).waitFor();
  await bob.getByText("does not name the node; it is admitted when").waitFor();
  expect(await bob.getByRole("alert").count(), "the server says what the bytes say").toBe(0);
  await accessible(bob);
  await shot(bob, "task-admission");
  await refuses(bob, "it is not needed");
  await Promise.all([alice, bob].map((page) => page.close()));
}, LIMIT);

it("retires a node by a document that is written and signed here, and shows approvers what must move", async () => {
  const alice = await entered(browser, { as: "alice" });
  await gone(alice, "Nodes");
  await alice.getByRole("link", { name: "compute-1", exact: true }).click();
  await alice.getByLabel("Reason; it is signed").fill("end of lease");
  await alice.getByRole("button", { name: "Retire this node" }).click();
  await alice.getByText("Retires the node").waitFor();
  await accessible(alice);
  await shot(alice, "node-retirement");
  await alice.getByRole("button", { name: "Sign and submit" }).click();
  await alice.getByRole("heading", { level: 1, name: "compute-1 version 1" }).waitFor();
  const bob = await entered(browser);
  await atTask(bob, "compute-1");
  await bob.getByText("No other node may be used for compute.").waitFor();
  await bob.getByRole("table", { name: "What must move" }).getByRole("row").filter({ hasText: running }).getByText("web").waitFor();
  await bob.getByRole("definition").filter({ hasText: "end of lease" }).waitFor();
  await accessible(bob);
  await shot(bob, "task-retirement");
  await bob.setViewportSize({ width: 390, height: 844 });
  await fits(bob);
  await shot(bob, "phone-task-retirement");
  await refuses(bob, "it stays");
  await alice.goto(`${address}#/deployments/compute-1/1`);
  await alice.getByText("Retires the node").first().waitFor();
  await alice.getByRole("table", { name: "What must move" }).waitFor();
  await alice.locator(".djs-element").first().waitFor();
  await accessible(alice);
  await shot(alice, "change-retirement");
  await Promise.all([alice, bob].map((page) => page.close()));
}, LIMIT);

/** Dave's public key, out of the trust root: any key that is no node's is good for a new one. */
async function aKey(view: { envelope: string }): Promise<string> {
  const payload = (JSON.parse(Buffer.from(view.envelope, "base64").toString()) as { payload: string }).payload;
  const { keys } = JSON.parse(Buffer.from(payload, "base64").toString()) as { keys: Record<string, { person: string; publicKey: string }> };
  const key = Object.values(keys).find((each) => each.person === "dave");
  return `-----BEGIN PUBLIC KEY-----\n${(key?.publicKey ?? "").replace(/(.{64})/g, "$1\n").trim()}\n-----END PUBLIC KEY-----\n`;
}

async function refuses(page: Page, reason: string): Promise<void> {
  await page.getByLabel("Reason, if you do not approve").fill(reason);
  await page.getByRole("button", { name: "Reject" }).click();
  await page.getByText("It is rejected; nothing is to be decided.").waitFor();
}

/** By keyboard. */
/** Holds a request back as soon as there is one; what comes of this lets it go. Others pass. */
function held(page: Page, address: string | RegExp, which: (request: Request) => boolean): Promise<() => void> {
  return new Promise((there) => void page.route(address, (route) => which(route.request()) ? new Promise<void>((done) => there(() => void route.continue().then(done))) : route.continue()));
}

async function signs(page: Page): Promise<void> {
  const approve = page.getByRole("button", { name: "Approve" });
  await approve.press("Enter");
  await page.getByRole("button", { name: "Leave it" }).press("Enter");
  expect(await focused(approve), "the keyboard is where it was").toBe(true);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sign it" }).waitFor();
  await accessible(page);
  await page.keyboard.press("Enter");
}

it("broke no rule of its Content-Security-Policy, and threw nothing", () => {
  expect(faults).toEqual([]);
});
