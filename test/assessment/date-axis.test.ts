import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateAxis, dateOf, daysBetween } from '../../src/assessment/index.ts';

const mark = (from: string, to = from) => ({ from, to });

describe('the axis of the date line', () => {
  it('stands on Mondays over a few weeks', () => {
    // 2 March 2026 is a Monday.
    const axis = dateAxis([mark('2026-02-26'), mark('2026-03-09', '2026-03-23')])!;
    expect([axis.from, axis.to, axis.days]).toEqual(['2026-02-23', '2026-03-26', 31]);
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
        for (const [from, length] of spans) {
          expect(daysBetween(axis.from, dateOf(from))).toBeGreaterThan(0);
          expect(daysBetween(dateOf(from + length), axis.to)).toBeGreaterThan(0);
        }
        expect(axis.ticks.length).toBeLessThanOrEqual(8);
        for (const { on } of axis.ticks) {
          expect(daysBetween(axis.from, on)).toBeGreaterThanOrEqual(0);
          expect(daysBetween(on, axis.to)).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('is none without marks', () => {
    expect(dateAxis([])).toBe(null);
  });
});
