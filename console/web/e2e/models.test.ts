import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, address, entered, faults, fits, focused, gone, keys, launch, LIMIT, PATIENCE, shot } from "./browser";

/** Models of one's own, drawn here. MODEL is a process whose version 1 is in force; MOVED is a deployment that waits for approvals by it. */
const model = process.env["MODEL"] ?? "";
const moved = process.env["MOVED"] ?? "";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

async function drawn(page: Page, name: string): Promise<void> {
  await gone(page, "Processes");
  await page.getByRole("table", { name: "Processes and decision tables of your own" }).getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await page.getByRole("link", { name: /Draw the next version|Go on with the drawing/ }).click();
  await page.getByRole("heading", { level: 1, name: `Drawing of ${name}` }).waitFor();
  await page.locator(".djs-element").first().waitFor();
}

async function phone(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await shot(page, `${name}-dark`);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await accessible(page);
  await shot(page, `phone-${name}`);
}

it("marks a mistake at its element while one draws, and takes the mark away when it is mended", async () => {
  const page = await entered(browser, { as: "alice" });
  await drawn(page, model);
  await page.getByText("It could be in force as it is.").waitFor();
  await accessible(page);
  await shot(page, "modeler");
  await page.locator('[data-element-id="approve"]').first().click();
  await page.keyboard.press("Delete");
  await page.locator('.djs-element.faulty[data-element-id="not-approved"]').waitFor(); // nothing leads there any more
  await page.locator('[data-element-id="not-approved"]').first().click();
  await page.keyboard.press("Delete");
  await page.locator('.djs-element.faulty[data-element-id="seal"]').waitFor();
  await page.locator(".fault-sign").first().waitFor();
  await page.getByRole("listitem").filter({ hasText: "quorum" }).getByRole("button", { name: "Seal" }).click();
  await page.locator('.djs-element.selected[data-element-id="seal"]').waitFor();
  await accessible(page);
  await shot(page, "modeler-fault");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("It could be in force as it is.").waitFor();
  expect(await page.locator(".djs-element.faulty").count()).toBe(0);
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Redo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("It cannot be checked now: The server does not answer.").waitFor();
  await page.context().setOffline(false); // and it is checked by itself
  await page.getByText("It could be in force as it is.").waitFor();
  await phone(page, "modeler");
  await page.close();
}, LIMIT);

it("draws without a mouse: elements, events on edges, flows", async () => {
  const page = await entered(browser, { as: "alice" });
  await gone(page, "Processes");
  await page.getByLabel("Name: small letters").fill("by-keyboard");
  await page.getByRole("button", { name: "Draw it" }).press("Enter");
  await page.locator(".djs-element").first().waitFor();
  await page.getByText("It could be in force as it is.").waitFor();
  await page.getByText("Draw without a mouse").press("Enter");
  const element = page.getByRole("combobox", { name: "Element" });
  const press = (name: string) => page.getByRole("button", { name, exact: true }).press("Enter");
  await press("Connect");
  await page.getByText("Choose an element first.").waitFor();
  await element.selectOption({ label: "Seal" });
  await page.locator('.djs-element.selected[data-element-id="seal"]').waitFor();
  await press("One way of several");
  const gateway = await element.inputValue();
  expect(gateway, "it is put into the flow, and chosen").toMatch(/^Gateway_/);
  await page.getByText("It could be in force as it is.").waitFor();
  await press("End");
  const end = await element.inputValue();
  expect(end).toMatch(/^Event_/);
  await press("Taken when no condition holds");
  await page.getByText("Choose a flow that leads out of a gateway").waitFor();
  await element.selectOption({ label: `one way of several ${gateway} → Provision` });
  await press("Taken when no condition holds");
  await page.getByText(`one way of several ${gateway} → Provision is taken when no condition holds.`).waitFor();
  await element.selectOption({ label: "Provision" });
  await press("When time is up");
  const timer = await element.inputValue();
  await page.getByRole("combobox", { name: "Connect it to" }).selectOption(end);
  await press("Connect");
  await page.getByText(/^when time is up .* leads to end .*\.$/).waitFor();
  await page.locator(`.djs-element.djs-connection[data-element-id^="Flow_"]`).nth(1).waitFor({ state: "attached" });
  await page.getByRole("group", { name: "Properties" }).getByText("Timer", { exact: true }).first().waitFor();
  await page.getByRole("combobox", { name: "Connect it to" }).selectOption("submitted");
  await press("Connect");
  await page.getByText("These two cannot be connected.").waitFor();
  await accessible(page);
  await shot(page, "modeler-by-choice");
  await element.selectOption(gateway);
  await press("When it fails");
  await page.getByText("That cannot stand on this element's edge.").waitFor();
  await press("Remove it");
  await page.locator(`[data-element-id="${gateway}"]`).first().waitFor({ state: "detached" });
  for (let steps = 0; steps < 6; steps++) {
    await press("Undo");
  }
  await page.locator(`[data-element-id="${timer}"]`).first().waitFor({ state: "detached" });
  await page.getByText("It could be in force as it is.").waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await press("Throw the drawing away");
  await page.getByRole("button", { name: "Throw the drawing away" }).last().press("Enter");
  await page.close();
}, LIMIT);

