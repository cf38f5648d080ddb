// Makes docs/pictures/vscode-demand.png: a demand in VS Code with its reference message beside it.
import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { openEditor, whyNot } from "./editor.mjs";

const PICTURE = fileURLToPath(new URL("../../../docs/pictures/vscode-demand.png", import.meta.url));
const reason = whyNot();
if (reason !== undefined) {
  console.log(`SKIP the picture: ${reason}`);
  process.exit(77);
}

const editor = await openEditor("demands/eksempel-3.vkd", {
  settings: {
    "[vkd]": { "editor.wordWrap": "on" },
    "editor.fontSize": 13,
    "markdown.preview.fontSize": 13,
    // Hints beside dittos would push the columns apart, and the picture is to show them as printed in 1972.
    "vkd.hints.dittos": false,
    "window.commandCenter": false,
    "workbench.activityBar.location": "hidden",
    "workbench.layoutControl.enabled": false,
  },
});
try {
  const { page } = editor;
  await page.locator(".codelens-decoration a").first().click({ timeout: 30_000 });
  const preview = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  await preview.getByText("ft70-person").first().waitFor({ timeout: 30_000 });
  await page.keyboard.press("Control+b"); // the side bar
  await page.mouse.move(700, 840);
  // Lenses, hints and the preview's style settle.
  await page.waitForTimeout(2000);
  await mkdir(path.dirname(PICTURE), { recursive: true });
  await page.screenshot({ path: PICTURE });
  console.log(`wrote ${PICTURE}`);
} finally {
  await editor.close();
}
