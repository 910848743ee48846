import { describe, expect, it } from 'vitest';
import { inPlane, moved, onScreen, showing, wholeView, zoomed } from './view.ts';

const size = { width: 400, height: 300 };
const bounds = { left: -1, right: 3, top: 2, bottom: 4 };
const whole = wholeView(bounds, size, 20);

describe('the view of a plane', () => {
  it('holds all points in the middle, as large as they fit, with up as up', () => {
    expect(whole.scale).toBe(90);
    expect(onScreen(whole, 1, 3)).toEqual([200, 150]);
    expect(onScreen(whole, -1, 4)).toEqual([20, 60]);
  });

  it('holds points at one place in the middle', () => {
    expect(onScreen(wholeView({ left: 2, right: 2, top: 5, bottom: 5 }, size, 20), 2, 5)).toEqual([200, 150]);
  });

  it('leads to the screen and back', () => {
    const [x, y] = inPlane(moved(whole, 7, -9), ...onScreen(moved(whole, 7, -9), 0.3, 2.2));
    expect([x, y]).toEqual([expect.closeTo(0.3, 9), expect.closeTo(2.2, 9)]);
  });

  it('zooms about a place that stays, within bounds', () => {
    const near = zoomed(whole, 2, [30, 40], whole);
    expect(near.scale).toBe(180);
    expect(inPlane(near, 30, 40)).toEqual(inPlane(whole, 30, 40).map((value) => expect.closeTo(value, 9) as number));
    expect(zoomed(whole, 1e9, [0, 0], whole).scale).toBe(90 * 400);
    expect(zoomed(whole, 1e-9, [0, 0], whole).scale).toBe(45);
  });

  it('is moved to show a place only where it does not', () => {
    expect(showing(whole, [1, 3], size, 30)).toEqual(whole);
    const near = zoomed(whole, 4, [200, 150], whole);
    expect(onScreen(showing(near, [3, 3], size, 30), 3, 3)).toEqual([370, expect.closeTo(150, 9)]);
  });
});