it("loses nothing that was drawn when the session ends, and signs it when it is good", async () => {
  const page = await entered(browser, { as: "alice" });
  await drawn(page, model);
  await page.locator(".djs-container svg").first().focus();
  await page.keyboard.press("Control+f");
  await page.getByRole("textbox", { name: "Search in diagram" }).waitFor();
  await page.keyboard.type("Provision");
  await page.keyboard.press("Enter");
  await page.locator('.djs-element.selected[data-element-id="provision"]').waitFor();
  await page.getByRole("button", { name: "Notify", exact: true }).press("Enter");
  const faulty = page.locator(".faults li");
  await expect.poll(() => faulty.allTextContents(), "into the flow, so that nothing but its inputs is missing").toEqual([expect.stringContaining("audience"), expect.stringContaining("text")]);
  await page.getByLabel("To", { exact: true }).selectOption("approvers");
  await expect.poll(() => faulty.count()).toBe(1);
  await page.getByRole("button", { name: "Undo" }).click(); // the input
  await page.getByRole("button", { name: "Undo" }).click(); // the block with its flow and its room
  await page.getByText("It could be in force as it is.").waitFor();
  await page.locator('[data-element-id="seal"]').first().dblclick();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Seal with care");
  await page.locator(".djs-container svg").first().click({ position: { x: 400, y: 20 } });
  await page.getByLabel("Reason; it is signed").first().fill("sealing deserves care");
  await page.getByText("Kept on this computer.").waitFor();
  await page.reload();
  await page.getByLabel("Key file").setInputFiles(`${keys}/alice.pem`);
  await page.getByRole("button", { name: "Open" }).click();
  await page.locator(".djs-element").first().waitFor();
  await page.locator('[data-element-id="seal"]').getByText("Seal with").waitFor();
  expect(await page.getByLabel("Reason; it is signed").first().inputValue()).toBe("sealing deserves care");
  await page.getByText("It could be in force as it is.").waitFor();
  await page.getByRole("button", { name: "Look at what is signed" }).click();
  await page.getByText("Puts a model in force").waitFor();
  await accessible(page);
  await shot(page, "model-preview");
  await page.getByRole("button", { name: "Sign and submit" }).click();
  await page.getByRole("heading", { level: 1, name: `${model} version 2` }).waitFor();
  for (const as of ["bob", "carol"]) {
    const other = await entered(browser, { as });
    await other.getByRole("table", { name: "Waiting for you" }).getByRole("link", { name: `${model} version 2`, exact: true }).click();
    await other.getByText("sealing deserves care").first().waitFor();
    await other.getByRole("table", { name: "What is different" }).getByRole("row").filter({ hasText: "seal" }).getByText("changed").waitFor();
    await accessible(other);
    await shot(other, "task-model");
    await other.getByRole("button", { name: "Approve" }).click();
    await other.getByRole("button", { name: "Sign it" }).click();
    await other.getByText("You have signed it.").or(other.getByText("nothing is to be decided")).waitFor();
    await other.close();
  }
  await page.getByText("It is in force; nothing is to be decided.").waitFor({ timeout: PATIENCE });
  await page.close();
}, PATIENCE);

