import { ruleBase } from './rules.ts';

const { thresholds, conditions, growth, options, references, definitions, statements } = ruleBase;

/** Where the sources of our own rules and formulas can be read. */
const cited: ReadonlySet<string> = new Set(
  [
    ...[...thresholds, ...conditions, ...growth, ...options, ...references, ...definitions, ...statements],
    ...options.flatMap(({ citations }) => citations),
  ].flatMap(({ address }) => (address?.startsWith('https://') === true ? [address] : [])),
);

/**
 * Whether an address is one that our rules cite, to the letter, and https: only such ones are ever opened. What a department's own rules
 * cite is printed and not opened.
 */
export function isCited(address: string): boolean {
  return cited.has(address);
}
