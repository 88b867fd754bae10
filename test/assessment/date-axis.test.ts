import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateAxis, dateOf, daysBetween, placeOnAxis } from '../../src/assessment/index.ts';

const mark = (from: string, to = from) => ({ from, to });

describe('the axis of the date line', () => {
  it('stands on Mondays over a few weeks', () => {
    // 2 March 2026 is a Monday.
    const axis = dateAxis([mark('2026-02-26'), mark('2026-03-09', '2026-03-23')])!;
    expect(axis.pieces).toEqual([{ from: '2026-02-23', to: '2026-03-26', start: 0, end: 1 }]);
    expect(axis.ticks.map(({ on, label }) => `${on} ${label}`)).toEqual([
      '2026-02-23 23 Feb',
      '2026-03-02 2 Mar',
      '2026-03-09 9 Mar',
      '2026-03-16 16 Mar',
      '2026-03-23 23 Mar',
    ]);
    for (const { on } of axis.ticks) expect(new Date(on).getUTCDay()).toBe(1);
  });

  it('stands on first days of months over half a year, and rarer over years', () => {
    const labels = (from: string, to: string) => dateAxis([mark(from, to)])!.ticks.map(({ label }) => label);
    expect(labels('2025-11-03', '2026-05-20')).toEqual(
      'Nov 2025,Dec 2025,Jan 2026,Feb 2026,Mar 2026,Apr 2026,May 2026'.split(','),
    );
    expect(labels('2024-01-10', '2026-05-20')).toEqual('Jan 2024,Jul 2024,Jan 2025,Jul 2025,Jan 2026'.split(','));
  });

  it('holds every mark, in at most eight ticks of its own days', () => {
    const day = fc.integer({ min: 18_000, max: 24_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fc.nat(400)), { minLength: 1, maxLength: 9 }), (spans) => {
        const axis = dateAxis(spans.map(([from, length]) => mark(dateOf(from), dateOf(from + length))))!;
        const pieceOf = (on: string) =>
          axis.pieces.findIndex(({ from, to }) => daysBetween(from, on) >= 0 && daysBetween(on, to) >= 0);
        for (const [from, length] of spans) {
          // Whole on one piece: no break cuts a window.
          expect(pieceOf(dateOf(from))).toBeGreaterThanOrEqual(0);
          expect(pieceOf(dateOf(from + length))).toBe(pieceOf(dateOf(from)));
          const places = [from, from + length].map((at) => placeOnAxis(axis, dateOf(at)));
          expect(places.every((place) => place > 0 && place < 1)).toBe(true);
        }
        expect(axis.ticks.length).toBeLessThanOrEqual(7 + axis.pieces.length);
        for (const { on } of axis.ticks) expect(pieceOf(on)).toBeGreaterThanOrEqual(0);
        // Time runs one way: earlier days lie further left, across breaks too.
        const all = spans.flatMap(([from, length]) => [from, from + length]).sort((one, other) => one - other);
        all.slice(1).forEach((at, index) => {
          const step = placeOnAxis(axis, dateOf(at)) - placeOnAxis(axis, dateOf(all[index]!));
          if (at > all[index]!) expect(step).toBeGreaterThan(0);
        });
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('leaves out the years between one far-off scan and the weeks that matter, and says which year is which', () => {
    const axis = dateAxis([mark('2021-05-12'), mark('2026-02-26'), mark('2026-03-09', '2026-03-23')])!;
    expect(axis.pieces.map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2021-05-09 2021-05-15',
      '2026-02-23 2026-03-26',
    ]);
    const [far, near] = axis.pieces;
    expect(near!.end - near!.start).toBeGreaterThan(2.5 * (far!.end - far!.start));
    expect([far!.start, near!.start - far!.end, near!.end].map((share) => share.toFixed(3))).toEqual([
      '0.000',
      '0.050',
      '1.000',
    ]);
    expect(axis.ticks.map(({ label }) => label)).toEqual([
      'May 2021',
      '23 Feb 2026',
      '2 Mar',
      '9 Mar',
      '16 Mar',
      '23 Mar',
    ]);
  });

  it('breaks for no gap that squeezes nothing', () => {
    const pieces = (...marks: ReturnType<typeof mark>[]) => dateAxis(marks)!.pieces.length;
    expect(pieces(mark('2021-05-12'), mark('2026-03-09'))).toBe(1);
    expect(pieces(mark('2025-12-20'), mark('2026-03-09'), mark('2026-03-23'))).toBe(1);
    expect(pieces(mark('2025-01-01'), mark('2025-06-01'), mark('2025-12-01'))).toBe(1);
    // A window that covers the years is no gap.
    expect(pieces(mark('2021-05-12', '2026-02-20'), mark('2026-03-09'), mark('2026-03-23'))).toBe(1);
    // Neither of two long gaps alone is more than the other and the rest.
    expect(pieces(mark('2021-05-12'), mark('2024-05-15'), mark('2026-02-01'), mark('2026-04-13'))).toBe(3);
    expect(pieces(mark('2019-05-12'), mark('2021-05-12'), mark('2026-02-26'), mark('2026-03-23'))).toBe(3);
  });

  it('is none without marks', () => {
    expect(dateAxis([])).toBe(null);
  });
});
