import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessible, address, entered, faults, fits, launch, LIMIT, reopened, shot } from "../browser";

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
  await page.getByText("What is signed").click();
  await page.getByRole("columnheader", { name: "Terminals for" }).waitFor();
  await page.getByRole("cell", { name: "approver", exact: true }).waitFor();
  await page.getByRole("button", { name: "Terminal into web" }).click();
  await page.getByLabel("Why you look into it").fill("the test looks");
  await page.getByRole("button", { name: "Open the terminal" }).click();
  const screen = page.getByRole("textbox", { name: "Terminal into web" });
  await screen.waitFor();
  await screen.pressSequentially("echo $((6*7))");
  await screen.press("Enter");
  await expect.poll(() => screen.textContent(), { timeout: LIMIT / 2 }).toMatch(/\n42 *\n/);
  await coloured(page, screen);
  await sized(page, screen);
  await screen.pressSequentially("exit 3");
  await screen.press("Enter");
  await page.getByText("The shell has ended with 3.").waitFor();
  await page.close();
  expect(faults).toEqual([]);
}, 3 * LIMIT);

/** In one frame, where pressing every key would be a request for each. */
async function pasted(screen: Locator, text: string): Promise<void> {
  await screen.evaluate((each, what) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", what);
    each.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
  }, text);
}

/** Colours that a program in the machine chose; each can be read, in the light and in the dark. */
async function coloured(page: Page, screen: Locator): Promise<void> {
  await pasted(screen, "printf '\\033[1;31mred\\033[0m \\033[44mground\\033[0m \\033[38;5;208mof256\\033[0m \\033[7minverse\\033[0m \\033[30;107mboth\\033[0m\\n'");
  await screen.press("Enter");
  const shown = (text: string) => screen.locator("span", { hasText: new RegExp(`^${text}$`) }).last();
  await shown("inverse").waitFor();
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const style = (text: string) => shown(text).evaluate((each) => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor, getComputedStyle(each).fontWeight]);
    const own = await screen.evaluate((each) => getComputedStyle(each).color);
    const [red, of256, ground, inverse] = [await style("red"), await style("of256"), await style("ground"), await style("inverse")];
    const [r = 0, g = 0, b = 0] = (red[0] ?? "").match(/\d+/g)?.map(Number) ?? [];
    expect(r, red.join()).toBeGreaterThan(Math.max(g, b) + 40);
    expect(red[2]).toBe("700");
    expect(of256[0]).not.toBe(own);
    expect(ground[1]).toBe("rgb(36, 95, 184)");
    expect(inverse[1], "text and ground change places").toBe(own);
    await accessible(page);
    await shot(page, `terminal-${colorScheme}`);
  }
}

/** The machine's terminal is as large as the page's, also when that changes: a line as wide as the machine says fills one of the screen. */
async function sized(page: Page, screen: Locator): Promise<void> {
  const told: [number, number][] = [];
  for (const { width, height, mark } of [{ width: 700, height: 500, mark: "x" }, { width: 1280, height: 900, mark: "y" }]) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(1000); // until its size has settled and was told
    await pasted(screen, "echo size $(busybox stty size)");
    await screen.press("Enter");
    const sizes = async () => [...((await screen.textContent()) ?? "").matchAll(/size (\d+) (\d+)/g)].map(([, rows, columns]) => [Number(rows), Number(columns)] as [number, number]);
    await expect.poll(async () => (await sizes()).length, { timeout: LIMIT / 2 }).toBe(told.length + 1);
    const [rows, columns] = (await sizes()).at(-1) ?? [0, 0];
    told.push([rows, columns]);
    await pasted(screen, `printf '%0${columns}d' 0 | busybox tr 0 ${mark}`);
    await screen.press("Enter");
    await expect.poll(() => screen.textContent(), { timeout: LIMIT / 2 }).toContain(mark.repeat(columns));
    expect(await screen.evaluate((each) => each.scrollWidth - each.clientWidth), "it has room").toBeLessThanOrEqual(0);
    await fits(page);
    await accessible(page);
    await shot(page, `terminal-${width}`);
  }
  const [[fewer, narrower] = [0, 0], [rows, columns] = [0, 0]] = told;
  expect([fewer > 4, narrower > 40, rows > 24, columns > 100], JSON.stringify(told)).toEqual([true, true, true, true]);
  expect([fewer < rows, narrower < columns], JSON.stringify(told)).toEqual([true, true]);
}

it("is typed into on a phone, whose keyboard comes for a field only", async () => {
  const page = await entered(browser, { as: "bob", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.goto(`${address}/#/deployments/${looked}`);
  await page.getByRole("button", { name: "Terminal into web" }).tap();
  await page.getByLabel("Why you look into it").fill("the test looks, from a phone");
  await page.getByRole("button", { name: "Open the terminal" }).tap();
  const screen = page.getByRole("textbox", { name: "Terminal into web" });
  await page.getByLabel("Line to type").fill("echo $((6*8)); busybox sleep 600");
  await page.getByRole("button", { name: "Type it" }).tap();
  await expect.poll(() => screen.textContent(), { timeout: LIMIT / 2 }).toMatch(/\n48 *\n/);
  await page.getByRole("button", { name: "Ctrl C" }).tap();
  await page.getByLabel("Line to type").fill("exit 4");
  await page.getByLabel("Line to type").press("Enter");
  await page.getByText("The shell has ended with 4.").waitFor();
  await fits(page);
  await accessible(page);
  await shot(page, "terminal-phone");
  await page.close();
}, 2 * LIMIT);

it("tells who may, to whom the document does not name", async () => {
  const page = await entered(browser, { as: "alice" });
  await page.goto(`${address}/#/deployments/${looked}`);
  await page.getByRole("button", { name: "Terminal into web" }).click();
  await page.getByLabel("Why you look into it").fill("the test looks");
  await reopened(page, "alice");
  await page.getByRole("button", { name: "Terminal into web" }).click();
  expect(await page.getByLabel("Why you look into it").inputValue(), "what was typed outlives the session").toBe("the test looks");
  await page.getByRole("button", { name: "Open the terminal" }).click();
  await page.getByText("must be of approver").waitFor();
  await page.close();
}, LIMIT);
