// `vkd web` on a copy of an example, and a real browser that reads, types and clicks as a person would.
import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PACKAGES = path.join(ROOT, "editors/browser/node_modules");
const require = createRequire(path.join(PACKAGES, "here.js"));

/** Why no browser can be driven here, or undefined when one can. */
export function whyNot() {
  if (!existsSync(path.join(PACKAGES, "playwright-core"))) return "editors/browser has no node_modules: run npm ci there";
  if (!chromium()) return "there is no chromium on PATH (see tests/editors/README.md)";
  return undefined;
}

/** A browser whose pages say what went over the wire. */
export function startBrowser() {
  return require("playwright-core").chromium.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
}

/** What axe-core holds against a page, one line each; its checks for WCAG 2.2 AA and good practice. */
export async function barriers(page) {
  // The page's own policy lets no other script in, so it is run from outside.
  await page.evaluate(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary.split("\n").at(-1).trim()}`));
}

/** Serves a copy of an example, which `change` may change; `files()` lists the copy, `stop()` ends the server and leaves nothing. */
export async function serve(example, { options = [], change = async () => undefined } = {}) {
  const home = await mkdtemp(path.join(tmpdir(), "vkd-web-"));
  const folder = path.join(home, example);
  await cp(path.join(ROOT, "examples", example), folder, { recursive: true, filter: (file) => path.basename(file) !== ".vkd" });
  await change(folder);
  const [program, ...words] = serverWords();
  const server = spawn(program, [...words, "web", folder, "--no-open", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => server.once("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    server.stdout.on("data", (said) => {
      const found = /http\S+/.exec(String(said));
      if (found) resolve(found[0]);
    });
    server.once("exit", (code) => reject(new Error(`vkd web ended with ${code}`)));
  });
  return {
    address,
    folder,
    files: async () => (await readdir(folder, { recursive: true })).filter((file) => !file.startsWith(".vkd")).sort(),
    end: async () => {
      server.kill("SIGINT");
      return gone;
    },
    stop: async () => {
      server.kill("SIGINT");
      await gone;
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Opens the page and waits for its example's answer. `heard` collects all that came, `faults` what the browser complained of. */
export async function open(browser, address, { locale = "nb-NO", ...options } = {}) {
  const context = await browser.newContext({ locale, viewport: { width: 1360, height: 950 }, colorScheme: "light", ...options });
  const page = await context.newPage();
  const heard = [];
  const asked = new Set();
  const faults = [];
  page.on("console", (said) => ["error", "warning"].includes(said.type()) && faults.push(said.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => asked.add(new URL(request.url()).host || new URL(request.url()).protocol));
  page.on("response", (reply) => void reply.text().then((text) => heard.push(text), () => undefined));
  page.on("websocket", (socket) => {
    asked.add(new URL(socket.url()).host);
    socket.on("framereceived", ({ payload }) => heard.push(String(payload)));
  });
  // A page's own sockets, for a test to close one.
  await page.addInitScript(() => {
    globalThis.sockets = [];
    globalThis.WebSocket = class extends WebSocket {
      constructor(...address) {
        super(...address);
        globalThis.sockets.push(this);
      }
    };
  });
  await page.goto(address);
  await page.locator(".lens").first().waitFor({ state: "attached", timeout: 30_000 });
  await page.locator("#answer h3").waitFor({ state: "attached", timeout: 30_000 });
  return { page, context, heard, asked, faults };
}

/** True when `condition` came true within `seconds`; asked five times a second. */
export async function within(seconds, condition) {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return true;
}

function chromium() {
  return ["chromium", "chromium-browser", "google-chrome"].map(onPath).find(Boolean);
}

function onPath(program) {
  return process.env.PATH.split(path.delimiter).map((folder) => path.join(folder, program)).find(existsSync);
}

/** The server under test: VKD_SERVER (words parted by blanks), else `vkd` of the repository's .venv, else of PATH. */
export function serverWords() {
  if (process.env.VKD_SERVER) return process.env.VKD_SERVER.split(/\s+/);
  const own = path.join(ROOT, ".venv/bin/vkd");
  const found = existsSync(own) ? own : onPath("vkd");
  if (found === undefined) throw new Error("the server is not installed: no .venv/bin/vkd, no vkd on PATH, no VKD_SERVER");
  return [found];
}
