// Walks the stranger's path in the real VS Code, timed: nothing there but Python, an empty window, and the two files that are handed out.
// The wheel is VKD_WHEEL; pip fetches what it needs from the registry that pip is set up for. One line a step.
import { mkdir, readFile } from "node:fs/promises";
import * as path from "node:path";
import { openEditor, whyNot, within } from "./editor.mjs";
import { Checks, Hands, SECONDS, SOON } from "./hands.mjs";

const wheel = process.env.VKD_WHEEL;
const reason = whyNot() ?? (wheel ? undefined : "VKD_WHEEL names no wheel to install (see tests/editors/README.md)");
if (reason !== undefined) {
  console.log(`SKIP the first steps in VS Code: ${reason}`);
  process.exit(77);
}
// pip may have to wait for a registry.
const INSTALLING = 180;
const FIVE_MINUTES = 300;

const editor = await openEditor(undefined, { bare: true });
const { page, home } = editor;
const hands = new Hands(page);
const checks = new Checks("firststeps", page);
const began = Date.now();
try {
  await step("the walkthrough opens in an empty window", walkthrough);
  await step("the server is installed from there", install);
  await step("a workspace to start from is made, and its demand answered", init);
  await step("the sample is copied, and its folder opened", sample);
  await step("its demand is answered", answered);
  await step("a demand of one's own is answered", own);
  await step("all steps are ticked", ticked);
  await checks.check("that took less than five minutes", async () => seconds() < FIVE_MINUTES);
} finally {
  await editor.close();
}
checks.end();

function step(what, does) {
  return checks.check(what, does).then(() => console.log(`     ${seconds()} s`));
}

function seconds() {
  return Math.round((Date.now() - began) / 1000);
}

async function walkthrough() {
  await hands.command("vkd: First steps");
  await page.locator(".gettingStartedContainer", { hasText: "A demand answered in five minutes" }).waitFor({ timeout: SOON });
  await dismiss();
  return true;
}

async function install() {
  await page.locator(".getting-started-step", { hasText: "Get the server" }).first().click({ timeout: SOON });
  await page.locator(".getting-started-step.expanded .button-container", { hasText: "Install it" }).locator("a, button").first().click({ timeout: SOON });
  await hands.row("In an environment of its own").waitFor({ timeout: SOON });
  await hands.row("In an environment of its own").click();
  await hands.row("A wheel").click({ timeout: SOON });
  await hands.answerDialog(wheel);
  return within(INSTALLING, async () => /\$\(library\)|vkd$/.test((await hands.status().textContent().catch(() => "")) ?? ""));
}

async function init() {
  await page.locator(".getting-started-step", { hasText: "Start one of your own" }).first().click({ timeout: SOON });
  await page.locator(".getting-started-step.expanded .button-container", { hasText: "Make a workspace" }).locator("a, button").first().click({ timeout: SOON });
  await mkdir(path.join(home, "new"), { recursive: true });
  await hands.answerDialog(`${path.join(home, "new")}/`);
  await page.locator(".tab", { hasText: "population.vkd" }).first().waitFor({ timeout: SOON * 3 });
  await page.locator(".codelens-decoration a").first().click({ timeout: SOON * 3 });
  return within(SECONDS, async () => (await hands.messageText()).includes("population-2020"));
}

async function sample() {
  await hands.command("vkd: First steps");
  await page.locator(".getting-started-step", { hasText: "Open a sample catalogue" }).first().click({ timeout: SOON });
  await page.locator(".getting-started-step.expanded .button-container", { hasText: "Copy the sample" }).locator("a, button").first().click({ timeout: SOON });
  await mkdir(path.join(home, "mine"), { recursive: true });
  await hands.answerDialog(`${path.join(home, "mine")}/`);
  return within(SECONDS * 3, async () => (await page.locator(".tab", { hasText: "eksempel-3.vkd" }).count()) > 0 && (await hands.shownLine("Kjønn")) !== "");
}

async function answered() {
  await page.locator(".tab", { hasText: "eksempel-3.vkd" }).first().click({ timeout: SOON });
  await page.locator(".codelens-decoration a").first().click({ timeout: SOON * 3 });
  return within(SECONDS, async () => (await hands.messageText()).includes("ft70-person"));
}

/** Types what a person would, choosing words from the list; the snippet's fields are left by Tab. */
async function own() {
  await page.keyboard.press("Control+1");
  await hands.command("vkd: New demand");
  await page.locator(".tab.active", { hasText: "Untitled" }).first().waitFor({ timeout: SOON });
  await page.locator(".view-line", { hasText: "Etterspørselsbeskrivelse / hvem" }).first().waitFor({ timeout: SOON });
  for (const word of ["meg", "Personer", "-", "Inntekt"]) {
    await page.waitForTimeout(300);
    await page.keyboard.type(word);
    await closeSuggestions();
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("1970");
  await closeSuggestions();
  await hands.command("vkd: Run the demand at the cursor");
  return within(SECONDS, async () => {
    const text = await hands.messageText();
    return text.includes("Referansemelding til meg") && text.includes("ft70-person");
  });
}

async function ticked() {
  await hands.command("vkd: Open the catalogue");
  await hands.command("vkd: First steps");
  return within(SECONDS, async () => (await page.locator(".getting-started-step .codicon-getting-started-step-checked").count()) === 6);
}

/** Tab takes the first word of the list while there is one; what is typed here is meant as it stands. */
async function closeSuggestions() {
  await page.waitForTimeout(500);
  if (await page.locator(".suggest-widget.visible").isVisible()) await page.keyboard.press("Escape");
}

/** A stranger reads what pops up and closes it. */
async function dismiss() {
  await hands.command("Notifications: Clear All Notifications").catch(() => undefined);
}
