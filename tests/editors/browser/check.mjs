// Drives the page of `vkd web` in a real browser: reads, types and clicks. One line a check; exits 0, 1, or 77 without a browser.
import { readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { barriers, open, serve, startBrowser, whyNot, within } from "./browser.mjs";

// What a person would wait; machines that do other things as well are slow.
const SECONDS = 20;
const SOON = SECONDS * 1000;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale: "da-DK" };
const DEATHS = '1 / Personaggregat / Yrke / Sum / 196----- / O\n2 / " / Døde / " / " / .';
const RULES = '\n[disclosure]\nminimum-population = 10\nthreshold = 3\nlog = ".vkd/given.jsonl"\n';
const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP the browser: ${reason}`);
  process.exit(77);
}

let passed = 0;
let failed = 0;
const browser = await startBrowser();
const census = await serve("folketelling");
let { page, context, heard, asked, faults } = await open(browser, census.address);
const before = (await census.files()).join();
try {
  await check("an example from the catalogue stands there, answered", exampleStands);
  await check("five fields, five colours", fieldColours);
  await check("hints lie beside the dittos, and columns stay columns", hintsBesideDittos);
  await check("a word is explained under the mouse", hover);
  await check("and at the cursor", atCursor);
  await check("a misspelt word is marked, and listed with its rule", misspelt);
  await check("its fix puts the right word there", fix);
  await check("an edit clears the mark", editClears);
  await check("completion knows a word without its accents", () => completes("kjonn", "Kjønn"));
  await check("completion knows a synonym in another language", () => completes("Income", "Inntekt"));
  await check("Enter begins the next line", nextLine);
  await check("the lens runs the demand, its message is shown", lens);
  await check("each lens runs its own demand, wherever it has moved to", ownLens);
  await check("a product in the message opens at its line", productLine);
  await check("why a product is not among the answers is told", why);
  await check("a demand without an answer is told why", noAnswer);
  await check("what would give answers is one press away", relaxed);
  await check("search finds a word by synonym, code and misspelling", search);
  await check("a vocabulary is a tree for the keyboard", treeByKeyboard);
  await check("a word of the catalogue is put into the demand", putIn);
  await check("the demand is downloaded", download);
  await check("a line that asks for what is shown is added to the demand", asksForThis);
  await check("back and forward lead through what was opened and what was run", backAndForward);
  await check("an address leads to the same demand and the same part of the catalogue", sameAddress);
  await check("the answer is taken along as Markdown, CSV and JSON", takeAlong);
  await check("the answers are searched", filterAnswers);
  await check("published figures stand below the message, as a table and a plot", numbersBelow);
  await check("each figure tells its source, which opens", sourcesOfNumbers);
  await check("what the plot shows fits the page, also on a phone", numbersOnPhone);
  await check("figures that are not open are not shown to the public, and are to staff", numbersNotOpen);
  await check("staff divide the units of an answer, under the rules of the catalogue", unitsDivided);
  await check("help with the language lies beside the demand", helps);
  await check("columns are aligned", align);
  await check("the page speaks Swedish, Danish and English too", languages);
  await check("a demand outlives loading the page anew", reload);
  await check("a demand is written and run by keyboard alone", byKeyboard);
  await check("the browser had nothing to complain of", noFaults);
  await check("no barrier on the page, nor in its parts", () => noBarriers(page));
  await check("nothing was asked of any other machine", async () => [...asked].every((host) => host === new URL(census.address).host || host === "blob:") || says(asked));
  await check("nothing was written into the folder", async () => (await census.files()).join() === before);
  await check("nothing internal was told", () => nothingInternal(heard));
  await check("dark colours are as easy to read", () => inDark());
  await check("a phone shows one part at a time", onPhone);
  await check("a phone's back leads to what was seen, and an address to what it names", onPhoneBack);
  await check("hints lie beside their dittos on a phone too", hintsOnPhone);
  await check("the education catalogue opens, answers, and tells nothing internal", education);
  await check("words that look like markup stay words", markup);
  await check("an agency's own staff see the archive", staff);
  await check("a connection that was lost is opened again", lost);
  await check("a server that has ended is told of", gone);
} finally {
  await browser.close();
  await census.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** One check: `sees` is called once, and waits itself for what takes time. An action that finds nothing to act on fails it too. */
async function check(what, sees) {
  const error = await sees().then((seen) => (seen ? undefined : "not seen"), (thrown) => String(thrown).split("\n")[0]);
  if (error === undefined) passed += 1;
  else failed += 1;
  console.log(error === undefined ? `ok   browser: ${what}` : `FAIL browser: ${what}: ${error}`);
  if (error !== undefined && process.env.VKD_PICTURES) {
    await page.screenshot({ path: `${process.env.VKD_PICTURES}/browser-failed-${failed}.png` }).catch(() => undefined);
  }
}

function says(those) {
  throw new Error([...those].slice(0, 5).join(" | "));
}

async function exampleStands() {
  return (await line(1)).includes("Etterspørselsbeskrivelse") && (await answer()).includes("ft60-person");
}

async function fieldColours() {
  const colours = await page.evaluate((words) => words.map((word) => {
    const span = [...document.querySelectorAll(".cm-line span")].find(({ textContent }) => textContent.trim() === word);
    return span && getComputedStyle(span).color;
  }), ["Etterspørselsbeskrivelse", "Personer", "Personregisteret nov. 60", "Yrke", "19601101"]);
  return colours.every(Boolean) && new Set(colours).size === colours.length;
}

// Hints come after the text and its colours do.
async function hintsBesideDittos() {
  return within(SECONDS, hintsStand);
}

async function hintsStand() {
  const slashes = await page.evaluate(() => [3, 4].map((at) => {
    const text = document.querySelectorAll(".cm-line")[at];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { index } of node.data.matchAll(/\//g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        found.push(Math.round(range.getBoundingClientRect().left));
      }
    }
    return found.join();
  }));
  return slashes[0] === slashes[1] && (await page.locator('.hint[data-hint="Personregisteret nov. 60"]').count()) === 2;
}

async function hover() {
  await page.mouse.move(5, 5);
  await page.locator(".token-variable", { hasText: "Yrke" }).hover();
  return within(SECONDS, async () => (await texts(".cm-tooltip-hover")).includes("K5"));
}

async function atCursor() {
  await page.mouse.move(5, 5);
  await page.locator(".token-variable", { hasText: "Yrke" }).click();
  return within(SECONDS, async () => (await texts("#here")).includes("K5"));
}

async function misspelt() {
  await demand("1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .");
  await page.locator(".cm-lintRange-error").waitFor({ timeout: SOON });
  await page.locator("#problems button", { hasText: "VKD101" }).click({ timeout: SOON });
  await page.locator("#problems .rule").getByText("VKD101").first().waitFor({ timeout: SOON });
  await noBarriers(page);
  return (await texts("#problems")).includes("Yrkke") && (await texts("#wrong")) === "1 feil.";
}

async function fix() {
  await page.locator("#problems .fixes button", { hasText: "Yrke" }).first().click({ timeout: SOON });
  return within(SECONDS, async () => (await line(1)).includes("/ Yrke /") && (await page.locator(".cm-lintRange-error").count()) === 0 && (await texts("#problems")) === "");
}

async function editClears() {
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x");
  await page.locator(".cm-lintRange-error").first().waitFor({ timeout: SOON });
  await page.keyboard.press("Backspace");
  return within(SECONDS, async () => (await page.locator(".cm-lintRange-error").count()) === 0);
}

async function completes(typed, word) {
  await demand("1 / Personer / Personreg.nov.70 / ");
  await page.keyboard.type(typed);
  await page.locator(".cm-tooltip-autocomplete li", { hasText: word }).first().waitFor({ timeout: SOON });
  await page.waitForTimeout(150); // CodeMirror lets nothing be chosen in the moment a list comes up.
  await page.keyboard.press("Enter");
  return within(SECONDS, async () => (await line(1)).includes(`/ ${word}`));
}

async function nextLine() {
  await demand("1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  return within(SECONDS, async () => /^2 \/ " *\/ "/.test(await line(2)));
}

async function lens() {
  await demand("1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .");
  await page.locator(".lens").first().click({ timeout: SOON });
  return within(SECONDS, async () => /ft70-person, linje 2/.test(await answer()) && /1 svar/.test(await texts("#status")));
}

async function ownLens() {
  const second = "\n\n0 / Etterspørselsbeskrivelse / den andre\n1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .";
  await demand(`1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .${second}`);
  await within(SECONDS, async () => (await page.locator(".lens").count()) === 2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# Merknad\n");
  // Until the server has read the line above it, the lens is that of the line where its demand stood.
  const own = await within(SECONDS, async () => {
    await page.locator(".lens").nth(1).click({ timeout: SOON });
    return within(2, async () => (await answer()).includes("den andre"));
  });
  await demand("1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .");
  await page.locator(".lens").first().click({ timeout: SOON });
  return own && within(SECONDS, async () => (await answer()).includes("Referansemelding til prøve"));
}

async function productLine() {
  await page.locator("#answer .link", { hasText: "ft70-person, linje 2" }).first().click();
  await page.locator("#browse tr[aria-current]", { hasText: "Yrke" }).waitFor({ timeout: SOON });
  return (await texts("#browse")).includes("spør registerholderen");
}

async function why() {
  await page.getByRole("button", { name: "Hvorfor er det ikke blant svarene?" }).click();
  return within(SECONDS, async () => (await texts("#browse .why")).length > 10);
}

async function noAnswer() {
  await demand("1 / Personer / Personreg.nov.60 / Inntekt / 19601101 / .");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Enter");
  return within(SECONDS, async () => /Ingenting/.test(await texts("#status")) && /5\. Hvorfor/.test(await answer()));
}

async function relaxed() {
  await page.locator("#relax button").first().waitFor({ timeout: SOON });
  await noBarriers(page);
  await page.locator("#relax button").first().click({ timeout: SOON });
  return within(SECONDS, async () => (await texts("#status")).includes("svar") && (await page.locator("#answer .link").count()) > 0 && (await texts("#relax")) === "");
}

async function search() {
  for (const [typed, word] of [["income", "Inntekt"], ["K6", "Inntekt"], ["Inntektt", "Inntekt"], ["ft60", "ft60-person"]]) {
    await page.locator("#query").fill(typed);
    await page.locator("#browse .link", { hasText: word }).first().waitFor({ timeout: SOON });
  }
  await page.locator("#query").fill("inntekt");
  await page.locator("#browse .link", { hasText: "Inntekt" }).first().click();
  await page.locator("#browse h3", { hasText: "Inntekt" }).waitFor({ timeout: SOON });
  const shown = (await texts("#browse")).includes("siste kalenderår");
  await page.locator("#query").fill("");
  await page.locator("#browse summary").first().waitFor({ timeout: SOON });
  return shown;
}

async function treeByKeyboard() {
  await page.locator("#browse summary", { hasText: "Navn" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("[role=treeitem]").first().waitFor({ timeout: SOON });
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.locator("[role=group] [role=treeitem]").first().waitFor({ timeout: SOON });
  await page.keyboard.press("ArrowRight");
  const inside = await page.evaluate(() => document.activeElement.dataset.code);
  await page.keyboard.press("Enter");
  await page.locator("#browse h3").waitFor({ timeout: SOON });
  const focused = await page.evaluate(() => document.activeElement.tagName);
  return inside === "P.60" && focused === "H3";
}

async function putIn() {
  await demand("1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .");
  await page.keyboard.press("Escape");
  for (let i = 0; i < 18; i += 1) await page.keyboard.press("ArrowLeft");
  await page.locator("#query").fill("inntekt");
  await page.locator("#browse .link", { hasText: "Inntekt" }).first().click();
  await page.getByRole("button", { name: "Sett inn i etterspørselen" }).click();
  return within(SECONDS, async () => (await line(1)).includes("/ Inntekt / 19701101"));
}

async function download() {
  const [saved] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
  const chunks = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk);
  return saved.suggestedFilename() === "etterspørsel.vkd" && Buffer.concat(chunks).toString().includes("/ Inntekt / 19701101");
}

async function asksForThis() {
  await demand("1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .");
  await opened("K6");
  await page.getByRole("button", { name: "Spør etter dette" }).click({ timeout: SOON });
  return within(SECONDS, async () => (await line(1)).trim().endsWith("/ O") && /^2 \/ -\s+\/ -\s+\/ Inntekt\s+\/ -/.test(await line(2)));
}

/** Opens a concept or product by its code in the search. */
async function opened(code) {
  await page.locator("#query").fill(code);
  await page.locator("#browse .list li", { hasText: new RegExp(`${code}$`) }).locator(".link").first().click({ timeout: SOON });
  await page.locator("#browse .kicker").waitFor({ timeout: SOON });
}

async function ran(text, found) {
  await demand(text);
  await page.keyboard.press("Control+Enter");
  return within(SECONDS, async () => (await answer()).includes(found) && (await page.locator("#stale").isHidden()));
}

async function backAndForward() {
  const asked = { first: "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .", second: "1 / Personer / Personreg.nov.60 / Yrke / 19601101 / ." };
  const seen = [await ran(asked.first, "ft70-person"), await ran(asked.second, "ft60-person")];
  await opened("K6");
  await page.goBack();
  await page.locator("#browse .list .link").first().waitFor({ timeout: SOON });
  seen.push((await page.locator("#query").inputValue()) === "K6");
  await page.goBack();
  seen.push(await within(SECONDS, async () => (await line(1)).includes("Inntekt") && (await answer()).includes("ft70-person")));
  await page.goForward();
  seen.push(await within(SECONDS, async () => (await line(1)).includes("Yrke") && (await answer()).includes("ft60-person")));
  return seen.every(Boolean) || says(seen);
}

async function sameAddress() {
  await ran("1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .", "ft70-person");
  await opened("K6");
  const address = page.url();
  const other = await open(browser, address);
  try {
    const text = () => other.page.locator(".cm-line").nth(1).innerText();
    return await within(SECONDS, async () => (await text()).includes("Inntekt") && (await other.page.locator("#browse h3").innerText()) === "Inntekt" && (await other.page.locator("#answer").innerText()).includes("ft70-person"));
  } finally {
    await other.context.close();
  }
}

async function takeAlong() {
  await ran("1 / Personer / - / Yrke / - / .", "ft60-person");
  const taken = {};
  for (const name of ["Markdown", "CSV", "JSON"]) {
    const [file] = await Promise.all([page.waitForEvent("download", { timeout: SOON }), page.getByRole("button", { name, exact: true }).click()]);
    taken[file.suggestedFilename()] = await readFile(await file.path(), "utf8");
  }
  const covers = JSON.parse(taken["referansemelding.json"]).demands[0].covers;
  const rows = taken["referansemelding.csv"].trim().split("\r\n");
  return (taken["referansemelding.md"].startsWith("# ") && rows.length === covers.length + 1 && rows[1].includes("ft70-person")) || says(rows);
}

async function filterAnswers() {
  await page.locator(".every summary").click({ timeout: SOON });
  await page.locator("#filter").waitFor({ timeout: SOON });
  const rows = () => page.locator(".every tbody tr").count();
  const all = await rows();
  await page.locator("#filter").fill("FT60");
  const some = await rows();
  await noBarriers(page);
  await page.locator(".every tbody .link").first().click();
  await page.locator("#browse h3", { hasText: "ft60" }).waitFor({ timeout: SOON });
  return some > 0 && some < all;
}

async function numbersBelow() {
  await ran(DEATHS, "dode-yrke");
  await page.locator("#numbers svg[role=img]").waitFor({ timeout: SOON });
  await noBarriers(page);
  const cells = await page.locator("#numbers tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map(({ textContent }) => textContent).join()));
  const drawn = await page.locator("#numbers svg").evaluate((svg) => ({
    label: svg.getAttribute("aria-label"),
    lines: svg.querySelectorAll("g[stroke-width='2'] path, path[stroke-width='2']").length,
    text: svg.textContent,
    styled: getComputedStyle(svg).display,
  }));
  const note = await texts("#numbers");
  await ran("1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .", "ft70-person");
  const gone = await within(SECONDS, async () => (await texts("#numbers")) === "" && (await page.locator("#to-numbers").isHidden()));
  const seen = [cells.join("|") === "Kontorfunksjonærer,3,7,7,7,1|Selgere,7,5,5,7,5", drawn.label.startsWith("Figur: Sum"), drawn.text.includes("Selgere") && drawn.text.includes("1963"), drawn.styled === "block", note.includes("Ingen vern mot avsløring"), note.includes("revisjon"), gone];
  return seen.every(Boolean) || says([...seen, ...cells, JSON.stringify(drawn)]);
}

async function sourcesOfNumbers() {
  await ran(DEATHS, "dode-yrke");
  await page.locator("#numbers table").waitFor({ timeout: SOON });
  const title = await page.locator("#numbers td.figure").first().getAttribute("title");
  await page.locator("#to-numbers").click();
  const focused = await page.evaluate(() => document.activeElement.id);
  await page.locator("#numbers .link", { hasText: "dode-yrke, linje 1" }).click();
  await page.locator("#browse tr[aria-current]", { hasText: "Sum" }).waitFor({ timeout: SOON });
  return (/^dode-yrke, linje 1\. .*revisjon: [0-9a-f]{16}/.test(title) && focused === "numbers") || says([title, focused]);
}

async function numbersOnPhone() {
  const phone = await open(browser, `${census.address}#demand=${encodeURIComponent(`0 / Etterspørselsbeskrivelse / prøve\n${DEATHS}`)}&ran=0`, { ...PHONE, colorScheme: "dark" });
  try {
    await phone.page.getByRole("tab", { name: "Referencemeddelelse" }).click();
    await phone.page.locator("#numbers svg").waitFor({ timeout: SOON });
    await noBarriers(phone.page);
    const seen = await phone.page.evaluate(() => {
      const inside = [...document.querySelectorAll("#numbers svg text")].every((one) => one.getBoundingClientRect().right <= window.innerWidth && one.getBoundingClientRect().left >= 0);
      return [inside, document.documentElement.scrollWidth <= window.innerWidth];
    });
    return seen.every(Boolean) || says(seen);
  } finally {
    await phone.context.close();
  }
}

