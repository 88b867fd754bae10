import {
  Bone,
  ChevronDown,
  ChevronUp,
  Contrast,
  Crosshair,
  Droplet,
  Eye,
  Hand,
  HelpCircle,
  Maximize2,
  Minus,
  Plus,
  Sun,
  Wind,
  ZoomIn,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { scrolled, turnedFrame } from '../../src/geometry/index.ts';
import type { SliceViewName } from '../../src/geometry/index.ts';
import { signalWindow } from '../../src/volume/index.ts';
import { comparedPlace, comparedTurn, lookInCompared } from '../linked-scroll.ts';
import type { ComparedSeries, SessionState, ViewName } from '../session.ts';
import { always, toolCommand, withCase } from './command.ts';
import type { Command } from './command.ts';

function windowCommand(
  id: string,
  label: string,
  key: string,
  icon: LucideIcon,
  window: { centre: number; width: number },
): Command {
  return {
    id: `window.${id}`,
    group: 'View',
    label,
    keys: [key],
    icon,
    enabled: withHounsfield,
    active: (state) => {
      const shown = (comparedOfKeys(state) ?? state.view).window;
      return shown.centre === window.centre && shown.width === window.width;
    },
    perform: ({ session }) => {
      const compared = comparedOfKeys(session.get());
      session.look(compared === null ? { window } : { compared: { ...compared, window } });
    },
  };
}

function withHounsfield(state: SessionState): true | string {
  const unit = (comparedOfKeys(state) ?? state.openCase)?.volume.unit;
  if (unit === 'arbitrary') return 'MR signal has no fixed scale: fit the window to the image, or drag it.';
  return withCase(state);
}

/** Windows by name: centre and width in HU; and the one that the values suggest, which is that of MR. */
export const windowCommands: readonly Command[] = [
  windowCommand('liver', 'Liver window', '1', Droplet, { centre: 100, width: 200 }),
  windowCommand('softTissue', 'Soft-tissue window', '2', Eye, { centre: 40, width: 400 }),
  windowCommand('lung', 'Lung window', '3', Wind, { centre: -600, width: 1500 }),
  windowCommand('bone', 'Bone window', '4', Bone, { centre: 500, width: 2000 }),
  {
    id: 'window.fit',
    group: 'View',
    label: 'Fit window to the image',
    keys: ['0'],
    icon: Contrast,
    enabled: withCase,
    perform: ({ session }) => {
      const compared = comparedOfKeys(session.get());
      const volume = (compared ?? session.get().openCase)?.volume;
      if (volume === undefined) return;
      const window = signalWindow(volume.values);
      session.look(compared === null ? { window } : { compared: { ...compared, window } });
    },
  },
];

/** What the left mouse button does when looking. */
export const lookTools: readonly Command[] = [
  toolCommand('crosshair', 'Crosshair', 'c', Crosshair),
  toolCommand('window', 'Window by drag', 'w', Sun),
  toolCommand('pan', 'Pan', 'h', Hand),
  toolCommand('zoom', 'Zoom', 'z', ZoomIn),
];

const viewOrder: readonly ViewName[] = ['axial', 'coronal', 'sagittal', 'volume'];

function nextMaximised(state: SessionState): ViewName | null {
  const { maximised } = state.view;
  if (maximised === null) return 'axial';
  return viewOrder[viewOrder.indexOf(maximised) + 1] ?? null;
}

function changeOpacity(step: number): Command['perform'] {
  return ({ session }) => {
    const wanted = session.get().view.overlayOpacity + step;
    session.look({ overlayOpacity: Math.round(Math.min(1, Math.max(0, wanted)) * 10) / 10 });
  };
}

/** The 2D view that keys work in: the maximised one, else the one that had the focus last. */
export function viewOfKeys({ view }: SessionState): SliceViewName {
  if (view.maximised !== null && view.maximised !== 'volume') return view.maximised;
  return view.focusedView === 'compared' ? view.pairPlane : view.focusedView;
}

/** The series beside the open one while keys go to it, else null. */
function comparedOfKeys({ view }: SessionState): ComparedSeries | null {
  return view.layout === 'pair' && view.maximised === null && view.focusedView === 'compared' ? view.compared : null;
}

/** Moves the crosshair to the next plane of the view the keys work in: +1 to the head, back or left. */
function stepSlice(way: 1 | -1): Command['perform'] {
  return ({ session }) => {
    const state = session.get();
    const { openCase, view } = state;
    if (openCase === null || view.crosshair === null) return;
    const compared = comparedOfKeys(state);
    if (compared !== null) {
      const { grid } = compared.volume;
      const frame = turnedFrame(grid, view.pairPlane, comparedTurn(view, openCase, compared));
      session.look(lookInCompared(compared, scrolled(grid, frame, comparedPlace(view, compared), way)));
      return;
    }
    const { grid } = openCase.volume;
    const frame = turnedFrame(grid, viewOfKeys(state), view.turn);
    session.look({ crosshair: scrolled(grid, frame, view.crosshair, way) });
  };
}

/** How the views are shown. */
export const displayCommands: readonly Command[] = [
  {
    id: 'view.maximise',
    group: 'View',
    label: 'Maximise the next view',
    keys: ['m'],
    icon: Maximize2,
    enabled: withCase,
    active: ({ view }) => view.maximised !== null,
    perform: ({ session }) => session.look({ maximised: nextMaximised(session.get()) }),
  },
  {
    id: 'view.nextSlice',
    group: 'View',
    label: 'Slice nearer to the head, back or left',
    keys: ['ArrowUp', 'PageUp'],
    icon: ChevronUp,
    enabled: withCase,
    perform: stepSlice(1),
  },
  {
    id: 'view.previousSlice',
    group: 'View',
    label: 'Slice nearer to the feet, front or right',
    keys: ['ArrowDown', 'PageDown'],
    icon: ChevronDown,
    enabled: withCase,
    perform: stepSlice(-1),
  },
  {
    id: 'view.crosshair',
    group: 'View',
    label: 'Show or hide the crosshair',
    keys: ['x'],
    icon: Crosshair,
    enabled: withCase,
    active: ({ view }) => view.showCrosshair,
    perform: ({ session }) => session.look({ showCrosshair: !session.get().view.showCrosshair }),
  },
  {
    id: 'view.fainter',
    group: 'View',
    label: 'Fainter overlay',
    keys: [','],
    icon: Minus,
    enabled: withCase,
    perform: changeOpacity(-0.1),
  },
  {
    id: 'view.stronger',
    group: 'View',
    label: 'Stronger overlay',
    keys: ['.'],
    icon: Plus,
    enabled: withCase,
    perform: changeOpacity(0.1),
  },
  {
    id: 'help.keys',
    group: 'Help',
    label: 'Keys and commands',
    keys: ['?'],
    icon: HelpCircle,
    enabled: always,
    perform: ({ session }) => session.update((state) => ({ ...state, dialog: { kind: 'shortcuts' } })),
  },
];
