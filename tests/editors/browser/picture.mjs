// Makes docs/pictures/browser-*.png: the page of `vkd web`, light, dark and on a phone, and with the numbers of an answer.
// With the names of some as arguments it makes those alone.
import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { open, serve, startBrowser, whyNot } from "./browser.mjs";

const PICTURES = fileURLToPath(new URL("../../../docs/pictures", import.meta.url));
const DEMAND = `# Folketellingen 1960 og 1970, koblet på person
0 / Etterspørselsbeskrivelse / bruker 1
1 / Personer / Personreg.nov.60 / Yrke        / 19601101 / O
2 / "        / "                / Kjønn       / "        / O
3 / "        / "                / Fødselsdato / "        / O
4 / "        / Personreg.nov.70 / Yrke        / 19701101 / O
5 / "        / "                / Intekt      / "        / .
`;
const TABLE = `# Personer etter utdanning og yrke i 1970
0 / Etterspørselsbeskrivelse / bruker 3
1 / Personaggregater / Utdanning / Sum / 19701101 / O
2 / "                / Yrke      / "   / "        / .
`;
const DEATHS = `# Døde etter yrke i 1960-årene
0 / Etterspørselsbeskrivelse / bruker 2
1 / Personaggregat / Yrke / Sum / 196----- / O
2 / "              / Døde / "   / "        / .
`;

const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP the pictures: ${reason}`);
  process.exit(77);
}
await mkdir(PICTURES, { recursive: true });
const browser = await startBrowser();
const served = await serve("folketelling");
const staff = await serve("folketelling", { options: ["--private"] });
try {
  await picture("browser-light", {}, async (page) => {
    await page.locator("#browse summary").nth(3).click();
    await page.locator("[role=treeitem] .mark").first().click();
    await write(page, DEMAND.replace("Intekt ", "Inntekt"));
    await page.locator(".lens").first().click();
    await page.locator("#answer h3", { hasText: "bruker 1" }).waitFor();
    await page.locator(".token-variable", { hasText: "Inntekt" }).click();
    await page.mouse.move(5, 5);
  });
  await picture("browser-dark", { colorScheme: "dark" }, async (page) => {
    await page.locator("#answer .link", { hasText: "ft60-person, linje 2" }).first().click();
    await write(page, DEMAND);
    await page.locator("#problems .fixes button").first().waitFor();
    await page.keyboard.press("Escape");
  });
  await picture("browser-phone", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }, async (page) => {
    await page.locator("#run").click();
  });
  await picture("browser-numbers", {}, async (page) => {
    await write(page, DEATHS);
    await page.locator("#run").click();
    await page.locator("#numbers svg").waitFor();
    return () => page.locator("#numbers").scrollIntoViewIfNeeded();
  });
  await picture("browser-table", { viewport: { width: 1360, height: 640 } }, async (page) => {
    await write(page, TABLE);
    await page.locator("#run").click();
    await page.locator("#numbers table").waitFor();
    return () => page.locator("#numbers").scrollIntoViewIfNeeded();
  });
  await picture("browser-units", { viewport: { width: 1360, height: 800 } }, async (page) => {
    await write(page, DEMAND.replace("Intekt ", "Inntekt"));
    await page.locator("#run").click();
    for (const line of ["Yrke, 19601101", "Yrke, 19701101"]) await page.locator(".units label", { hasText: line }).locator("input").check();
    await page.locator(".units button").click();
    await page.locator("#numbers table").waitFor();
    return () => page.locator(".units").evaluate((form) => form.scrollIntoView());
  }, staff);
} finally {
  await browser.close();
  await served.stop();
  await staff.stop();
}

/** `arrange` may return what is done when all has come in: where the picture is taken of the top of the page if it does not. */
async function picture(name, options, arrange, from = served) {
  if (process.argv.length > 2 && !process.argv.includes(name)) return;
  const { page, context } = await open(browser, from.address, options);
  const last = (await arrange(page)) ?? (() => page.evaluate(() => scrollTo(0, 0)));
  // Hints, explanations and fixes come in.
  await page.waitForTimeout(1500);
  await last();
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  await context.close();
  console.log(`wrote docs/pictures/${name}.png`);
}

async function write(page, text) {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}
