// Drives the real VS Code: the numbers of an answer below its message, published ones and such as are computed of single units. One line a
// check; exits 0, 1, or 77 when there is no VS Code here.
import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { openEditor, whyNot, within } from "./editor.mjs";
import { Checks, Hands, SECONDS, SOON } from "./hands.mjs";

const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP VS Code: ${reason}`);
  process.exit(77);
}

const editor = await openEditor("demands/eksempel-4.vkd", { settings: { "vkd.language": "nb" } });
const { page, machine } = editor;
const hands = new Hands(page);
const checks = new Checks("numbers", page);
try {
  await checks.check("a lens shows the numbers below the message, as a table and a plot", published);
  await checks.check("a figure's source leads to its sentence", source);
  await checks.check("an unsaved edit of the data's description counts", unsaved);
  await checks.check("units are not offered unless the setting allows it", unitsNotOffered);
  await checks.check("with the setting one chooses the lines that divide them", unitsDivided);
  await checks.check("why numbers cannot be given is said in words alone", refused);
} finally {
  await editor.close();
}
checks.end();

async function published() {
  await lens().click({ timeout: SOON });
  await shown("Ingen vern mot avsløring");
  const frame = await messageFrame();
  const rows = await frame.locator("#numbers tbody tr").allInnerTexts();
  const drawn = await frame.locator("#numbers svg[role=img]").getAttribute("aria-label");
  const title = await frame.locator("#numbers td.figure").first().getAttribute("title");
  return /^Kontorfunksjonærer\s+3\s+7\s+7\s+7\s+1$/.test(rows[0]) && drawn.startsWith("Figur: Sum") && title.startsWith("dode-yrke, linje 1. ");
}

async function source() {
  await (await messageFrame()).locator("#numbers a", { hasText: "dode-yrke, linje 1" }).click({ timeout: SOON });
  await page.locator(".tab.active", { hasText: "dode.vkd" }).waitFor({ timeout: SOON });
  return within(SECONDS, async () => (await page.locator(".statusbar-item", { hasText: "Ln 3" }).count()) > 0);
}

// The sentence's years are changed, so that fewer figures are asked for; the file on the disk stays as it is.
async function unsaved() {
  await hands.goTo(3, (await editor.read("products/dode.vkd")).split("\n")[2].indexOf("19651231") + 1);
  await hands.deleteRight("19651231".length);
  await page.keyboard.type("19621231");
  await page.locator(".tab", { hasText: "eksempel-4" }).first().click();
  await lens().click({ timeout: SOON });
  const fewer = await within(SECONDS, async () => {
    const frame = await messageFrame();
    return frame !== undefined && (await frame.locator("#numbers thead th.figure").allInnerTexts()).join() === "1961,1962";
  });
  await page.locator(".tab", { hasText: "dode.vkd" }).first().click();
  await hands.command("File: Revert File");
  return fewer;
}

async function unitsNotOffered() {
  await hands.openPrompt("Control+p");
  await hands.prompt().fill("eksempel-3.vkd");
  await hands.row("eksempel-3.vkd").click({ timeout: SOON });
  await page.locator(".codelens-decoration a", { hasText: "Vis referansemelding" }).first().waitFor({ timeout: SOON });
  await page.waitForTimeout(2000);
  return (await lens().count()) === 0;
}

async function unitsDivided() {
  await machine.write({ ...machine.settings, "vkd.data.private": true });
  await lens().click({ timeout: SOON });
  await choose(["Yrke, 19601101", "Yrke, 19701101"], "antall enheter");
  await shown("under reglene");
  return (await (await messageFrame()).locator("#numbers tbody tr").count()) === 3;
}

async function refused() {
  const settings = path.join(editor.folder, "vkd.toml");
  await writeFile(settings, (await editor.read("vkd.toml")).replace(/minimum-population = \d+/, "minimum-population = 5000"));
  // The catalogue is read anew, and its lens comes back.
  await page.waitForTimeout(3000);
  await lens().click({ timeout: SOON });
  await choose(["Kjønn"], "antall enheter");
  const said = page.locator(".notification-list-item-message", { hasText: "eksempel-3.vkd:2: " });
  await said.first().waitFor({ timeout: SOON });
  return !(await said.first().innerText()).includes("Request");
}

async function choose(lines, taken) {
  for (const line of lines) await page.locator(".quick-input-list .monaco-list-row", { hasText: line }).first().click({ timeout: SOON });
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: taken }).first().click({ timeout: SOON });
}

function lens() {
  return page.locator(".codelens-decoration a", { hasText: "Vis tallene" }).first();
}

async function shown(text) {
  if (!(await within(SECONDS, async () => (await hands.messageText()).includes(text)))) throw new Error(`not shown: ${text}`);
}

/** The frame in which the message stands. */
async function messageFrame() {
  for (const frame of page.frames().slice(1)) if (await frame.locator("#numbers").count().catch(() => 0)) return frame;
  return undefined;
}