async function numbersNotOpen() {
  const close = async (folder) => {
    const file = path.join(folder, "products/dode.vkd");
    await writeFile(file, (await readFile(file, "utf8")).replace("access=open", "access=restricted"));
  };
  const told = [];
  for (const options of [[], ["--private"]]) {
    const served = await serve("folketelling", { options, change: close });
    const opened = await open(browser, `${served.address}#demand=${encodeURIComponent(`0 / Etterspørselsbeskrivelse / prøve\n${DEATHS}`)}&ran=0`);
    try {
      await within(options.length ? SECONDS : 2, async () => (await opened.page.locator("#numbers td.figure").count()) > 0);
      told.push(await opened.page.locator("#numbers td.figure").count());
      if (!options.length && opened.heard.some((one) => one.includes("archive/"))) says(["the data's address"]);
    } finally {
      await opened.context.close();
      await served.stop();
    }
  }
  return told.join() === "0,10" || says(told);
}

async function unitsDivided() {
  const state = async (folder) => {
    const file = path.join(folder, "vkd.toml");
    const stated = (await readFile(file, "utf8")).split("\n# Tall av")[0];
    await writeFile(file, stated + RULES);
  };
  const demand = "0 / Etterspørselsbeskrivelse / prøve\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n2 / \" / \" / Inntekt / \" / .";
  const served = await serve("folketelling", { options: ["--private"], change: state });
  const { page: own, context: other } = await open(browser, `${served.address}#demand=${encodeURIComponent(demand)}&ran=0`);
  try {
    await own.locator(".units").waitFor({ timeout: SOON });
    await noBarriers(own);
    const before = [await own.locator(".units button").isDisabled(), await own.locator("#numbers td.figure").count()];
    await own.locator(".units label", { hasText: "Yrke" }).locator("input").check();
    await own.locator(".units select").selectOption({ index: 2 });
    await own.locator(".units button").click();
    await own.locator("#numbers svg[role=img]").waitFor({ timeout: SOON });
    await noBarriers(own);
    const told = await own.locator("#numbers").innerText();
    const seen = [before.join() === "true,0", told.includes("threshold = 3"), told.includes("ft70-person, linje 2") && told.includes("ft70-person, linje 4")];
    return seen.every(Boolean) || says([...seen, told]);
  } finally {
    await other.close();
    await served.stop();
  }
}

