// Drives what the extension adds to VS Code's own windows: status bar, catalogue, tests, tasks, links, walkthrough. One line a check.
import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { openEditor, whyNot, within } from "./editor.mjs";
import { Checks, Hands, SECONDS, SOON } from "./hands.mjs";

const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP VS Code: ${reason}`);
  process.exit(77);
}

let editor = await openEditor("demands/eksempel-3.vkd");
let hands = new Hands(editor.page);
const checks = new Checks("workbench", editor.page);
try {
  await checks.check("the status bar names the catalogue", () => stateIs("Folketelling"));
  await checks.check("a click there tells how the server is doing", status);
  await checks.check("the catalogue is a tree", tree);
  await checks.check("a word is put into the description from there", insert);
  await checks.check("a word is asked for in a line more of the demand", () => asked("Utdanning", "- / - / Utdanning / -"));
  await checks.check("a product's line is asked for", lineAsked);
  await checks.check("the search finds by a synonym and shows it in the tree", search);
  await checks.check("a message's links lead to the product's line", link);
  await checks.check("the message is copied as Markdown", copy);
  await checks.check("a concept is renamed in its vocabulary too", rename);
  await checks.check("a vocabulary's rows are explained", vocabulary);
  await checks.check("a test without accepted answers fails and says so", () => testFails("No answers are accepted yet"));
  await checks.check("accepting the answers lets it pass", accept);
  await checks.check("drift is shown beside what was accepted", drift);
  await checks.check("the task fills the problems", task);
  await checks.check("stopping is seen in the status bar and the view", stopped);
  await checks.check("restarting brings it back", restarted);
  await checks.check("the walkthrough opens", walkthrough);
} finally {
  await editor.close();
}
editor = await openEditor("demands/demo.vkd", { example: "utdanning", settings: { "vkd.language": "nb" } });
hands = new Hands(editor.page);
checks.page = editor.page;
try {
  await checks.check("the education catalogue is opened, and named", () => stateIs("utdanning"));
  await checks.check("its demand is answered, with links", educationAnswered);
  await checks.check("the extension speaks the language that is set", norwegian);
} finally {
  await editor.close();
}
editor = await openEditor("products/KRSI.vkd", { example: "registre-dk", settings: { "vkd.language": "en" } });
hands = new Hands(editor.page);
checks.page = editor.page;
try {
  await checks.check("a collection tells its editions and what changed", collection);
  await checks.check("the catalogue has editions below their collection, the latest first", editions);
  await checks.check("where no demand is open, one is begun", begun);
} finally {
  await editor.close();
}
checks.end();

function stateIs(text) {
  return within(SECONDS * 2, async () => ((await hands.status().textContent({ timeout: 1000 }).catch(() => "")) ?? "").toLowerCase().includes(text.toLowerCase()));
}

async function status() {
  await hands.status().click();
  return within(SECONDS, async () => (await hands.messageText()).includes("Status for vkd"));
}

async function tree() {
  await editor.page.keyboard.press("Control+1");
  await hands.command("vkd: Open the catalogue");
  await hands.treeRow("Object types").waitFor({ timeout: SOON });
  await hands.treeRow("Characteristics").click();
  await hands.treeRow("Inntekt").waitFor({ timeout: SOON });
  await hands.treeRow("Products").click();
  await hands.treeRow("ft70-tabell").waitFor({ timeout: SOON });
  return (await hands.visibleText(".monaco-list-row")).includes("Registers");
}

async function insert() {
  await hands.goTo(8, 1);
  await hands.treeRow("Utdanning").hover();
  await hands.treeRow("Utdanning").getByRole("button", { name: "Insert into the description" }).click({ timeout: SOON });
  await editor.page.keyboard.press("Control+s");
  const inserted = await within(SECONDS, async () => (await editor.read("demands/eksempel-3.vkd")).endsWith("Utdanning"));
  await editor.page.keyboard.press("Control+z");
  await editor.page.keyboard.press("Control+s");
  return inserted;
}

/** Asks for a row of the tree by its button; whether the line that asks for it then ends the demand. The demand is left as it was. */
async function asked(row, line) {
  await hands.treeRow(row).hover();
  await hands.treeRow(row).getByRole("button", { name: "Ask for this" }).click({ timeout: SOON });
  await within(SECONDS, async () => (await hands.shownLine(line.split(" / ")[2])) !== "");
  await editor.page.keyboard.press("Control+s");
  const added = await within(SECONDS, async () => (await editor.read("demands/eksempel-3.vkd")).includes(` O\n6 / ${line} / .`));
  await editor.page.keyboard.press("Control+z");
  await editor.page.keyboard.press("Control+s");
  return added && within(SECONDS, async () => !(await editor.read("demands/eksempel-3.vkd")).includes(line));
}

/** Unfolds a row of the tree that leads somewhere when it is clicked. */
async function unfold(row) {
  await hands.treeRow(row).locator(".monaco-tl-twistie").click({ timeout: SOON });
}

async function lineAsked() {
  // The product is opened in the demand's place.
  await hands.treeRow("ft70-tabell").click();
  await unfold("ft70-tabell");
  return asked("Personaggregater / Yrkes", "Personaggregater / Yrkesklassifikasjon / Sum / 19701101");
}

async function search() {
  await hands.command("vkd: Search the catalogue");
  await editor.page.getByPlaceholder("A word, synonym or code").fill("Personnummer");
  await hands.row("Fødselsnummer").waitFor({ timeout: SOON });
  await editor.page.keyboard.press("Enter");
  const opened = await within(SECONDS, async () => (await hands.visibleText(".tab.active")).includes("characteristics.csv"));
  return opened && within(SECONDS, async () => (await hands.visibleText(".monaco-list-row.selected")).includes("Fødselsnummer"));
}

async function link() {
  await showDemand();
  await editor.page.locator(".codelens-decoration a").first().click({ timeout: SOON });
  const frame = await frameWith("Referansemelding");
  await frame.locator("a", { hasText: "ft70-person, linje 4" }).first().click({ timeout: SOON });
  const opened = await within(SECONDS, async () => (await hands.visibleText(".tab.active")).includes("ft70.vkd"));
  return opened && within(SECONDS, async () => /Ln 7\b/.test(await hands.visibleText(".statusbar")));
}

async function copy() {
  await showDemand();
  await hands.goTo(3, 1);
  await hands.command("vkd: Copy the reference message as Markdown");
  return within(SECONDS, async () => (await editor.page.evaluate(() => navigator.clipboard.readText())).startsWith("# Referansemelding"));
}

async function rename() {
  await showDemand();
  const text = await editor.read("demands/eksempel-3.vkd");
  await hands.goTo(7, text.split("\n")[6].indexOf("Inntekt") + 2);
  await editor.page.keyboard.press("F2");
  await editor.page.locator(".rename-box input").waitFor({ timeout: SOON });
  await editor.page.locator(".rename-box input").fill("Årsinntekt");
  await editor.page.keyboard.press("Enter");
  await within(SECONDS, async () => (await hands.shownLine("Årsinntekt")) !== "");
  await hands.command("File: Save All Files");
  return within(SECONDS, async () => {
    const texts = await Promise.all(["demands/eksempel-3.vkd", "vocabulary/characteristics.csv", "products/ft70.vkd"].map((name) => editor.read(name)));
    return texts.every((one) => one.includes("Årsinntekt"));
  });
}

async function vocabulary() {
  await openFile("characteristics.csv");
  return within(SECONDS, async () => {
    const span = editor.page.locator(".view-line span > span", { hasText: "Yrke" }).first();
    const box = await span.boundingBox({ timeout: 1000 }).catch(() => null);
    if (box === null) return false;
    await editor.page.mouse.move(5, 5);
    await editor.page.mouse.move(box.x + 4, box.y + 8, { steps: 4 });
    return within(3, async () => (await hands.visibleText(".monaco-hover")).includes("K5"));
  });
}

async function testFails(message) {
  await hands.command("Testing: Focus on Test Explorer View");
  await hands.treeRow("eksempel-3.vkd").waitFor({ timeout: SOON });
  await hands.command("Test: Run All Tests");
  return within(SECONDS, async () => (await hands.visibleText(".test-output-peek, .test-peek, .zone-widget, .panel, .monaco-list-row")).includes(message));
}

async function accept() {
  await showDemand();
  await hands.command("vkd: Accept the answers as they are found now");
  const accepted = await within(SECONDS, async () => (await editor.read("demands/eksempel-3.expected").catch(() => "")).includes("bruker 1: found"));
  return accepted && within(SECONDS, async () => (await editor.page.locator(".test-item .codicon-testing-passed-icon, .monaco-list-row .codicon-testing-passed-icon").count()) > 0);
}

async function drift() {
  const file = path.join(editor.folder, "demands/eksempel-3.expected");
  await writeFile(file, (await editor.read("demands/eksempel-3.expected")).replace("exact", "narrower"));
  return testFails("The answers are not those that were accepted.");
}

async function task() {
  await writeFile(path.join(editor.folder, "demands/feil.vkd"), "0 / Etterspørselsbeskrivelse / ingen\n1 / Personer / - / Yrkke / 1970 / .\n");
  await hands.command("Tasks: Run Build Task");
  // Where it is the only one it may be run without being asked for.
  await hands.row("vkd: check").click({ timeout: 5000 }).catch(() => undefined);
  // The terminal comes up over the problems when it has something to say.
  return within(SECONDS, async () => {
    await hands.command("Problems: Focus on Problems View");
    return within(4, async () => (await hands.visibleText(".markers-panel .monaco-list-row")).includes("VKD101"));
  });
}

async function stopped() {
  await hands.command("vkd: Stop the server");
  const told = await stateIs("vkd: stopped");
  await hands.command("vkd: Open the catalogue");
  return told && within(SECONDS, async () => (await hands.visibleText(".welcome-view-content, .pane-body")).includes("does not run"));
}

async function restarted() {
  await hands.command("vkd: Restart the server");
  return (await stateIs("Folketelling")) && within(SECONDS, () => hands.treeRow("Object types").isVisible());
}

async function walkthrough() {
  await hands.command("vkd: First steps");
  await editor.page.locator(".gettingStartedContainer", { hasText: "A demand answered in five minutes" }).waitFor({ timeout: SOON });
  const done = editor.page.locator(".getting-started-step", { hasText: "Get the server" }).locator(".codicon-getting-started-step-checked");
  return within(SECONDS, async () => (await done.count()) > 0);
}

async function educationAnswered() {
  await editor.page.locator(".codelens-decoration a").first().click({ timeout: SOON });
  const frame = await frameWith("grunnskolekarakterer");
  return within(SECONDS, async () => (await frame.locator("a", { hasText: "grunnskolekarakterer" }).count()) > 0);
}

async function norwegian() {
  await hands.command("vkd: Open the catalogue");
  await hands.treeRow("Objekttyper").waitFor({ timeout: SOON });
  await hands.treeRow("Kjennemerker").click();
  return within(SECONDS, async () => (await hands.visibleText(".monaco-list-row")).includes("til") || (await editor.page.locator(".monaco-list-row:visible").count()) > 12);
}

async function showDemand() {
  await openFile("eksempel-3.vkd");
}

async function openFile(name) {
  await hands.openPrompt("Control+p");
  await editor.page.keyboard.type(name);
  // What was open before stands there until what is typed counts.
  await editor.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).waitFor({ timeout: SOON });
  await editor.page.keyboard.press("Enter");
  await editor.page.locator(".tab.active", { hasText: name }).first().waitFor({ timeout: SOON });
}

async function frameWith(text) {
  let found;
  await within(SECONDS, async () => {
    for (const frame of editor.page.frames().slice(1)) {
      const shown = await frame.locator("body").innerText({ timeout: 1000 }).catch(() => "");
      if (shown.includes(text)) found = frame;
    }
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`no preview shows ${text}`);
  return found;
}

async function collection() {
  const header = (await editor.read("products/KRSI.vkd")).split("\n")[8];
  await hands.goTo(9, header.indexOf("collection=KRSI") + 13);
  return within(SECONDS * 2, async () => {
    await hands.command("Show or Focus Hover");
    return within(3, async () => /46 editions: 1980–2025[^]*2007: gone/.test(await hands.visibleText(".monaco-hover")));
  });
}

async function editions() {
  await hands.command("vkd: Open the catalogue");
  await hands.treeRow("Products").click();
  await unfold("KRSI");
  await hands.treeRow("KRSI2024").waitFor({ timeout: SOON });
  const rows = await hands.visibleText(".monaco-list-row");
  return rows.indexOf("KRSI2025") < rows.indexOf("KRSI2024") && /KRSI2024\s*2024/.test(rows);
}

async function begun() {
  await unfold("KRSI2024");
  const line = hands.treeRow("Persons / ");
  await line.hover();
  await line.getByRole("button", { name: "Ask for this" }).click({ timeout: SOON });
  return within(SECONDS, async () => (await hands.shownLine("Persons")) !== "" && (await hands.visibleText(".tab.active")).includes("Untitled"));
}
