import {
  ArrowDownToLine,
  ArrowUpFromLine,
  Blend,
  Box,
  ChevronsDown,
  ChevronsUp,
  CircleDashed,
  Columns3,
  DraftingCompass,
  Expand,
  EyeOff,
  LayoutGrid,
  LayoutPanelLeft,
  LocateFixed,
  Paintbrush,
  RotateCcwSquare,
  Ruler,
  Tag,
  Trash2,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { SlabMode } from '../../src/volume/index.ts';
import type { Layout, Session, SessionState, ViewMenu, ViewName } from '../session.ts';
import { toolCommand, withCase } from './command.ts';
import type { Command } from './command.ts';
import { nameIn } from './tool-commands.ts';

function layoutCommand(layout: Layout, label: string, key: string, icon: LucideIcon): Command {
  return {
    id: `layout.${layout}`,
    group: 'View',
    label,
    keys: [key],
    icon,
    enabled: withCase,
    active: ({ view }) => view.layout === layout && view.maximised === null,
    perform: ({ session }) => session.look({ layout, maximised: null }),
  };
}

/** How the views share the screen. */
export const layoutCommands: readonly Command[] = [
  layoutCommand('four', 'Four views', '5', LayoutGrid),
  layoutCommand('large', 'One large view beside three', '6', LayoutPanelLeft),
  layoutCommand('slices', 'Only the three slices', '7', Columns3),
  layoutCommand('volume', 'Only the 3D view', '8', Box),
];

function slabCommand(slab: SlabMode, label: string, key: string, icon: LucideIcon): Command {
  return {
    id: `slab.${slab}`,
    group: 'View',
    label,
    keys: [key],
    icon,
    enabled: withCase,
    active: ({ view }) => view.slab === slab,
    // The same command again goes back to the single slice.
    perform: ({ session }) => session.look({ slab: session.get().view.slab === slab ? null : slab }),
  };
}

/** The thinnest and thickest slab in mm. */
export const slabRange = { thinnest: 2, thickest: 100 } as const;

function thicken(step: number): Command['perform'] {
  return ({ session }) => {
    const wanted = session.get().view.slabMm + step;
    session.look({ slabMm: Math.min(slabRange.thickest, Math.max(slabRange.thinnest, wanted)) });
  };
}

function withSlab(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  return state.view.slab === null ? 'Show a thick slab first.' : true;
}

/** Thick slabs, oblique views and what is written on the pictures. */
export const pictureCommands: readonly Command[] = [
  slabCommand('maximum', 'Thick slab: maximum', 'Shift+M', ArrowUpFromLine),
  slabCommand('mean', 'Thick slab: mean', 'Shift+A', Blend),
  slabCommand('minimum', 'Thick slab: minimum', 'Shift+I', ArrowDownToLine),
  {
    id: 'slab.thicker',
    group: 'View',
    label: 'Thicker slab',
    keys: ['Shift+ArrowUp'],
    icon: ChevronsUp,
    enabled: withSlab,
    perform: thicken(2),
  },
  {
    id: 'slab.thinner',
    group: 'View',
    label: 'Thinner slab',
    keys: ['Shift+ArrowDown'],
    icon: ChevronsDown,
    enabled: withSlab,
    perform: thicken(-2),
  },
  {
    id: 'view.straight',
    group: 'View',
    label: 'Set the views straight',
    keys: ['Shift+R'],
    icon: RotateCcwSquare,
    enabled: (state) => {
      if (state.openCase === null) return 'Open a series first.';
      return state.view.turn === null ? 'The views are straight: turn the crosshair by its rings.' : true;
    },
    perform: ({ session }) => session.look({ turn: null }),
  },
  {
    id: 'view.texts',
    group: 'View',
    label: 'Show or hide the texts on the pictures',
    keys: ['v'],
    icon: Tag,
    enabled: withCase,
    active: ({ view }) => view.showTexts,
    perform: ({ session }) => session.look({ showTexts: !session.get().view.showTexts }),
  },
];

function withMeasurement(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  return state.view.measurements.length === 0 ? 'Draw a measurement first.' : true;
}

/** Takes one measurement away, by its id. */
export function deleteMeasurement(session: Session, id: number): void {
  session.look({ measurements: session.get().view.measurements.filter((one) => one.id !== id) });
}

/** Rulers, angles and regions of interest. */
export const measureCommands: readonly Command[] = [
  toolCommand('ruler', 'Ruler', 'l', Ruler),
  toolCommand('angle', 'Angle: drag one arm, click the other', 'a', DraftingCompass),
  toolCommand('region', 'Region of interest', 'i', CircleDashed),
  {
    id: 'measure.deleteLast',
    group: 'Tools',
    label: 'Delete the last measurement',
    keys: ['Backspace'],
    icon: Trash2,
    enabled: withMeasurement,
    perform: ({ session }) => session.look({ measurements: session.get().view.measurements.slice(0, -1) }),
  },
  {
    id: 'measure.deleteAll',
    group: 'Tools',
    label: 'Delete all measurements',
    keys: ['Shift+Backspace'],
    icon: Trash2,
    enabled: withMeasurement,
    perform: ({ session }) => session.look({ measurements: [] }),
  },
];

const nowhere = 'Right-click a place in a view first.';

/** Enabled when the menu's place has what the command needs; `reason` says what is missing. */
function underMouse(has: (menu: ViewMenu) => boolean, reason: string): Command['enabled'] {
  return ({ openCase, view }) => {
    if (openCase === null) return 'Open a series first.';
    if (view.menu === null) return nowhere;
    return has(view.menu) ? true : reason;
  };
}

const hasStructure = underMouse(({ label }) => label !== 0, 'No structure lies under the mouse.');

/** The name of the structure under the mouse for a label, or the words for any. */
function structureHere({ openCase, view }: SessionState): string {
  return view.menu === null || view.menu.label === 0 ? 'the structure here' : nameIn(openCase, view.menu.label);
}

/** What can be done with that which lay under the mouse when the menu of a view was asked for. */
export const hereCommands: readonly Command[] = [
  {
    id: 'here.crosshair',
    group: 'View',
    label: 'Look here in all views',
    keys: [],
    icon: LocateFixed,
    enabled: underMouse(({ place }) => place !== null, 'This place lies outside the scan.'),
    perform: ({ session }) => {
      const place = session.get().view.menu?.place ?? null;
      if (place !== null) session.look({ crosshair: place });
    },
  },
  {
    id: 'here.paint',
    group: 'Segmentation',
    label: 'Choose the structure here to be painted',
    labelNow: (state) => `Choose ${structureHere(state)} to be painted`,
    keys: [],
    icon: Paintbrush,
    enabled: hasStructure,
    perform: ({ session }) => {
      const label = session.get().view.menu?.label ?? 0;
      if (label !== 0) session.look({ activeLabel: label });
    },
  },
  {
    id: 'here.hide',
    group: 'View',
    label: 'Hide the structure here',
    labelNow: (state) => `Hide ${structureHere(state)}`,
    keys: [],
    icon: EyeOff,
    enabled: hasStructure,
    perform: ({ session }) => {
      const { menu, hiddenLabels } = session.get().view;
      if (menu !== null && menu.label !== 0 && !hiddenLabels.includes(menu.label))
        session.look({ hiddenLabels: [...hiddenLabels, menu.label] });
    },
  },
  {
    id: 'here.deleteMeasurement',
    group: 'Tools',
    label: 'Delete the measurement here',
    keys: [],
    icon: Trash2,
    enabled: underMouse(({ measurement }) => measurement !== null, 'No measurement lies under the mouse.'),
    perform: ({ session }) => {
      const id = session.get().view.menu?.measurement ?? null;
      if (id !== null) deleteMeasurement(session, id);
    },
  },
  {
    id: 'here.large',
    group: 'View',
    label: 'Make this the large view beside three',
    keys: [],
    icon: Expand,
    enabled: underMouse(() => true, nowhere),
    perform: ({ session }) => {
      const view = session.get().view.menu?.view;
      if (view !== undefined) session.look({ layout: 'large', mainView: view, maximised: null });
    },
  },
];

const layoutRow = ['layout.four', 'here.large', 'layout.slices', 'layout.volume', 'layout.pair'] as const;

const sliceMenu: readonly (readonly string[])[] = [
  ['here.crosshair', 'here.paint', 'here.hide', 'here.deleteMeasurement'],
  ['tool.ruler', 'tool.angle', 'tool.region'],
  ['slab.maximum', 'slab.mean', 'slab.minimum', 'slab.thicker', 'slab.thinner', 'view.straight'],
  layoutRow,
  ['view.crosshair', 'view.texts'],
];

/** In 3D there is no slice: nothing is measured, thickened or found under the mouse. */
const volumeMenu: readonly (readonly string[])[] = [['plane.flip', 'structure.showAll'], layoutRow];

/** The menu of a view, by the ids of its commands, each row a group: only what acts on that view. */
export function viewMenuRows(view: ViewName): readonly (readonly string[])[] {
  return view === 'volume' ? volumeMenu : sliceMenu;
}
