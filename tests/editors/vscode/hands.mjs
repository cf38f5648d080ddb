// What a person does in VS Code with keyboard and mouse, and what is then seen on the screen.
import { within } from "./editor.mjs";

/** What a person would wait, in seconds; machines that do other things as well are slow. */
export const SECONDS = 20;
export const SOON = SECONDS * 1000;

/** Checks, one line each: ok, or FAIL with what was not seen, and a picture of the screen where VKD_PICTURES names a folder. */
export class Checks {
  passed = 0;
  failed = 0;

  /** `name` says what of VS Code is looked at. */
  constructor(name, page) {
    this.name = name;
    this.page = page;
  }

  /** One check: `sees` is called once, and waits itself for what takes time. An action that finds nothing to act on fails it too. */
  async check(what, sees) {
    const error = await sees().then((seen) => (seen ? undefined : "not seen"), (thrown) => String(thrown).split("\n")[0]);
    if (error === undefined) this.passed += 1;
    else this.failed += 1;
    console.log(error === undefined ? `ok   VS Code: ${what}` : `FAIL VS Code: ${what}: ${error}`);
    if (error !== undefined && process.env.VKD_PICTURES) {
      await this.page.screenshot({ path: `${process.env.VKD_PICTURES}/${this.name}-failed-${this.failed}.png` }).catch(() => undefined);
    }
  }

  /** Says how many there were, and ends the program. */
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exit(this.failed === 0 ? 0 : 1);
  }
}

/** Hands on a page of VS Code. */
export class Hands {
  constructor(page) {
    this.page = page;
  }

  /** Calls a command by its title in the palette. */
  async command(title) {
    // A window that has just come up learns an extension's commands a moment later.
    const known = await within(SECONDS, async () => {
      await this.openPrompt("F1");
      await this.prompt().fill(`>${title}`);
      const focused = this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title.split(": ").at(-1) });
      const isThere = await within(3, () => focused.isVisible());
      await this.page.keyboard.press(isThere ? "Enter" : "Escape");
      return isThere;
    });
    if (!known) throw new Error(`no command “${title}”`);
  }

  /** A row of the palette, or of what else asks to choose. */
  row(text) {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  }

  prompt() {
    return this.page.locator(".quick-input-widget:visible input").first();
  }

  /** Asks again when a preview that comes up takes the keyboard meanwhile, which closes the prompt. */
  async openPrompt(key) {
    const opened = await within(SECONDS, async () => {
      await this.page.keyboard.press(key);
      return within(3, () => this.prompt().isVisible());
    });
    if (!opened) throw new Error(`${key} opened no prompt`);
  }

  /** Goes to a place in the file; the column as VS Code counts it, from 1. */
  async goTo(line, column) {
    // A preview that has just come up may take the keyboard back from the editor, where alone there are lines to go to.
    await within(SECONDS, async () => {
      await this.page.keyboard.press("Control+1");
      await this.openPrompt("Control+g");
      const astray = await this.page.locator(".quick-input-widget:visible", { hasText: "Open a text editor first" }).count();
      if (astray > 0) await this.page.keyboard.press("Escape");
      return astray === 0;
    });
    await this.page.keyboard.type(`${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.prompt().waitFor({ state: "hidden", timeout: SOON });
  }

  async deleteRight(count) {
    for (let i = 0; i < count; i += 1) await this.page.keyboard.press("Delete");
  }

  /** Rests the mouse on a word until its hover says `text`; VS Code starts to wait only when the mouse moves over the word itself. */
  hoverWord(word, text) {
    const span = this.page.locator(".view-line span > span", { hasText: new RegExp(`^\\s*${word}\\s*$`) }).first();
    return within(SECONDS, async () => {
      await this.page.mouse.move(5, 5);
      // Playwright's own hover would scroll VS Code's inner boxes, and what is not there is being drawn anew.
      const box = await span.boundingBox({ timeout: 1000 }).catch(() => null);
      if (box === null) return false;
      await this.page.mouse.move(box.x + 12, box.y + 8, { steps: 4 });
      return within(3, async () => (await this.visibleText(".monaco-hover")).includes(text));
    });
  }

  async visibleText(selector) {
    return (await this.page.locator(`${selector}:visible`).allTextContents()).join("\n");
  }

  /** A line as it stands on the screen, hints and all. */
  async shownLine(word) {
    const [text] = await this.page.locator(".view-line", { hasText: new RegExp(`/\\s*${word}`) }).allTextContents();
    return text?.replaceAll("\u00a0", " ") ?? "";
  }

  /** What all frames inside the page show: the Markdown preview is one of them. */
  async messageText() {
    const frames = this.page.frames().slice(1);
    const texts = await Promise.all(frames.map((frame) => frame.locator("body").innerText({ timeout: 1000 }).catch(() => "")));
    return texts.join("\n");
  }

  /** A row of a tree: the catalogue, the tests, the problems. */
  treeRow(text) {
    return this.page.locator(".monaco-list-row:visible", { hasText: text }).first();
  }

  /** The status bar's own item. */
  status() {
    return this.page.locator('.statusbar-item[id="vkd.vkd.vkd.state"]');
  }

  notification(text) {
    return this.page.locator(".notification-list-item", { hasText: text }).first();
  }

  /** A file dialog that asks for a path. */
  async answerDialog(path) {
    // It comes up with a folder of its own accord, and looks what is in the one that is typed.
    if (!(await within(SECONDS, async () => (await this.prompt().inputValue({ timeout: 1000 }).catch(() => "")).startsWith("/")))) throw new Error("no file dialog");
    await this.prompt().fill(path);
    await this.page.waitForTimeout(1000);
    await this.page.keyboard.press("Enter");
  }
}
