/** What part of a plane a picture shows: `x` and `y` are where the plane's 0, 0 stands in pixels; the plane's y goes up. */
import type { Bounds } from '../../../lab/point-grid.ts';

export interface View {
  /** Pixels for a unit of the plane. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How far one may zoom out and in from the view that shows all. */
const LEAST = 0.5;
const MOST = 400;

/** All of the points, with room at the edges. */
export function wholeView({ left, right, top, bottom }: Bounds, { width, height }: Size, margin: number): View {
  const wide = Math.max(1, width - 2 * margin);
  const high = Math.max(1, height - 2 * margin);
  // All at one place: any scale will do.
  const scale = Math.min(wide / (right - left || 1e-6), high / (bottom - top || 1e-6), 1e6);
  return { scale, x: width / 2 - (scale * (left + right)) / 2, y: height / 2 + (scale * (top + bottom)) / 2 };
}

/** About a place on the screen, which stays where it is. */
export function zoomed(view: View, factor: number, at: readonly [number, number], whole: View): View {
  const scale = Math.min(whole.scale * MOST, Math.max(whole.scale * LEAST, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: at[0] - by * (at[0] - view.x), y: at[1] - by * (at[1] - view.y) };
}

export function moved(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

export function onScreen({ scale, x, y }: View, px: number, py: number): [number, number] {
  return [x + scale * px, y - scale * py];
}

export function inPlane({ scale, x, y }: View, sx: number, sy: number): [number, number] {
  return [(sx - x) / scale, (y - sy) / scale];
}

/** Moved no further than it must be to show a place away from the edges. */
export function showing(view: View, [px, py]: readonly [number, number], size: Size, margin: number): View {
  const [sx, sy] = onScreen(view, px, py);
  const into = (at: number, length: number) => Math.min(Math.max(at, margin), Math.max(margin, length - margin)) - at;
  return moved(view, into(sx, size.width), into(sy, size.height));
}
