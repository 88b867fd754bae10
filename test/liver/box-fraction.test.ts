import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxFraction } from '../../src/liver/index.ts';

/** The plain definition: the share of a grid of lines through the box, exact along the third axis. */
function byLines(distance: number, a: number, b: number, c: number, lines: number): number {
  let sum = 0;
  for (let u = 0; u < lines; u += 1) {
    for (let v = 0; v < lines; v += 1) {
      const s = distance + a * (((u + 0.5) / lines) * 2 - 1) + b * (((v + 0.5) / lines) * 2 - 1);
      sum += c === 0 ? (s > 0 ? 1 : 0) : Math.min(1, Math.max(0, 0.5 + s / (2 * c)));
    }
  }
  return sum / (lines * lines);
}

const edge = fc.double({ min: 0.01, max: 3, noNaN: true });

describe('the fraction of a box beyond a plane', () => {
  it('is what many lines through the box measure, in every order of the edges', () => {
    fc.assert(
      fc.property(edge, edge, edge, fc.double({ min: -1.1, max: 1.1, noNaN: true }), (a, b, c, where) => {
        const distance = where * (a + b + c);
        const exact = boxFraction(distance, a, b, c);
        const largest = Math.max(a, b, c);
        const [small, middle] = [a, b, c].sort((p, q) => p - q);
        expect(Math.abs(exact - byLines(distance, small!, middle!, largest, 80))).toBeLessThan(2e-4);
        expect(boxFraction(distance, c, a, b)).toBeCloseTo(exact, 12);
        expect(boxFraction(-distance, b, a, c)).toBeCloseTo(1 - exact, 12);
      }),
      { seed: 20_251, numRuns: 400 },
    );
  });

  it('is linear for a plane along an axis and stays exact when edges become parallel to it', () => {
    expect(boxFraction(0.25, 0, 0, 1)).toBe(0.625);
    expect(boxFraction(0.25, 1e-12, 1e-9, 1)).toBeCloseTo(0.625, 8);
    expect(boxFraction(0.3, 0.7, 0, 0.5)).toBeCloseTo(byLines(0.3, 0.5, 0, 0.7, 2000), 6);
    expect(boxFraction(5, 1, 1, 1)).toBe(1);
    expect(boxFraction(-5, 1, 1, 1)).toBe(0);
  });

  it('never falls while the plane moves one way', () => {
    fc.assert(
      fc.property(edge, edge, edge, (a, b, c) => {
        let before = 0;
        for (let step = -50; step <= 50; step += 1) {
          const now = boxFraction((step / 50) * (a + b + c), a, b, c);
          expect(now).toBeGreaterThanOrEqual(before - 1e-12);
          before = now;
        }
        expect(before).toBe(1);
      }),
      { seed: 77_113, numRuns: 100 },
    );
  });
});
