// Bundles the extension and its language client into one file: VS Code starts faster, and the package needs no node_modules.
import { copyFile } from "node:fs/promises";
import { build } from "esbuild";

const production = process.argv.includes("--production");

await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: production,
  sourcemap: !production,
});

if (production) {
  // The package travels alone, so it carries the project's licence with it.
  await copyFile("../../LICENSE", "LICENSE");
}