async function helps() {
  await page.locator("#help summary").click();
  const told = await texts("#help");
  await noBarriers(page);
  await page.locator("#help summary").click();
  return told.includes("2010..2015:A") && told.includes("kommentarer");
}

async function align() {
  await demand('1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n2 / " / " / Kjønn / " / .');
  await page.keyboard.press("Escape");
  await page.locator("#align").click();
  return within(SECONDS, async () => /^2 \/ " {8}\/ " {16}\/ Kjønn/.test(await line(2)));
}

async function languages() {
  for (const [tag, heading, run] of [["sv", "Efterfrågan", "Kör"], ["da", "Efterspørgsel", "Kør"], ["en", "Demand", "Run"]]) {
    await page.locator("#language").selectOption(tag);
    await page.locator("#run", { hasText: run }).waitFor({ timeout: SOON });
    if ((await page.locator("html").getAttribute("lang")) !== tag || (await texts("#demand-heading")).toLowerCase() !== heading.toLowerCase()) return false;
  }
  await page.getByRole("button", { name: "Run the demand" }).waitFor({ timeout: SOON });
  await page.locator(".lens").first().click();
  const english = await within(SECONDS, async () => (await answer()).includes("What exists"));
  await page.locator("#language").selectOption("nb");
  await page.getByRole("button", { name: "Kjør etterspørselen" }).waitFor({ timeout: SOON });
  return english;
}

