// Bundles the extension and its language client into one file: VS Code starts faster, and the package needs no node_modules.
import { chmod, copyFile, cp, readdir, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { build } from "esbuild";
import { licencesOf } from "../licences.mjs";

const production = process.argv.includes("--production");
const shared = { bundle: true, format: "cjs", external: ["vscode"], metafile: true, minify: production, sourcemap: !production };

const extension = await build({ ...shared, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", platform: "node", target: "node20" });
await build({ ...shared, entryPoints: ["src/web.ts"], outfile: "dist/web.js", platform: "browser", target: "es2022" });
// What runs in the panel of a message has the packages of this folder, also where it is shared with the page.
const panel = await build({
  bundle: true,
  metafile: true,
  entryPoints: ["webview/panel.ts"],
  outfile: "dist/panel.js",
  format: "iife",
  platform: "browser",
  target: "es2022",
  nodePaths: ["node_modules"],
  legalComments: "none",
  minify: production,
});

if (production) {
  // The package travels alone, so it carries the project's licence, those of the packages in it, and the sample catalogue with it.
  await copyFile("../../LICENSE", "LICENSE");
  await writeFile("dist/licences.txt", await licencesOf([extension.metafile, panel.metafile], ".", "The extension"));
  await rm("sample", { recursive: true, force: true });
  await cp("../../examples/folketelling", "sample/folketelling", { recursive: true, filter: (source) => path.basename(source) !== ".vkd" });
  await writable("sample");
}

/** What a person copies out of the package must be theirs to change, also where the repository is not. */
async function writable(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    await (entry.isDirectory() ? writable(place) : chmod(place, 0o644));
  }
}
