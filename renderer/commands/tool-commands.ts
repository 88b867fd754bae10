import {
  Brush,
  CircleDot,
  Combine,
  Eraser,
  Layers,
  PaintBucket,
  Pipette,
  Plus,
  SquareDashed,
  Trash2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { firstTumourLabel, kindOf, mostTumours, structureName, tumourLabel } from '../../src/liver/index.ts';
import { changePlan } from '../../src/plan/index.ts';
import type { SegmentationRequest } from '../../src/segmentation/index.ts';
import type { OpenCase, SessionState } from '../session.ts';
import { toolCommand, withCase } from './command.ts';
import type { Command } from './command.ts';
import { segment } from './segment.ts';
import { withUnlocked } from './structures.ts';

/** What the left mouse button does when segmenting. */
export const paintTools: readonly Command[] = [
  toolCommand('brush', 'Brush', 'b', Brush),
  toolCommand('eraser', 'Eraser', 'e', Eraser),
  toolCommand('threshold', 'Threshold paint', 't', Pipette),
  toolCommand('outline', 'Outline', 'o', SquareDashed),
];

/** The smallest and largest brush in mm. */
export const brushRange = { smallest: 1, largest: 60 } as const;

function resize(factor: number): Command['perform'] {
  return ({ session }) => {
    const wanted = session.get().view.brushRadiusMm * factor;
    const step = wanted < 10 ? 2 : 1;
    const rounded = Math.round(wanted * step) / step;
    session.look({ brushRadiusMm: Math.min(brushRange.largest, Math.max(brushRange.smallest, rounded)) });
  };
}

/** The name of a structure in the open plan. */
export function nameIn(openCase: OpenCase | null, label: number): string {
  return openCase?.plan.structures.find((one) => one.label === label)?.name ?? structureName(label);
}

/** A tumour label that the plan does not use yet, or null when all are taken. */
export function freeTumourLabel(openCase: OpenCase): number | null {
  const used = new Set(openCase.plan.structures.map((one) => one.label));
  for (let number = 1; number <= mostTumours; number += 1) {
    if (!used.has(tumourLabel(number))) return tumourLabel(number);
  }
  return null;
}

function onActiveStructure(
  id: string,
  label: string,
  verb: string,
  keys: readonly string[],
  icon: LucideIcon,
  request: (active: number) => SegmentationRequest,
): Command {
  return {
    id,
    group: 'Segmentation',
    label,
    labelNow: (state) => `${verb}: ${nameIn(state.openCase, state.view.activeLabel)}`,
    keys,
    icon,
    enabled: withUnlocked,
    perform: async (context) => {
      const { openCase, view } = context.session.get();
      await segment(context, request(view.activeLabel), `${verb} ${nameIn(openCase, view.activeLabel)}`);
    },
  };
}

function withOutlines(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  return state.view.outlines.length > 0 ? true : 'Draw an outline with the outline tool first.';
}

function withUnlockedOutlines(state: SessionState): true | string {
  const enabled = withOutlines(state);
  return enabled === true ? withUnlocked(state) : enabled;
}

/** Applies the outlines of each direction of slices in turn, one undoable edit each. */
function applyOutlines(interpolate: boolean): Command['perform'] {
  return async (context) => {
    const { view, openCase } = context.session.get();
    const name = nameIn(openCase, view.activeLabel);
    const title = interpolate ? `Interpolate outlines of ${name}` : `Fill outlines of ${name}`;
    for (const axis of new Set(view.outlines.map((outline) => outline.axis))) {
      const outlines = view.outlines.filter((outline) => outline.axis === axis);
      const request: SegmentationRequest = {
        kind: 'outlines',
        axis,
        outlines,
        interpolate,
        label: view.activeLabel,
        over: overwritten(view.activeLabel),
        range: null,
      };
      if (!(await segment(context, request, title))) return;
      const left = context.session.get().view.outlines.filter((outline) => !outlines.includes(outline));
      context.session.look({ outlines: left });
    }
  };
}

/** Liver paint keeps the structures inside the liver; every other structure writes over what is there. */
function overwritten(label: number): readonly number[] | null {
  return kindOf(label) === 'liver' ? [0, label] : null;
}

/** Changes of the labels beside the strokes of the mouse. */
export const segmentationCommands: readonly Command[] = [
  {
    id: 'brush.smaller',
    group: 'Tools',
    label: 'Smaller brush',
    keys: ['['],
    icon: ZoomOut,
    enabled: withCase,
    perform: resize(1 / 1.25),
  },
  {
    id: 'brush.larger',
    group: 'Tools',
    label: 'Larger brush',
    keys: [']'],
    icon: ZoomIn,
    enabled: withCase,
    perform: resize(1.25),
  },
  {
    id: 'brush.ball',
    group: 'Tools',
    label: 'Brush as a ball through slices',
    keys: ['s'],
    icon: CircleDot,
    enabled: withCase,
    active: ({ view }) => view.brushBall,
    perform: ({ session }) => session.look({ brushBall: !session.get().view.brushBall }),
  },
  {
    id: 'outlines.interpolate',
    group: 'Segmentation',
    label: 'Interpolate between the drawn outlines',
    keys: ['Enter'],
    icon: Layers,
    enabled: withUnlockedOutlines,
    perform: applyOutlines(true),
  },
  {
    id: 'outlines.fill',
    group: 'Segmentation',
    label: 'Fill only the drawn outlines',
    keys: ['Shift+Enter'],
    icon: SquareDashed,
    enabled: withUnlockedOutlines,
    perform: applyOutlines(false),
  },
  {
    id: 'outlines.discard',
    group: 'Segmentation',
    label: 'Discard the drawn outlines',
    keys: ['Escape'],
    icon: Trash2,
    enabled: withOutlines,
    perform: ({ session }) => session.look({ outlines: [] }),
  },
  onActiveStructure('structure.fillHoles', 'Fill holes', 'Fill holes', [], PaintBucket, (label) => ({
    kind: 'fillHoles',
    label,
    axis: null,
  })),
  onActiveStructure('structure.keepLargest', 'Keep the largest part', 'Keep largest part', [], Combine, (label) => ({
    kind: 'keepLargest',
    label,
  })),
  onActiveStructure('structure.clear', 'Clear the structure', 'Clear', [], Trash2, (label) => ({
    kind: 'clear',
    label,
  })),
  {
    id: 'structure.newTumour',
    group: 'Segmentation',
    label: 'New tumour',
    keys: ['n'],
    icon: Plus,
    enabled: (state) => {
      if (state.openCase === null) return 'Open a series first.';
      return freeTumourLabel(state.openCase) === null ? `All ${mostTumours} tumour numbers are in use.` : true;
    },
    perform: ({ session, keeper }) => {
      const { openCase } = session.get();
      const label = openCase === null ? null : freeTumourLabel(openCase);
      if (label === null) return;
      const name = structureName(label);
      keeper.edit((plan) => {
        const structures = [...plan.structures, { label, name }].sort((a, b) => a.label - b.label);
        return changePlan(plan, { structures }, `Add ${name}`);
      });
      session.look({ activeLabel: label });
    },
  },
];

/** Whether a label is a tumour's. */
export function isTumour(label: number): boolean {
  return label >= firstTumourLabel;
}
