// Drives the real VS Code: types, clicks and looks, as a person would. One line a check; exits 0, 1, or 77 when there is no VS Code here.
import { isAlive, openEditor, whyNot, within } from "./editor.mjs";

const DEMAND = "demands/eksempel-3.vkd";
// What a person would wait; machines that do other things as well are slow.
const SECONDS = 20;
const SOON = SECONDS * 1000;
const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP VS Code: ${reason}`);
  process.exit(77);
}

let passed = 0;
let failed = 0;
const editor = await openEditor(DEMAND);
const { page } = editor;
const { settings } = editor.machine;
try {
  await check("the server starts", () => within(SECONDS, async () => (await editor.serverPids()).length === 1));
  await check("five fields, five colours", () => within(SECONDS, fieldColours));
  await check("inlay hints tell what dittos stand for", () => within(SECONDS, fieldsAreHinted));
  await check("hover explains a word", hover);
  await check("completion inside a field", completion);
  await check("a misspelt word is marked, with its code", misspell);
  await check("the mark's code leads to its rule", rule);
  await check("its fix puts the right word there", fix);
  await check("an edit clears the mark", editClears);
  await check("the lens runs the demand, its message is shown", lens);
  await check("the command lists the file's demands", runFile);
  await check("the lens that runs says what came of it", runLens);
  await check("a missed product is explained", missed);
  await check("a changed setting takes effect at once", changedSetting);
  await check("saving runs the demands when the setting says so", saved);
  await check("restarting ends the old server", restart);
  await check("a server that dies comes back", comesBack);
  await check("a server that is not there is explained", () => explained("/no/such/vkd"));
  await check("a server that ends at once is explained", () => explained("false"));
  await check("a server that never answers is ended", replaced);
  await check("without a setting the workspace's .venv is looked into", fromVenv);
} finally {
  const pids = await editor.serverPids();
  await editor.close();
  await check("no server outlives the editor", () => within(SECONDS, async () => pids.length > 0 && pids.every((pid) => !isAlive(pid))));
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** One check: `sees` is called once, and waits itself for what takes time. An action that finds nothing to act on fails it too. */
async function check(what, sees) {
  const error = await sees().then((seen) => (seen ? undefined : "not seen"), (thrown) => String(thrown).split("\n")[0]);
  if (error === undefined) passed += 1;
  else failed += 1;
  console.log(error === undefined ? `ok   VS Code: ${what}` : `FAIL VS Code: ${what}: ${error}`);
  if (error !== undefined && process.env.VKD_PICTURES) {
    await page.screenshot({ path: `${process.env.VKD_PICTURES}/vscode-failed-${failed}.png` }).catch(() => undefined);
  }
}

async function fieldColours() {
  const colours = await page.evaluate((words) => {
    const spans = [...document.querySelectorAll(".view-line span > span")];
    return words.map((word) => {
      const span = spans.find(({ textContent }) => textContent.replaceAll("\u00a0", " ").trim() === word);
      return span && getComputedStyle(span).color;
    });
  }, ["Etterspørselsbeskrivelse", "Personer", "Personreg.nov.60", "Inntekt", "19701101"]);
  return colours.every(Boolean) && new Set(colours).size === colours.length;
}

async function hover() {
  return hoverWord("Inntekt", "K6");
}

// A word that stands nowhere in the file, so that only the server can know it.
async function completion() {
  await goTo(4, lineColumn(await editor.read(DEMAND), 4, "Kjønn"));
  await deleteRight("Kjønn".length);
  await page.keyboard.type("Utd");
  await page.keyboard.press("Control+Space");
  await page.locator(".suggest-widget .monaco-list-row", { hasText: "Utdanning" }).first().waitFor({ timeout: SOON });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  const accepted = await within(SECONDS, async () => /^2 .*\/ Utdanning +\//m.test(await editor.read(DEMAND)));
  await goTo(4, lineColumn(await editor.read(DEMAND), 4, "Utdanning"));
  await deleteRight("Utdanning".length);
  await page.keyboard.type("Kjønn");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+s");
  return (await within(SECONDS, async () => /^2 .*\/ Kjønn +\//m.test(await editor.read(DEMAND)))) && accepted;
}

async function misspell() {
  await goTo(4, lineColumn(await editor.read(DEMAND), 4, "Kjønn") + 2);
  await page.keyboard.type("x");
  await page.locator(".squiggly-error").first().waitFor({ timeout: SOON });
  return hoverWord("Kjxønn", "VKD101");
}

async function rule() {
  await page.locator(".monaco-hover:visible a", { hasText: "VKD101" }).first().click({ timeout: SOON });
  const explained = await within(SECONDS, async () => (await messageText()).includes("VKD101"));
  await page.locator(".tab", { hasText: "eksempel-3" }).first().click();
  return explained;
}

async function fix() {
  await page.keyboard.press("Control+s");
  await within(SECONDS, async () => (await editor.read(DEMAND)).includes("Kjxønn"));
  await goTo(4, lineColumn(await editor.read(DEMAND), 4, "Kjxønn") + 1);
  const right = page.locator(".action-widget .monaco-list-row", { hasText: "Kjønn" }).first();
  await within(SECONDS, async () => {
    await page.keyboard.press("Control+.");
    return within(4, () => right.isVisible());
  });
  await right.click({ timeout: SOON });
  await page.keyboard.press("Control+s");
  return within(SECONDS, async () => (await editor.read(DEMAND)).includes("Kjønn") && (await page.locator(".squiggly-error").count()) === 0);
}

async function editClears() {
  await goTo(4, lineColumn(await editor.read(DEMAND), 4, "Kjønn") + 2);
  await page.keyboard.type("x");
  await page.locator(".squiggly-error").first().waitFor({ timeout: SOON });
  await page.keyboard.press("Backspace");
  return within(SECONDS, async () => (await page.locator(".squiggly-error").count()) === 0);
}

// Clicked again when nothing comes: VS Code draws lenses anew after an edit, and a click in between falls on the old one.
async function lens() {
  return within(SECONDS, async () => {
    await page.locator(".codelens-decoration a").first().click({ timeout: SOON });
    return within(4, async () => (await messageText()).includes("ft70-person"));
  });
}

async function runFile() {
  await goTo(7, 1);
  await command("vkd: Run all demands in the file");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "bruker 1" }).first().waitFor({ timeout: SOON });
  await page.keyboard.press("Escape");
  return true;
}

/** Whether the server answers now; what the screen shows may be from the one before. */
async function answers() {
  await command("vkd: Run all demands in the file");
  const listed = await within(3, () => page.locator(".quick-input-list .monaco-list-row", { hasText: "bruker 1" }).first().isVisible());
  await page.keyboard.press("Escape");
  return listed;
}

async function runLens() {
  await page.locator(".codelens-decoration a").nth(1).click({ timeout: SOON });
  await page.locator(".notification-list-item", { hasText: "bruker 1: 1 answer" }).first().waitFor({ timeout: SOON });
  return true;
}

async function missed() {
  await goTo(7, 1);
  await command("vkd: Why is a product not among the answers?");
  await page.locator(".quick-input-widget:visible", { hasText: "that you miss" }).waitFor({ timeout: SOON });
  await page.keyboard.type("ft70-tabell");
  await page.keyboard.press("Enter");
  await page.locator(".monaco-dialog-box", { hasText: "ft70-tabell" }).waitFor({ timeout: SOON });
  await page.keyboard.press("Escape");
  return true;
}

async function changedSetting() {
  await editor.machine.write({ ...settings, "vkd.hints.codes": true, "vkd.run.onSave": true });
  return within(SECONDS, async () => (await shownLine("Kjønn")).includes("[K4]"));
}

async function saved() {
  await page.locator(".tab", { hasText: "eksempel-3" }).first().click();
  await page.keyboard.press("Control+s");
  await page.locator(".notification-list-item", { hasText: "bruker 1: 1 svar" }).first().waitFor({ timeout: SOON });
  return true;
}

async function restart() {
  const before = await editor.serverPids();
  await command("vkd: Restart the server");
  return within(SECONDS, async () => {
    const [fresh] = (await editor.serverPids()).slice(before.length);
    return fresh !== undefined && isAlive(fresh) && before.every((pid) => !isAlive(pid));
  });
}

async function comesBack() {
  // One that dies while it starts is not started again.
  if (!(await within(SECONDS, answers))) return false;
  const pids = await editor.serverPids();
  process.kill(pids.at(-1), "SIGKILL");
  return within(SECONDS, async () => (await editor.serverPids()).length > pids.length);
}

async function explained(program) {
  await editor.machine.write({ "vkd.server.command": [program] });
  const notice = page.locator(".notification-list-item", { hasText: `could not be started: “${program}”` });
  await notice.first().waitFor({ timeout: SOON });
  return (await notice.first().getByRole("button", { name: "Open the setting" }).count()) === 1;
}

async function replaced() {
  const silent = await editor.script("silent", "echo $$ >>silent-pids; exec sleep 600");
  await editor.machine.write({ "vkd.server.command": [silent] });
  const pids = async () => (await editor.read("silent-pids").catch(() => "")).split("\n").filter(Boolean).map(Number);
  const started = await within(SECONDS, async () => (await pids()).length === 1);
  const before = (await editor.serverPids()).length;
  await editor.machine.write(settings);
  const [pid] = await pids();
  return started && (await within(SECONDS, async () => (await editor.serverPids()).length > before && !isAlive(pid)));
}

async function fromVenv() {
  const [script] = settings["vkd.server.command"];
  await editor.link(script, ".venv/bin/vkd");
  const before = (await editor.serverPids()).length;
  await editor.machine.write({});
  return within(SECONDS, async () => (await editor.serverPids()).length > before) && within(SECONDS, fieldsAreHinted);
}

async function fieldsAreHinted() {
  return /2 \/ ".*Personer/.test(await shownLine("Kjønn"));
}

/** Types the column as VS Code counts it, from 1. */
async function goTo(line, column) {
  // A preview that has just come up may take the keyboard back from the editor, where alone there are lines to go to.
  await within(SECONDS, async () => {
    await page.keyboard.press("Control+1");
    await openPrompt("Control+g");
    const astray = await page.locator(".quick-input-widget:visible", { hasText: "Open a text editor first" }).count();
    if (astray > 0) await page.keyboard.press("Escape");
    return astray === 0;
  });
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
  await prompt().waitFor({ state: "hidden", timeout: SOON });
}

/** Asks again when a preview that comes up takes the keyboard meanwhile, which closes the prompt. */
async function openPrompt(key) {
  const opened = await within(SECONDS, async () => {
    await page.keyboard.press(key);
    return within(3, () => prompt().isVisible());
  });
  if (!opened) throw new Error(`${key} opened no prompt`);
}

function prompt() {
  return page.locator(".quick-input-widget:visible input").first();
}

function lineColumn(text, line, word) {
  const column = text.split("\n")[line - 1].indexOf(word) + 1;
  if (column === 0) throw new Error(`no ${word} in line ${line}`);
  return column;
}

async function deleteRight(count) {
  for (let i = 0; i < count; i += 1) await page.keyboard.press("Delete");
}

async function command(title) {
  await openPrompt("F1");
  await page.keyboard.type(title);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title.split(": ")[1] }).first().waitFor({ timeout: SOON });
  await page.keyboard.press("Enter");
}

/** Rests the mouse on a word until its hover says `text`; VS Code starts to wait only when the mouse moves over the word itself. */
function hoverWord(word, text) {
  const span = page.locator(".view-line span > span", { hasText: new RegExp(`^\\s*${word}\\s*$`) }).first();
  return within(SECONDS, async () => {
    await page.mouse.move(5, 5);
    // Playwright's own hover would scroll VS Code's inner boxes, and what is not there is being drawn anew.
    const box = await span.boundingBox({ timeout: 1000 }).catch(() => null);
    if (box === null) return false;
    await page.mouse.move(box.x + 12, box.y + 8, { steps: 4 });
    return within(3, async () => (await visibleText(".monaco-hover")).includes(text));
  });
}

async function visibleText(selector) {
  return (await page.locator(`${selector}:visible`).allTextContents()).join("\n");
}

/** A line as it stands on the screen, hints and all. */
async function shownLine(word) {
  const [text] = await page.locator(".view-line", { hasText: new RegExp(`/\\s*${word}`) }).allTextContents();
  return text?.replaceAll("\u00a0", " ") ?? "";
}

/** What all frames inside the page show: the Markdown preview is one of them. */
async function messageText() {
  const texts = await Promise.all(page.frames().slice(1).map((frame) => frame.locator("body").innerText({ timeout: 1000 }).catch(() => "")));
  return texts.join("\n");
}
