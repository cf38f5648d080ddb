// Bundles the page into server/vkd_server/web/page, from where the wheel takes it: whoever has the wheel needs no network.
// `node build.mjs DIR` writes it elsewhere, so that a test can see whether what is committed is current.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licencesOf } from "../licences.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PAGE = process.argv[2] ?? path.join(HERE, "../../server/vkd_server/web/page");

await mkdir(PAGE, { recursive: true });
const { metafile } = await build({
  absWorkingDir: HERE,
  // What draws plots is as large as half of the rest, and loaded when there is one to draw.
  entryPoints: [{ in: "src/main.ts", out: "app" }, { in: "src/drawing.ts", out: "drawing" }, { in: "src/page.css", out: "app" }],
  outdir: PAGE,
  bundle: true,
  external: ["./drawing.js"],
  nodePaths: [path.join(HERE, "node_modules")],
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  metafile: true,
  minify: true,
  target: ["chrome111", "firefox114", "safari16.4"],
  logLevel: "warning",
});
for (const name of ["index.html", "icon.svg"]) await copyFile(path.join(HERE, "src", name), path.join(PAGE, name));
await writeFile(path.join(PAGE, "licences.txt"), await licencesOf([metafile], HERE, "The page"));
if (process.argv[2] === undefined) await writeFile(path.join(HERE, "built.sha256"), await digest());

/** What the page was made from, so that a test without npm can see that nothing has changed since. */
async function digest() {
  const hash = createHash("sha256");
  const files = [...(await filesIn("src")), ...(await filesIn("../shared")), "build.mjs", "package-lock.json"];
  for (const name of files) hash.update(await readFile(path.join(HERE, name)));
  return `${hash.digest("hex")}\n`;
}

/** The files of a folder and of those in it, in order. */
async function filesIn(folder) {
  const entries = await readdir(path.join(HERE, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(HERE, path.join(entry.parentPath, entry.name))).sort();
}