async function reload() {
  await demand("1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .");
  await page.reload();
  await page.locator(".lens").first().waitFor({ timeout: SOON });
  return (await line(1)).includes("Inntekt") && within(SECONDS, async () => (await answer()).includes("ft70-person"));
}

// From the top of the page with Tab, Enter and the arrows: to the demand, a word changed, its fix taken, run, a product opened.
async function byKeyboard() {
  await page.evaluate(() => document.activeElement.blur());
  await tabTo("a.skip");
  await page.keyboard.press("Enter");
  await tabTo("#run");
  await tabTo(".cm-content");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("0 / Etterspørselsbeskrivelse / tastatur");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await within(SECONDS, async () => (await line(1)).startsWith("1 /"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+End");
  await page.keyboard.type("1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .");
  await page.keyboard.press("Escape");
  await page.locator("#problems .fixes button").first().waitFor({ timeout: SOON });
  await tabTo("#problems .fixes button");
  await page.keyboard.press("Enter");
  await within(SECONDS, async () => (await line(1)).includes("/ Yrke /"));
  await page.keyboard.press("Control+Enter");
  await within(SECONDS, async () => (await answer()).includes("tastatur"));
  await tabTo("#answer .link");
  await page.keyboard.press("Enter");
  await page.locator("#browse h3", { hasText: "ft70" }).waitFor({ timeout: SOON });
  return within(SECONDS, () => page.evaluate(() => document.activeElement.closest("#browse") !== null));
}

/** Presses Tab until what is meant has the focus, and sees that the focus can be seen there. */
async function tabTo(selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (!(await page.evaluate((wanted) => document.activeElement.matches(wanted), selector))) continue;
    const outlined = () => page.evaluate(() => {
      const at = document.activeElement;
      return getComputedStyle(at.matches(".cm-content") ? at.closest(".cm-editor") : at).outlineStyle !== "none";
    });
    if (await within(SECONDS, outlined)) return;
  }
  throw new Error(`Tab does not come to ${selector}`);
}

// Chromium would keep the style of what is typed over in a style attribute; the page's policy refuses that, and nothing is lost.
async function noFaults() {
  const others = faults.filter((fault) => !fault.startsWith("Applying inline style violates"));
  return others.length === 0 || says(others);
}

async function noBarriers(on) {
  const found = await barriers(on);
  return found.length === 0 || says(found);
}

async function inDark() {
  const dark = await open(browser, census.address, { colorScheme: "dark", locale: "en-GB" });
  try {
    await dark.page.locator("#browse summary").nth(3).click();
    await dark.page.locator("[role=treeitem]").first().waitFor({ timeout: SOON });
    return await noBarriers(dark.page);
  } finally {
    await dark.context.close();
  }
}

async function onPhone() {
  const phone = await open(browser, census.address, PHONE);
  const tab = (name) => phone.page.getByRole("tab", { name });
  const visible = async () => (await phone.page.locator(".pane:visible").evaluateAll((those) => those.map(({ id }) => id))).join();
  const fits = () => phone.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  try {
    const seen = [await visible(), await fits()];
    await noBarriers(phone.page);
    await phone.page.locator("#run").tap();
    await within(SECONDS, async () => (await visible()) === "message");
    seen.push(await visible(), await fits());
    await noBarriers(phone.page);
    await phone.page.locator("#answer .link").first().tap();
    await phone.page.locator("#browse h3").waitFor({ timeout: SOON });
    seen.push(await visible(), await fits());
    await noBarriers(phone.page);
    await tab("Katalog").press("ArrowRight");
    seen.push(await visible(), await tab("Efterspørgsel").getAttribute("aria-selected"));
    return seen.join() === "demand,true,message,true,catalogue,true,demand,true" || says(seen);
  } finally {
    await phone.context.close();
  }
}

async function onPhoneBack() {
  const phone = await open(browser, census.address, PHONE);
  const visible = async () => (await phone.page.locator(".pane:visible").evaluateAll((those) => those.map(({ id }) => id))).join();
  try {
    await phone.page.locator("#run").tap();
    await phone.page.locator("#answer .link").first().tap();
    await phone.page.locator("#browse h3").waitFor({ timeout: SOON });
    const product = phone.page.url();
    await phone.page.goBack();
    const back = await within(SECONDS, async () => (await visible()) === "message");
    await phone.page.goto("about:blank");
    await phone.page.goto(product.replace(/&(demand|ran)=[^&]*/g, ""));
    await phone.page.locator("#browse h3").waitFor({ timeout: SOON });
    return (back && (await visible()) === "catalogue") || says([back, await visible()]);
  } finally {
    await phone.context.close();
  }
}

async function hintsOnPhone() {
  const phone = await open(browser, census.address, PHONE);
  try {
    await phone.page.locator(".hint-over .hint").first().waitFor({ state: "attached", timeout: SOON });
    // A hint stands in the text right behind its ditto, and begins where that ends.
    const over = await phone.page.locator(".hint-over").evaluateAll((those) =>
      those.filter((one) => one.getBoundingClientRect().left > one.querySelector(".hint").getBoundingClientRect().left + 1).length,
    );
    return over === 0 || says([over]);
  } finally {
    await phone.context.close();
  }
}

async function education() {
  const served = await serve("utdanning");
  const opened = await open(browser, served.address);
  try {
    await opened.page.locator(".lens").first().click();
    const found = await within(SECONDS, async () => /[1-9]\d* svar/.test(await opened.page.locator("#status").innerText()));
    await opened.page.locator("#browse summary").first().click();
    await opened.page.locator("#browse .list .link").first().click();
    await opened.page.locator("#browse tbody tr").first().waitFor({ timeout: SOON });
    const told = opened.heard.join("\n").includes(served.folder);
    return found && !told && (await noBarriers(opened.page));
  } finally {
    await opened.context.close();
    await served.stop();
  }
}

// The census keeps its data under archive/, called F:, and its documents under documents/, called P:.
async function nothingInternal(those) {
  const told = those.join("\n");
  const found = ["F:ft", "P:ft", "archive/", "documents/", census.folder, "vkd.toml", ".csv\""].filter((internal) => told.includes(internal));
  return (told.includes("ft60-person") && found.length === 0) || says(found);
}

// What an author or a vocabulary could hold, seen where the page shows it: search, concept, product, hover, message.
async function markup() {
  const hostile = "<img src=x onerror=alert(1)> [a](javascript:alert(2)) **b** `c`";
  const served = await serve("folketelling", {
    change: async (folder) => {
      const vocabulary = path.join(folder, "vocabulary/characteristics.csv");
      await writeFile(vocabulary, (await readFile(vocabulary, "utf8")).replaceAll("Inntekt i siste kalenderår", hostile).replace("K6,Inntekt,,", `K6,Inntekt,${hostile},`));
      const product = path.join(folder, "products/ft70.vkd");
      await writeFile(product, (await readFile(product, "utf8")).replace("/ ft70-person /", `/ ft70 ${hostile.replaceAll("/", "\\/")} /`));
    },
  });
  const opened = await open(browser, served.address);
  let alarmed = false;
  opened.page.on("dialog", (dialog) => {
    alarmed = true;
    void dialog.dismiss();
  });
  try {
    await opened.page.locator("#query").fill("Income");
    await opened.page.locator("#browse .link").first().click();
    await opened.page.locator("#browse dl").waitFor({ timeout: SOON });
    const concept = await opened.page.locator("#browse").innerText();
    await opened.page.locator(".cm-content").click();
    await opened.page.keyboard.press("Control+a");
    await opened.page.keyboard.insertText("0 / Etterspørselsbeskrivelse / <b>x *y*\n1 / Personer / Personreg.nov.70 / [K6] / 19701101 / .");
    await opened.page.keyboard.press("Control+Enter");
    await within(SECONDS, async () => (await opened.page.locator("#answer").innerText()).includes("<b>x *y*"));
    await opened.page.locator("#answer .link", { hasText: "onerror" }).first().click();
    await opened.page.locator("#browse table").waitFor({ timeout: SOON });
    const shown = [concept, await opened.page.locator("#answer").innerText(), await opened.page.locator("#browse").innerText()];
    const made = await opened.page.locator("img:not(.cm-widgetBuffer), #answer b, a[href^='javascript']").count();
    return (shown.every((text) => text.includes("<img src=x onerror=alert(1)> [a](javascript:alert(2))")) && made === 0 && !alarmed) || says(shown);
  } finally {
    await opened.context.close();
    await served.stop();
  }
}

async function staff() {
  const served = await serve("folketelling", { options: ["--private"] });
  const opened = await open(browser, served.address);
  try {
    const archive = (await opened.page.locator("#answer").innerText()).includes("F:ft60-person.csv");
    await opened.page.locator("#browse summary", { hasText: "Lagrede" }).click();
    await opened.page.locator("#browse .link", { hasText: "bruker" }).first().click();
    return archive && await within(SECONDS, async () => (await opened.page.locator(".cm-content").innerText()).includes("bruker"));
  } finally {
    await opened.context.close();
    await served.stop();
  }
}

// What a machine that sleeps does to a connection.
async function lost() {
  await page.evaluate(() => globalThis.sockets.at(-1).close());
  await page.waitForTimeout(1500);
  await demand("1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .");
  return within(SECONDS, async () => (await texts("#problems")).includes("Yrkke"));
}

async function gone() {
  const code = await census.end();
  return (await within(SECONDS, async () => (await texts("#problems")).includes("Forbindelsen er brutt"))) && (code === 0 || says([code]));
}

/** Writes a demand of these lines in place of what stands there, and leaves the cursor behind it. */
async function demand(lines) {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  const text = `0 / Etterspørselsbeskrivelse / prøve\n${lines}`;
  await page.keyboard.insertText(text);
  await page.keyboard.press("Control+End");
  const kept = () => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("demand"));
  if (!(await within(SECONDS, async () => (await kept()) === text))) throw new Error(`the demand holds what was not typed: ${JSON.stringify(await kept())}`);
}

/** A line of the demand as it is written, from 0. */
async function line(at) {
  return (await page.locator(".cm-line").allTextContents())[at] ?? "";
}

function answer() {
  return texts("#answer");
}

async function texts(selector) {
  return (await page.locator(selector).allInnerTexts()).join("\n").trim();
}
