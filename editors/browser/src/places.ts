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

  /** What is written now. What was answered stays where it was: the first change after it is a step away from there. */
  written(demand: string): void {
    if (demand === this.place.demand) return;
    const { ran, ...place } = this.place;
    if (ran === undefined) this.stay({ demand });
    else this.go({ ...place, demand });
  }

  /** What was run now: what was written since the last step belongs to this one. */
  answered(demand: string, ran: number): void {
    if (this.place.ran === undefined) this.stay({ demand, ran });
    else this.step({ demand, ran });
  }

  /** A step to somewhere else. */
  step(change: Partial<Place>): void {
    const next = { ...this.place, ...change };
    if (written(next) !== written(this.place)) this.go(next);
  }

  /** The same place, which says something else now. Browsers take so many a minute, so it is written when no more comes. */
  stay(change: Partial<Place>): void {
    this.place = { ...this.place, ...change };
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.note(), 300);
  }

  private go(place: Place): void {
    this.note();
    this.place = place;
    history.pushState(null, "", `#${written(place)}`);
  }

  private note(): void {
    clearTimeout(this.timer);
    history.replaceState(null, "", `#${written(this.place)}`);
  }
}
