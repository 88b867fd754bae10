import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answerOf, refusalOf } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'remnant-growth-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const measurements = [
  { on: '2026-02-26', flrMl: 352, intervalMl: [332, 372] },
  { on: '2026-03-23', flrMl: 464, intervalMl: [449, 479] },
];
const given = {
  version: 1,
  denominator: { kind: 'standard', volumeMl: 1600 },
  augmentation: { kind: 'PVE', on: '2026-03-02' },
  measurements,
};

describe('remnant growth', () => {
  it('answers with figures computed by hand and the rules in force', () => {
    const answer = answerOf<{
      ruleSet: { name: string };
      judged: { degree: { value: number }; kinetic: { value: number }; daily: { value: number } };
      judgements: { ruleId: string }[];
    }>('growth', file('growth.json', given));
    expect(answer.ruleSet.name).toBe('Remnant rule base');
    expect(answer.judged.degree.value).toBeCloseTo(7, 10);
    expect(answer.judged.kinetic.value).toBeCloseTo(7 / 3, 10);
    expect(answer.judged.daily.value).toBeCloseTo(4.48, 10);
    expect(answer.judgements).toHaveLength(5);
  });

  it('refuses by named codes', () => {
    expect(refusalOf('growth', join(folder, 'none.json')).code).toBe('growth_not_found');
    expect(refusalOf('growth', file('broken.json', '{')).code).toBe('growth_invalid');
    expect(refusalOf('growth', file('one.json', { ...given, measurements: [measurements[0]] })).code).toBe(
      'growth_invalid',
    );
    expect(refusalOf('growth', file('order.json', { ...given, measurements: measurements.toReversed() })).code).toBe(
      'dates_not_ascending',
    );
    const rules = file('rules.json', {
      format: 'remnant-rules',
      name: 'W',
      version: '1',
      reviewer: null,
      mode: 'merge',
    });
    expect(refusalOf('growth', file('growth.json', given), '--rules', rules).code).toBe('rules_invalid');
  });
});
