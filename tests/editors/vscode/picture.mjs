// Makes docs/pictures/vscode-light.png and vscode-dark.png: a demand, its reference message and the catalogue; and vscode-numbers.png
// and vscode-units.png: a demand with the numbers of its answer below the message, published ones, and such as were counted of persons.
// With the names of some as arguments it makes those alone.
import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { openEditor, whyNot, within } from "./editor.mjs";
import { Hands, SECONDS, SOON } from "./hands.mjs";

const PICTURES = fileURLToPath(new URL("../../../docs/pictures/", import.meta.url));
const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP the pictures: ${reason}`);
  process.exit(77);
}

const SETTINGS = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 13,
  "vkd.language": "nb",
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
};

await mkdir(PICTURES, { recursive: true });
await picture("vscode-light.png", "Default Light Modern", "demands/eksempel-3.vkd", answered);
await picture("vscode-dark.png", "Default Dark Modern", "demands/eksempel-3.vkd", answered);
await picture("vscode-numbers.png", "Default Light Modern", "demands/eksempel-4.vkd", numbered);
await picture("vscode-units.png", "Default Light Modern", "demands/eksempel-3.vkd", divided);

async function picture(name, theme, file, arrange) {
  if (process.argv.length > 2 && !process.argv.includes(name)) return;
  const settings = { ...SETTINGS, "workbench.colorTheme": theme };
  const editor = await openEditor(file, { settings, viewport: { width: 1600, height: 720 } });
  try {
    await arrange(editor, new Hands(editor.page));
    await editor.page.mouse.move(1000, 715);
    // Lenses, hints and the panel's style settle.
    await editor.page.waitForTimeout(2500);
    await editor.page.screenshot({ path: path.join(PICTURES, name) });
    console.log(`wrote ${name}`);
  } finally {
    await editor.close();
  }
}

async function answered({ page }, hands) {
  await page.locator(".codelens-decoration a").first().click({ timeout: SOON });
  await within(SECONDS, async () => (await hands.messageText()).includes("ft70-person"));
  await hands.command("vkd: Open the catalogue");
  await hands.treeRow("Kjennemerker").click({ timeout: SOON });
  await hands.treeRow("Inntekt").locator(".monaco-tl-twistie").click({ timeout: SOON });
  await hands.treeRow("Produkter").click();
  await hands.treeRow("ft70-tabell").waitFor({ timeout: SOON });
  // The demand is as broad as its hints; the message takes what is left.
  for (let i = 0; i < 2; i += 1) {
    await page.keyboard.press("Control+1");
    await hands.command("View: Increase Current View Size");
  }
}

async function numbered({ page }, hands) {
  await page.locator(".codelens-decoration a", { hasText: "Vis tallene" }).first().click({ timeout: SOON });
  if (!(await within(SECONDS, async () => (await hands.messageText()).includes("Ingen vern mot avsløring")))) throw new Error("the numbers are not shown");
  await hands.command("View: Toggle Primary Side Bar Visibility");
}

async function divided({ page, machine }, hands) {
  await machine.write({ ...machine.settings, "vkd.data.private": true });
  await page.locator(".codelens-decoration a", { hasText: "Vis tallene" }).first().click({ timeout: SOON });
  for (const line of ["Yrke, 19601101", "Yrke, 19701101"]) await page.locator(".quick-input-list .monaco-list-row", { hasText: line }).click({ timeout: SOON });
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "gjennomsnittet" }).first().waitFor({ timeout: SOON });
  await page.keyboard.press("Enter");
  if (!(await within(SECONDS, async () => (await hands.messageText()).includes("under reglene")))) throw new Error("the numbers are not shown");
  await hands.command("View: Toggle Primary Side Bar Visibility");
}
