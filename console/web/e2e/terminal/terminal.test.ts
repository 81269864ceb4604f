import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, address, entered, faults, launch, LIMIT, shot } from "../browser";

/** LOOKED is a deployment that runs, into whose machine `web` approvers may look. */
const looked = process.env["LOOKED"] ?? "";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, LIMIT);

afterAll(() => browser.close());

it("types into a machine what was signed for, and shows what it answers", async () => {
  const page = await entered(browser, { as: "bob" });
  await page.goto(`${address}/#/deployments/${looked}`);
  await page.getByRole("button", { name: "Terminal into web" }).click();
  await page.getByLabel("Why you look into it").fill("the test looks");
  await page.getByRole("button", { name: "Open the terminal" }).click();
  const screen = page.getByRole("textbox", { name: "Terminal into web" });
  await screen.waitFor();
  await screen.pressSequentially("echo $((6*7))");
  await screen.press("Enter");
  await expect.poll(() => screen.textContent(), { timeout: LIMIT / 2 }).toMatch(/\n42 *\n/);
  await accessible(page);
  await shot(page, "terminal");
  await screen.pressSequentially("exit 3");
  await screen.press("Enter");
  await page.getByText("The shell has ended with 3.").waitFor();
  await page.close();
  expect(faults).toEqual([]);
}, LIMIT);

it("tells who may, to whom the document does not name", async () => {
  const page = await entered(browser, { as: "alice" });
  await page.goto(`${address}/#/deployments/${looked}`);
  await page.getByRole("button", { name: "Terminal into web" }).click();
  await page.getByLabel("Why you look into it").fill("the test looks");
  await page.getByRole("button", { name: "Open the terminal" }).click();
  await page.getByText("must be of approver").waitFor();
  await page.close();
}, LIMIT);
