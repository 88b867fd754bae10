import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assess, conclusionText, decimalsFor } from '../../src/assessment/index.ts';
import { percent } from '../../src/geometry/index.ts';
import { madeInput } from './made-input.ts';

it('prints figures and intervals so that the print itself gives the verdict', () => {
  const close = fc.oneof(
    fc.double({ min: 15, max: 25, noNaN: true }),
    fc.double({ min: -0.06, max: 0.06, noNaN: true }).map((away) => 20 + away),
    fc.constant(20),
  );
  fc.assert(
    fc.property(fc.tuple(close, close, close), (three) => {
      const [low, point, high] = [...three].sort((a, b) => a - b) as [number, number, number];
      // What lies within 1e-5 of a threshold is at it for any reader.
      fc.pre([low, point, high].every((value) => value === 20 || Math.abs(value - 20) > 1e-5));
      const figures = {
        functional: [point, low, high],
        standard: [point, low, high],
        bodyWeight: [point / 40, low / 40, high / 40],
      } as const;
      const input = madeInput(figures);
      const { verdicts } = assess(input);
      for (const line of verdicts) {
        const decimals = decimalsFor(line);
        const [from, to] = line.interval!.map((value) => Number(value.toFixed(decimals))) as [number, number];
        const threshold = line.thresholdPercent!;
        const isStrict = line.denominator === 'bodyWeight';
        const reads = (isStrict ? from > threshold : from >= threshold)
          ? 'above'
          : (isStrict ? to <= threshold : to < threshold)
            ? 'below'
            : 'crosses';
        expect(reads).toBe(line.verdict);
      }
    }),
    { seed: 1_996, numRuns: 400 },
  );
});

it('adds a digit only where the usual ones would sit on the threshold, everywhere the figure is said', () => {
  const at = (value: number) =>
    assess(
      madeInput({ functional: [value, value - 1.2, 20.9], standard: [24, 22, 26], bodyWeight: [0.61, 0.58, 0.64] }),
    ).verdicts[0]!;
  expect([19.97, 19.4, 19.996, 20, 20.04, 20.05].map((value) => decimalsFor(at(value)))).toEqual([2, 1, 3, 1, 2, 1]);
  expect(decimalsFor({ ...at(19.97), thresholdPercent: null })).toBe(1);
  expect(decimalsFor({ ...at(19.4), percent: null, interval: null, thresholdPercent: percent(20) })).toBe(1);
  const input = madeInput({ functional: [19.2, 18.1, 19.97], standard: null, bodyWeight: null });
  const assessment = assess(input);
  const facts = { remnantName: null, parenchyma: 'normal', reviewedBy: 'Dr Reviewer' } as const;
  expect(conclusionText(facts, input.volumetry, assessment)).toContain(
    '19.20 % of tumour-free measured TLV (18.10–19.97)',
  );
  expect(conclusionText(facts, input.volumetry, assessment)).toContain('Below');
});
