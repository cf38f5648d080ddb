// On a narrow screen the three panes stand behind each other, as tabs; on a wide one side by side.

export const PANES = ["catalogue", "demand", "message"] as const;
export type Pane = (typeof PANES)[number];

export const NARROW = window.matchMedia("(max-width: 60rem)");

export class Panes {
  private pane: Pane = "demand";

  constructor(private readonly list: HTMLElement) {
    for (const pane of PANES) this.tab(pane).addEventListener("click", () => this.show(pane));
    list.addEventListener("keydown", (event) => this.pressed(event));
    NARROW.addEventListener("change", () => this.arrange());
    this.arrange();
  }

  /** Brings a pane to the front where only one can be seen. */
  show(pane: Pane): void {
    this.pane = pane;
    this.arrange();
  }

  private arrange(): void {
    const narrow = NARROW.matches;
    this.list.parentElement!.hidden = !narrow;
    for (const pane of PANES) {
      const [tab, section] = [this.tab(pane), document.getElementById(pane)!];
      const chosen = pane === this.pane;
      section.hidden = narrow && !chosen;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (narrow) section.setAttribute("role", "tabpanel");
      else section.removeAttribute("role");
    }
  }

  private pressed(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const next = PANES[(PANES.indexOf(this.pane) + step + PANES.length) % PANES.length]!;
    this.show(next);
    this.tab(next).focus();
  }

  private tab(pane: Pane): HTMLElement {
    return document.getElementById(`tab-${pane}`)!;
  }
}
