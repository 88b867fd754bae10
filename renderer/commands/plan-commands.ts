import {
  Check,
  ChevronLeft,
  ChevronRight,
  FlipHorizontal2,
  Move3d,
  RotateCcw,
  RotateCw,
  ScissorsLineDashed,
  Trash2,
} from 'lucide-react';
import {
  direction,
  gridCentre,
  moved,
  opposite,
  rotate,
  rotationAbout,
  signedDistance,
  turnedFrame,
} from '../../src/geometry/index.ts';
import type { PlaneCut } from '../../src/liver/index.ts';
import { addCut, removeCut, replaceCut } from '../../src/plan/index.ts';
import type { SessionState } from '../session.ts';
import type { Command } from './command.ts';
import { withCase } from './command.ts';
import type { CommandContext } from './context.ts';
import { viewOfKeys } from './view-commands.ts';

function withCut(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  return state.openCase.plan.cuts.some((cut) => cut.kind === 'plane') ? true : 'Place a cutting plane first.';
}

/** The last plane of the plan: the one that flip and remove act on. */
function lastPlane(state: SessionState): { readonly index: number; readonly cut: PlaneCut } | null {
  const cuts = state.openCase?.plan.cuts ?? [];
  for (let index = cuts.length - 1; index >= 0; index -= 1) {
    const cut = cuts[index];
    if (cut?.kind === 'plane') return { index, cut };
  }
  return null;
}

/** Puts a plane at place `index` of the plan: replaced when there is one, added when it is the next. One edit. */
export function placeCut(context: CommandContext, index: number, cut: PlaneCut): void {
  const { openCase } = context.session.get();
  if (openCase === null) return;
  context.keeper.edit((plan) =>
    index >= plan.cuts.length
      ? addCut(plan, cut, 'Place cutting plane')
      : replaceCut(plan, index, cut, 'Move cutting plane'),
  );
  context.session.look({ draggedCut: null });
}

/** Moves the last plane along its normal by 1 mm, to where its normal's largest part points: left, back or head for +1. */
function nudge(way: 1 | -1): Command['perform'] {
  return (context) => {
    const found = lastPlane(context.session.get());
    if (found === null) return;
    const { cut, index } = found;
    const largest = cut.normal.reduce((best, part) => (Math.abs(part) > Math.abs(best) ? part : best), 0);
    placeCut(context, index, { ...cut, point: moved(cut.point, cut.normal, way * Math.sign(largest)) });
  };
}

/** How far a press of the key turns the plane. */
const turnDegrees = 3;

/** Turns the last plane in the view that the keys work in, about the crosshair's place on it: +1 against the clock. */
function turnPlane(way: 1 | -1): Command['perform'] {
  return (context) => {
    const state = context.session.get();
    const found = lastPlane(state);
    if (found === null || state.openCase === null) return;
    const { cut, index } = found;
    const { normal: axis } = turnedFrame(state.openCase.volume.grid, viewOfKeys(state), state.view.turn);
    const { crosshair } = state.view;
    const pivot =
      crosshair === null ? cut.point : moved(crosshair, opposite(cut.normal), signedDistance(cut, crosshair));
    const turn = rotationAbout(axis, (way * turnDegrees * Math.PI) / 180);
    placeCut(context, index, { ...cut, point: pivot, normal: rotate(turn, cut.normal) });
  };
}

/** The cutting planes of the plan. */
export const planCommands: readonly Command[] = [
  {
    id: 'tool.plane',
    group: 'Tools',
    label: 'Move the cutting plane',
    keys: ['p'],
    icon: Move3d,
    enabled: withCase,
    active: ({ view }) => view.tool === 'plane',
    perform: ({ session }) => session.look({ tool: 'plane' }),
  },
  {
    id: 'plane.place',
    group: 'Resection',
    label: 'Place a plane at the crosshair',
    keys: ['Shift+P'],
    icon: ScissorsLineDashed,
    enabled: withCase,
    perform: (context) => {
      const { openCase, view } = context.session.get();
      if (openCase === null) return;
      // Sagittal, the patient's right resected: the commonest major hepatectomy, and easy to turn from there.
      const cut: PlaneCut = {
        kind: 'plane',
        point: view.crosshair ?? gridCentre(openCase.volume.grid),
        normal: direction(1, 0, 0),
        resect: 'negative',
      };
      placeCut(context, openCase.plan.cuts.length, cut);
      context.session.look({ tool: 'plane' });
    },
  },
  {
    id: 'plane.flip',
    group: 'Resection',
    label: 'Flip the resected side',
    keys: ['f'],
    icon: FlipHorizontal2,
    enabled: withCut,
    perform: (context) => {
      const found = lastPlane(context.session.get());
      if (found === null) return;
      const resect = found.cut.resect === 'positive' ? 'negative' : 'positive';
      const cut: PlaneCut = { ...found.cut, resect };
      context.keeper.edit((plan) => replaceCut(plan, found.index, cut, 'Flip the resected side'));
    },
  },
  {
    id: 'plane.left',
    group: 'Resection',
    label: 'Move the plane 1 mm: left, back or head',
    keys: ['Shift+ArrowRight'],
    icon: ChevronRight,
    enabled: withCut,
    perform: nudge(1),
  },
  {
    id: 'plane.right',
    group: 'Resection',
    label: 'Move the plane 1 mm: right, front or feet',
    keys: ['Shift+ArrowLeft'],
    icon: ChevronLeft,
    enabled: withCut,
    perform: nudge(-1),
  },
  {
    id: 'plane.turnBack',
    group: 'Resection',
    label: `Turn the plane ${turnDegrees}° in the view, against the clock`,
    keys: ['Shift+Q'],
    icon: RotateCcw,
    enabled: withCut,
    perform: turnPlane(1),
  },
  {
    id: 'plane.turnOn',
    group: 'Resection',
    label: `Turn the plane ${turnDegrees}° in the view, with the clock`,
    keys: ['Shift+E'],
    icon: RotateCw,
    enabled: withCut,
    perform: turnPlane(-1),
  },
  {
    id: 'plane.remove',
    group: 'Resection',
    label: 'Remove the cutting plane',
    keys: ['Delete'],
    icon: Trash2,
    enabled: withCut,
    perform: (context) => {
      const found = lastPlane(context.session.get());
      if (found === null) return;
      context.session.look({ draggedCut: null });
      context.keeper.edit((plan) => removeCut(plan, found.index, 'Remove cutting plane'));
    },
  },
  {
    id: 'plan.review',
    group: 'Assessment',
    label: 'Mark as reviewed',
    keys: ['r'],
    icon: Check,
    enabled: (state) => {
      if (state.openCase === null) return 'Open a series first.';
      const { totalMl } = state.derived.volumetry ?? { totalMl: 0 };
      return totalMl > 0 ? true : 'There is no mask to review yet.';
    },
    perform: ({ session }) => session.update((state) => ({ ...state, dialog: { kind: 'review' } })),
  },
];
