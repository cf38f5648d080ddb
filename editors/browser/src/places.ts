// Where the page is, kept in its address. What one opens or runs is a step that the browser's back takes back; what one types is not.
import { read, written, type Place } from "./address";

export class Places {
  private place: Place = read(location.hash);
  private timer = 0;

  /** `arrived` hears where the browser's back and forward lead. */
  constructor(arrived: (to: Place, from: Place) => void) {
    addEventListener("popstate", () => {
      clearTimeout(this.timer);
      const from = this.place;
      this.place = read(location.hash);
      arrived(this.place, from);
    });
  }

  get here(): Place {
    return this.place;
  }

  /** A step to somewhere else. */
  step(change: Partial<Place>): void {
    this.note();
    const next = { ...this.place, ...change };
    if (written(next) === written(this.place)) return;
    this.place = next;
    history.pushState(null, "", `#${written(next)}`);
  }

  /** The same place, which says something else now. Browsers take so many a minute, so it is written when no more comes. */
  stay(change: Partial<Place>): void {
    this.place = { ...this.place, ...change };
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.note(), 300);
  }

  private note(): void {
    clearTimeout(this.timer);
    history.replaceState(null, "", `#${written(this.place)}`);
  }
}
