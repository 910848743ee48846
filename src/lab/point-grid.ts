/** Points of a plane in cells, so that the one under a pointer is found without asking all. */

/** Points a cell has on average. */
const PER_CELL = 2;

export class PointGrid {
  private readonly left: number;
  private readonly top: number;
  /** Side of a cell. */
  private readonly side: number;
  private readonly columns: number;
  private readonly rows: number;
  private readonly cells = new Map<number, number[]>();

  /** @param places x and y of each point in turn */
  constructor(private readonly places: Float32Array) {
    const { left, top, right, bottom } = boundsOf(places);
    const many = Math.max(1, Math.ceil(Math.sqrt(places.length / 2 / PER_CELL)));
    this.left = left;
    this.top = top;
    this.side = Math.max(right - left, bottom - top) / many || 1;
    this.columns = Math.floor((right - left) / this.side) + 1;
    this.rows = Math.floor((bottom - top) / this.side) + 1;
    for (let i = 0; i < places.length / 2; i++) {
      const cell = this.row(places[2 * i + 1]!) * this.columns + this.column(places[2 * i]!);
      const held = this.cells.get(cell);
      if (held) held.push(i);
      else this.cells.set(cell, [i]);
    }
  }

  /** The point nearest to a place and at most `radius` from it; of equals the last, which is drawn on top. */
  nearest(x: number, y: number, radius: number): number | null {
    let found: number | null = null;
    let best = radius * radius;
    for (let row = this.row(y - radius); row <= this.row(y + radius); row++) {
      for (let column = this.column(x - radius); column <= this.column(x + radius); column++) {
        for (const i of this.cells.get(row * this.columns + column) ?? []) {
          const squared = (this.places[2 * i]! - x) ** 2 + (this.places[2 * i + 1]! - y) ** 2;
          if (squared > best || (squared === best && found !== null && found > i)) continue;
          best = squared;
          found = i;
        }
      }
    }
    return found;
  }

  private column(x: number): number {
    return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.left) / this.side)));
  }

  private row(y: number): number {
    return Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.top) / this.side)));
  }
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** All zero without points. */
export function boundsOf(places: Float32Array): Bounds {
  if (places.length === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < places.length; i += 2) {
    left = Math.min(left, places[i]!);
    right = Math.max(right, places[i]!);
    top = Math.min(top, places[i + 1]!);
    bottom = Math.max(bottom, places[i + 1]!);
  }
  return { left, top, right, bottom };
}
