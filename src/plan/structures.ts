import { labelColour, structureColours, structureName } from '../liver/index.ts';
import type { Colour } from '../liver/index.ts';
import { changePlan } from './create.ts';
import type { Edit } from './edit.ts';
import type { Plan, StructureEntry } from './plan.ts';

/** A structure as the plan knows it; one that the plan does not name has its usual name and colour. */
export function structureIn(structures: readonly StructureEntry[], label: number): StructureEntry {
  return structures.find((one) => one.label === label) ?? { label, name: structureName(label) };
}

/** The colour of a label in the plan, the same in 2D, 3D, plots and PDF; null for background. */
export function colourIn(structures: readonly StructureEntry[], label: number): Colour | null {
  const chosen = structures.find((one) => one.label === label)?.colour;
  return chosen === undefined ? labelColour(label) : structureColours[chosen];
}

/** An edit of what the plan says of one structure: its name, colour or lock. A structure not yet named joins the plan with it. */
export function changeStructure(
  plan: Plan,
  label: number,
  change: Partial<Omit<StructureEntry, 'label'>>,
  editLabel: string,
): Edit {
  const others = plan.structures.filter((one) => one.label !== label);
  const structures = [...others, { ...structureIn(plan.structures, label), ...change }];
  return changePlan(plan, { structures: structures.sort((a, b) => a.label - b.label) }, editLabel);
}
