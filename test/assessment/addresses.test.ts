import { describe, expect, it } from 'vitest';
import { isCited, ruleBase } from '../../src/assessment/index.ts';

describe('the addresses that may be opened', () => {
  it('are those of the rules, of every citation of an option, and of the formulas', () => {
    const given = [
      ...[ruleBase.thresholds, ruleBase.conditions, ruleBase.growth, ruleBase.references].flat(),
      ...ruleBase.options.flatMap(({ citations }) => citations),
    ].flatMap(({ address }) => (address === null ? [] : [address]));
    expect(given.length).toBeGreaterThan(40);
    expect(given.filter((address) => !isCited(address))).toEqual([]);
    expect(isCited('https://pmc.ncbi.nlm.nih.gov/articles/PMC6422720/')).toBe(true);
  });

  it('are no others, however like them', () => {
    for (const address of [
      '',
      'https://example.org/',
      'http://pmc.ncbi.nlm.nih.gov/articles/PMC6422720/',
      'https://pmc.ncbi.nlm.nih.gov/articles/PMC6422720/?x=1',
      'https://pmc.ncbi.nlm.nih.gov/articles/PMC6422720/ ',
      'https://pmc.ncbi.nlm.nih.gov@example.org/articles/PMC6422720/',
      'javascript:alert(1)',
      'file:///etc/passwd',
    ]) {
      expect(isCited(address), address).toBe(false);
    }
  });
});
