// Reads a book of `vkd book` from the disk in a real browser: by mouse, keys and on a phone, and asks axe what bars the way.
// One line a check; exits 0, 1, or 77 without a browser.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { barriers, ROOT, serverWords, startBrowser, whyNot, within } from "./browser.mjs";

const PARTS = ["index", "keywords", "sets", "names", "times", "timeline", "matrix", "completeness", "demands"];
const SIZES = { screen: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };
const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP the book: ${reason}`);
  process.exit(77);
}

const folder = await mkdtemp(path.join(tmpdir(), "vkd-book-"));
const [program, ...words] = serverWords();
execFileSync(program, [...words, "book", "--to", path.join(folder, "book"), "--workspace", path.join(ROOT, "examples/folketelling")]);
const at = (page) => pathToFileURL(path.join(folder, "book", `${page}.html`)).href;
const browser = await startBrowser();
let failed = 0;
try {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ viewport, colorScheme });
      const faults = [];
      page.on("pageerror", (error) => faults.push(error.message));
      for (const part of PARTS) {
        await page.goto(at(part));
        faults.push(...(await barriers(page)));
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) faults.push("wider than the window");
        told(`${part} on a ${size}, ${colorScheme}`, faults.splice(0));
      }
      await page.close();
    }
  }
  const page = await browser.newPage({ viewport: SIZES.screen });
  await page.goto(at("index"));
  await page.keyboard.press("/");
  await page.keyboard.type("inntekten");
  const shown = await within(20, () => page.locator("#found li").count());
  told("a slash begins a search, and a word is found in another form", shown ? await barriers(page) : ["nothing was found"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const there = await within(20, () => page.url().includes("keywords.html#"));
  told("arrows and Enter lead to it", there ? [] : [page.url()]);
  const inView = await page.evaluate(() => document.querySelector(":target")?.getBoundingClientRect().top < innerHeight);
  told("and it is in view", inView ? [] : ["it is not"]);
  await page.emulateMedia({ media: "print" });
  told("in print there is no search", (await page.locator(".search").isVisible()) ? ["there is one"] : []);
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function told(what, faults) {
  failed += faults.length ? 1 : 0;
  console.log(`${faults.length ? "FAIL" : "ok"} ${what}${faults.map((fault) => `\n    ${fault}`).join("")}`);
}
