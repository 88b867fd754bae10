import { Eye, ListPlus, Lock, MessageSquareText, Palette, SkipBack, SkipForward, SquarePen } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import {
  colourName,
  liverLabel,
  nonFunctionalLabel,
  outsideLabel,
  structureColourNames,
  structureName,
  vesselLabel,
} from '../../src/liver/index.ts';
import type { StructureColour } from '../../src/liver/index.ts';
import { changeStructure, structureIn } from '../../src/plan/index.ts';
import type { Plan, StructureEntry } from '../../src/plan/index.ts';
import type { SessionState } from '../session.ts';
import { texts } from '../texts.ts';
import { always, withCase } from './command.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

const alwaysShown = [liverLabel, vesselLabel, outsideLabel, nonFunctionalLabel];

/** The structures the list shows: the fixed ones, whether used yet or not, and those of the plan with their own names. */
export function shownStructures(plan: Plan): readonly StructureEntry[] {
  const labels = new Set([...alwaysShown, ...plan.structures.map(({ label }) => label)]);
  return [...labels].sort((a, b) => a - b).map((label) => structureIn(plan.structures, label));
}

/** A structure's name in the list: the liver's label holds its parenchyma alone, and says so unless it was renamed. */
export function listName({ label, name }: Pick<StructureEntry, 'label' | 'name'>): string {
  return label === liverLabel && name === structureName(label) ? texts.structures.parenchyma : name;
}

/** The structure that is painted. */
export function activeStructure({ openCase, view }: SessionState): StructureEntry {
  return structureIn(openCase?.plan.structures ?? [], view.activeLabel);
}

/** Enabled while the structure that is painted may be changed. */
export function withUnlocked(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  const active = activeStructure(state);
  return active.isLocked === true ? texts.structures.locked(active.name) : true;
}

/** Renames a structure; an empty name changes nothing. */
export function renameStructure({ keeper, session }: CommandContext, label: number, name: string): void {
  const given = name.trim();
  const now = structureIn(session.get().openCase?.plan.structures ?? [], label);
  if (given === '' || given === listName(now)) return;
  keeper.edit((plan) => changeStructure(plan, label, { name: given }, 'Rename structure'));
}

/** Gives a structure a colour of its own, the same in 2D, 3D, plots and PDF. */
export function colourStructure({ keeper }: CommandContext, label: number, colour: StructureColour): void {
  keeper.edit((plan) => changeStructure(plan, label, { colour }, `Colour ${structureIn(plan.structures, label).name}`));
}

/** Locks a structure, or unlocks it. */
export function toggleLock({ keeper }: CommandContext, label: number): void {
  keeper.edit((plan) => {
    const { name, isLocked } = structureIn(plan.structures, label);
    return changeStructure(
      plan,
      label,
      { isLocked: isLocked !== true },
      `${isLocked === true ? 'Unlock' : 'Lock'} ${name}`,
    );
  });
}

/** Shows a structure, or hides it. */
export function toggleVisibility({ session }: CommandContext, label: number): void {
  const { hiddenLabels } = session.get().view;
  const isHidden = hiddenLabels.includes(label);
  session.look({ hiddenLabels: isHidden ? hiddenLabels.filter((one) => one !== label) : [...hiddenLabels, label] });
}

/** Makes a structure more or less solid, 0 … 1, in 2D and 3D. */
export function setOpacity({ session }: CommandContext, label: number, opacity: number): void {
  session.look({ opacities: { ...session.get().view.opacities, [label]: opacity } });
}

function step(id: string, label: string, key: string, icon: LucideIcon, way: 1 | -1): Command {
  return {
    id,
    group: 'Segmentation',
    label,
    keys: [key],
    icon,
    enabled: withCase,
    perform: ({ session }) => {
      const { openCase, view } = session.get();
      if (openCase === null) return;
      const labels = shownStructures(openCase.plan).map((one) => one.label);
      const at = labels.indexOf(view.activeLabel) + way;
      session.look({ activeLabel: labels[(at + labels.length) % labels.length]! });
    },
  };
}

/** What can be done with the structure that is painted, beside its voxels; and the messages. */
export const structureCommands: readonly Command[] = [
  step('structure.next', 'Next structure', 'Shift+PageDown', SkipForward, 1),
  step('structure.previous', 'Previous structure', 'Shift+PageUp', SkipBack, -1),
  {
    id: 'structure.visible',
    group: 'View',
    label: 'Show or hide the structure',
    labelNow: (state) => {
      const isHidden = state.view.hiddenLabels.includes(state.view.activeLabel);
      return `${isHidden ? 'Show' : 'Hide'} ${listName(activeStructure(state))}`;
    },
    keys: ['u'],
    icon: Eye,
    enabled: withCase,
    perform: (context) => toggleVisibility(context, context.session.get().view.activeLabel),
  },
  {
    id: 'structure.showAll',
    group: 'View',
    label: 'Show all structures',
    keys: ['Shift+U'],
    icon: ListPlus,
    enabled: (state) => {
      if (state.openCase === null) return 'Open a series first.';
      return state.view.hiddenLabels.length === 0 ? 'Every structure is shown.' : true;
    },
    perform: ({ session }) => session.look({ hiddenLabels: [] }),
  },
  {
    id: 'structure.lock',
    group: 'Segmentation',
    label: 'Lock or unlock the structure',
    labelNow: (state) => {
      const active = activeStructure(state);
      return `${active.isLocked === true ? 'Unlock' : 'Lock'} ${listName(active)}`;
    },
    keys: ['k'],
    icon: Lock,
    enabled: withCase,
    perform: (context) => toggleLock(context, context.session.get().view.activeLabel),
  },
  {
    id: 'structure.rename',
    group: 'Segmentation',
    label: 'Rename the structure',
    labelNow: (state) => `Rename ${listName(activeStructure(state))}`,
    keys: ['F2'],
    icon: SquarePen,
    enabled: withCase,
    perform: ({ page }) => page.goTo('name'),
  },
  {
    id: 'structure.colour',
    group: 'Segmentation',
    label: 'Next colour of the structure',
    labelNow: (state) => `Next colour of ${listName(activeStructure(state))}`,
    keys: [],
    icon: Palette,
    enabled: withCase,
    perform: (context) => {
      const { label, colour } = activeStructure(context.session.get());
      const now = structureColourNames.indexOf(colour ?? colourName(label));
      colourStructure(context, label, structureColourNames[(now + 1) % structureColourNames.length]!);
    },
  },
  {
    id: 'help.messages',
    group: 'Help',
    label: 'Messages',
    keys: ['Mod+m'],
    icon: MessageSquareText,
    enabled: always,
    perform: ({ session }) => session.update((state) => ({ ...state, dialog: { kind: 'messages' } })),
  },
];
