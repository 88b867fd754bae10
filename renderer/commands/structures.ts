import { liverLabel, nonFunctionalLabel, outsideLabel, structureName, vesselLabel } from '../../src/liver/index.ts';
import type { Plan, StructureEntry } from '../../src/plan/index.ts';

const alwaysShown = [liverLabel, vesselLabel, outsideLabel, nonFunctionalLabel];

/** The structures the list shows: the fixed ones, whether used yet or not, and those of the plan with their own names. */
export function shownStructures(plan: Plan): readonly StructureEntry[] {
  const named = new Map(plan.structures.map((structure) => [structure.label, structure.name]));
  const labels = new Set([...alwaysShown, ...named.keys()]);
  return [...labels].sort((a, b) => a - b).map((label) => ({ label, name: named.get(label) ?? structureName(label) }));
}
