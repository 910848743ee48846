/** From point to point of a plane by four directions. */

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The next point that way: of those within 45° of the direction the nearest; null where there is none. Of points at
 * one place, which lie in no direction from each other, `right` goes to the next in the list and `left` to the one
 * before, and a walk comes to such a place at the end from which it can go on.
 * @param places x and y of each point in turn, y upwards
 */
export function nextTowards(places: Float32Array, from: number, direction: Direction): number | null {
  const stacked = atSamePlace(places, from, direction);
  if (stacked !== null) return stacked;
  let found: number | null = null;
  let best = Infinity;
  for (let i = 0; i < places.length / 2; i++) {
    const dx = places[2 * i]! - places[2 * from]!;
    const dy = places[2 * i + 1]! - places[2 * from + 1]!;
    const [along, aside] = turned(dx, dy, direction);
    const squared = along * along + aside * aside;
    if (along <= 0 || Math.abs(aside) > along || squared > best) continue;
    if (squared === best && direction !== 'left') continue;
    best = squared;
    found = i;
  }
  return found;
}

function atSamePlace(places: Float32Array, from: number, direction: Direction): number | null {
  const step = direction === 'right' ? 1 : direction === 'left' ? -1 : 0;
  if (step === 0) return null;
  for (let i = from + step; i >= 0 && i < places.length / 2; i += step)
    if (places[2 * i] === places[2 * from] && places[2 * i + 1] === places[2 * from + 1]) return i;
  return null;
}

/** How far along the direction, and how far aside. */
function turned(dx: number, dy: number, direction: Direction): readonly [number, number] {
  switch (direction) {
    case 'right':
      return [dx, dy];
    case 'left':
      return [-dx, dy];
    case 'up':
      return [dy, dx];
    case 'down':
      return [-dy, dx];
  }
}
