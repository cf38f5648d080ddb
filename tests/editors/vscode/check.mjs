// Drives the real VS Code: types, clicks and looks, as a person would. One line a check; exits 0, 1, or 77 when there is no VS Code here.
import { isAlive, openEditor, whyNot, within } from "./editor.mjs";
import { Checks, Hands, SECONDS, SOON } from "./hands.mjs";

const DEMAND = "demands/eksempel-3.vkd";
const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP VS Code: ${reason}`);
  process.exit(77);
}

const editor = await openEditor(DEMAND);
const { page } = editor;
const hands = new Hands(page);
const checks = new Checks("vscode", page);
const { settings } = editor.machine;
try {
  await checks.check("the server starts", () => within(SECONDS, async () => (await editor.serverPids()).length === 1));
  await checks.check("five fields, five colours", () => within(SECONDS, fieldColours));
  await checks.check("inlay hints tell what dittos stand for", () => within(SECONDS, fieldsAreHinted));
  await checks.check("hover explains a word", hover);
  await checks.check("completion inside a field", completion);
  await checks.check("a misspelt word is marked, with its code", misspell);
  await checks.check("the mark's code leads to its rule", rule);
  await checks.check("its fix puts the right word there", fix);
  await checks.check("an edit clears the mark", editClears);
  await checks.check("the lens runs the demand, its message is shown", lens);
  await checks.check("the command lists the file's demands", runFile);
  await checks.check("the lens that runs says what came of it", runLens);
  await checks.check("a missed product is explained", missed);
  await checks.check("a changed setting takes effect at once", changedSetting);
  await checks.check("saving runs the demands when the setting says so", saved);
  await checks.check("restarting ends the old server", restart);
  await checks.check("a server that dies comes back", comesBack);
  await checks.check("a server that is not there is explained", () => explained("/no/such/vkd"));
  await checks.check("a server that ends at once is explained", () => explained("false"));
  await checks.check("a server that never answers is ended", replaced);
  await checks.check("without a setting the workspace's .venv is looked into", fromVenv);
} finally {
  const pids = await editor.serverPids();
  await editor.close();
  await checks.check("no server outlives the editor", () => within(SECONDS, async () => pids.length > 0 && pids.every((pid) => !isAlive(pid))));
}
checks.end();

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
  return hands.hoverWord("Inntekt", "K6");
}

// A word that stands nowhere in the file, so that only the server can know it.
async function completion() {
  await hands.goTo(4, lineColumn(await editor.read(DEMAND), 4, "Kjønn"));
  await hands.deleteRight("Kjønn".length);
  await page.keyboard.type("Utd");
  await page.keyboard.press("Control+Space");
  await page.locator(".suggest-widget .monaco-list-row", { hasText: "Utdanning" }).first().waitFor({ timeout: SOON });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  const accepted = await within(SECONDS, async () => /^2 .*\/ Utdanning +\//m.test(await editor.read(DEMAND)));
  await hands.goTo(4, lineColumn(await editor.read(DEMAND), 4, "Utdanning"));
  await hands.deleteRight("Utdanning".length);
  await page.keyboard.type("Kjønn");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+s");
  return (await within(SECONDS, async () => /^2 .*\/ Kjønn +\//m.test(await editor.read(DEMAND)))) && accepted;
}

async function misspell() {
  await hands.goTo(4, lineColumn(await editor.read(DEMAND), 4, "Kjønn") + 2);
  await page.keyboard.type("x");
  await page.locator(".squiggly-error").first().waitFor({ timeout: SOON });
  return hands.hoverWord("Kjxønn", "VKD101");
}

async function rule() {
  await page.locator(".monaco-hover:visible a", { hasText: "VKD101" }).first().click({ timeout: SOON });
  const explained = await within(SECONDS, async () => (await hands.messageText()).includes("VKD101"));
  await page.locator(".tab", { hasText: "eksempel-3" }).first().click();
  return explained;
}

async function fix() {
  await page.keyboard.press("Control+s");
  await within(SECONDS, async () => (await editor.read(DEMAND)).includes("Kjxønn"));
  await hands.goTo(4, lineColumn(await editor.read(DEMAND), 4, "Kjxønn") + 1);
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
  await hands.goTo(4, lineColumn(await editor.read(DEMAND), 4, "Kjønn") + 2);
  await page.keyboard.type("x");
  await page.locator(".squiggly-error").first().waitFor({ timeout: SOON });
  await page.keyboard.press("Backspace");
  return within(SECONDS, async () => (await page.locator(".squiggly-error").count()) === 0);
}

// Clicked again when nothing comes: VS Code draws lenses anew after an edit, and a click in between falls on the old one.
async function lens() {
  return within(SECONDS, async () => {
    await page.locator(".codelens-decoration a").first().click({ timeout: SOON });
    return within(4, async () => (await hands.messageText()).includes("ft70-person"));
  });
}

async function runFile() {
  await hands.goTo(7, 1);
  await hands.command("vkd: Run all demands in the file");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "bruker 1" }).first().waitFor({ timeout: SOON });
  await page.keyboard.press("Escape");
  return true;
}

/** Whether the server answers now; what the screen shows may be from the one before. */
async function answers() {
  await hands.command("vkd: Run all demands in the file");
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
  await hands.goTo(7, 1);
  await hands.command("vkd: Why is a product not among the answers?");
  await page.locator(".quick-input-widget:visible", { hasText: "do you miss" }).waitFor({ timeout: SOON });
  await page.keyboard.type("ft70-tabell");
  await page.keyboard.press("Enter");
  await page.locator(".monaco-dialog-box", { hasText: "ft70-tabell" }).waitFor({ timeout: SOON });
  await page.keyboard.press("Escape");
  return true;
}

async function changedSetting() {
  await editor.machine.write({ ...settings, "vkd.hints.codes": true, "vkd.run.onSave": true });
  return within(SECONDS, async () => (await hands.shownLine("Kjønn")).includes("[K4]"));
}

async function saved() {
  await page.locator(".tab", { hasText: "eksempel-3" }).first().click();
  await page.keyboard.press("Control+s");
  await page.locator(".notification-list-item", { hasText: "bruker 1: 1 svar" }).first().waitFor({ timeout: SOON });
  return true;
}

async function restart() {
  const before = await editor.serverPids();
  await hands.command("vkd: Restart the server");
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
  return (await notice.first().getByRole("button", { name: "Settings" }).count()) === 1;
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
  return /2 \/ ".*Personer/.test(await hands.shownLine("Kjønn"));
}

function lineColumn(text, line, word) {
  const column = text.split("\n")[line - 1].indexOf(word) + 1;
  if (column === 0) throw new Error(`no ${word} in line ${line}`);
  return column;
}