it("shows two versions beside each other, and moves what is under way after a preview", async () => {
  const alice = await entered(browser, { as: "alice" });
  await alice.goto(`${address}#/processes/model/${model}`);
  await alice.getByRole("button", { name: "Look what could be moved" }).click();
  await alice.getByRole("button", { name: "Move these" }).click();
  await alice.getByRole("button", { name: "Move them" }).click();
  await alice.getByRole("alert").filter({ hasText: "root" }).waitFor();
  await alice.close();
  const page = await entered(browser); // bob holds the role root
  await page.goto(`${address}#/processes/process/${model}/1`);
  const happened = page.getByRole("table", { name: "What happened at each element" });
  await happened.getByRole("cell", { name: "Collect approvals › Open approval", exact: true }).waitFor();
  expect(await happened.getByText("approve.open").count(), "no name of the compiler's").toBe(0);
  await accessible(page);
  await shot(page, "process-own");
  await page.goto(`${address}#/processes/model/${model}`);
  await page.getByRole("heading", { level: 1, name: model, exact: true }).waitFor();
  await page.getByLabel("Left").selectOption("1");
  await page.getByLabel("Right").selectOption("2");
  await page.getByRole("table", { name: "What is different" }).getByRole("row").filter({ hasText: "seal" }).getByText("changed").waitFor();
  await page.locator(".change.changed").first().waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Look what could be moved" }).click();
  const mover = page.getByRole("table", { name: "Under way by that version" }).getByRole("row").filter({ hasText: `${moved}:1` });
  await mover.getByText("Collect approvals", { exact: true }).waitFor();
  expect(await mover.getByText("Collect approvals", { exact: true }).getAttribute("title"), "its id is shown on hover").toBe("approve");
  await accessible(page);
  await shot(page, "model");
  await page.getByRole("button", { name: "Move these" }).click();
  await page.getByText("This moves 1 to the version in force").waitFor();
  await page.keyboard.press("Escape");
  expect(await page.getByRole("button", { name: "Move them" }).count(), "left").toBe(0);
  await page.getByRole("button", { name: "Move these" }).click();
  await page.getByRole("button", { name: "Move them" }).click();
  await page.getByText("1 moved.").waitFor();
  expect(await focused(page.getByText("1 moved.")), "the keyboard is where something was done").toBe(true);
  await page.getByText("Nothing is under way by that version.").waitFor();
  await phone(page, "model");
  await page.close();
}, LIMIT);

it("shows by colours where time is spent in a process of one's own", async () => {
  const page = await entered(browser);
  await page.goto(`${address}#/processes/process/${model}`);
  await page.locator(".djs-element").first().waitFor();
  await page.locator('select[name="version"]').selectOption("1"); // what was done before it was moved
  await page.getByRole("group", { name: /version 1$/ }).locator(".djs-element").first().waitFor();
  await page.locator(".heat").first().waitFor({ state: "attached" });
  await page.getByRole("combobox", { name: "Colours show" }).selectOption("p95Millis");
  await page.locator(".heat").first().waitFor({ state: "attached" });
  await page.getByRole("table", { name: "What happened at each element" }).getByRole("row").filter({ hasText: "verify" }).first().waitFor();
  await accessible(page);
  await shot(page, "model-heat");
  await page.close();
}, LIMIT);

it("tries a decision table while it is drawn, by the engine that would ask it", async () => {
  const page = await entered(browser, { as: "alice" });
  await gone(page, "Processes");
  await page.getByLabel("Name: small letters").fill("Our Table");
  await page.getByRole("button", { name: "Draw it" }).click();
  await page.getByText("A name is small letters").waitFor();
  await page.getByLabel("Name: small letters").fill("drawn-table");
  await page.getByLabel("Kind").selectOption("dmn");
  await page.getByRole("button", { name: "Draw it" }).click();
  await page.locator(".tjs-table").waitFor();
  await page.getByText("It could be in force as it is.").waitFor();
  const trial = page.locator("form.trial");
  await trial.getByLabel("Environment").selectOption("production");
  await trial.getByLabel("Open to the internet").check();
  await trial.getByLabel("Machines").fill("17");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("3 people must approve.").waitFor();
  await page.locator('td.hit[data-row-id="large"]').first().waitFor();
  await page.locator('td[data-element-id="large-people"]').click();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("1");
  await page.locator('td.faulty[data-row-id="large"]').first().waitFor();
  await page.getByText(/it must demand at least|the table says 1 people/).first().waitFor();
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("1 person must approve.").waitFor();
  await page.getByText("it must demand at least 2").first().waitFor();
  await accessible(page);
  await shot(page, "table-fault");
  await page.getByRole("button", { name: "Undo" }).click();
  await phone(page, "table");
  await page.getByRole("button", { name: "Throw the drawing away" }).click();
  await page.getByRole("button", { name: "Throw the drawing away" }).last().click();
  await page.getByRole("heading", { level: 1, name: "Processes" }).waitFor();
  await page.getByText("None is begun.").waitFor();
  await page.close();
}, LIMIT);

it("broke no rule of its Content-Security-Policy, and threw nothing", () => {
  expect(faults).toEqual([]);
});
