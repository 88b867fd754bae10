import { expect, test } from 'vitest';
import { assess, figuresText } from '../../src/assessment/index.ts';
import { madeInput } from './made-input.ts';
import type { MadeFigures } from './made-input.ts';

const textOf = (figures: MadeFigures, reviewedBy: string | null) => {
  const input = madeInput(figures, { reviewedBy });
  return figuresText(input.volumetry, assess(input), reviewedBy).split('\n');
};

test('every figure stands on its line with unit, interval and denominator, and the volumes sum', () => {
  const figures: MadeFigures = {
    functional: [24.1, 22.4, 25.9],
    standard: [22.5, 21.1, 24],
    bodyWeight: [0.46, 0.43, 0.49],
  };
  const lines = textOf(figures, 'Dr Reviewer');
  expect(lines[0]).toMatch(/^FLR 24\.1 % \(22\.4–25\.9\) of functional liver/);
  expect(lines[1]).toMatch(/^FLR 22\.5 % \(21\.1–24\.0\) of standard liver volume/);
  expect(lines[2]).toMatch(/^FLR 0\.46 % \(0\.43–0\.49\) of body weight/);
  expect(lines.slice(3, 7)).toEqual([
    'Remnant 372 mL (348–396)',
    'Resected 1197 mL',
    'Stays, not counted 42 mL',
    'Total liver 1611 mL (1580–1642)',
  ]);
  expect(lines.at(-1)).toContain('Masks reviewed by: Dr Reviewer.');
});

test('without a plan and a body size there are only the volumes, and nobody is named', () => {
  const lines = textOf({ functional: null, standard: null, bodyWeight: null, remnantMl: null }, null);
  expect(lines[0]).toBe('Total liver 1611 mL (1580–1642)');
  expect(lines.some((line) => line.startsWith('FLR') || line.startsWith('Remnant'))).toBe(false);
  expect(lines.at(-1)).toContain('nobody');
});
