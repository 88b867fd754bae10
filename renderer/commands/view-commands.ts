import {
  Bone,
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
import type { SessionState, Tool, ViewName } from '../session.ts';
import { always, withCase } from './command.ts';
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
    enabled: withCase,
    active: ({ view }) => view.window.centre === window.centre && view.window.width === window.width,
    perform: ({ session }) => session.look({ window }),
  };
}

/** Windows by name: centre and width in HU. */
export const windowCommands: readonly Command[] = [
  windowCommand('liver', 'Liver window', '1', Droplet, { centre: 100, width: 200 }),
  windowCommand('softTissue', 'Soft-tissue window', '2', Eye, { centre: 40, width: 400 }),
  windowCommand('lung', 'Lung window', '3', Wind, { centre: -600, width: 1500 }),
  windowCommand('bone', 'Bone window', '4', Bone, { centre: 500, width: 2000 }),
];

function lookTool(tool: Tool, label: string, key: string, icon: LucideIcon): Command {
  return {
    id: `tool.${tool}`,
    group: 'Tools',
    label,
    keys: [key],
    icon,
    enabled: withCase,
    active: ({ view }) => view.tool === tool,
    perform: ({ session }) => session.look({ tool }),
  };
}

/** What the left mouse button does when looking. */
export const lookTools: readonly Command[] = [
  lookTool('crosshair', 'Crosshair', 'c', Crosshair),
  lookTool('window', 'Window by drag', 'w', Sun),
  lookTool('pan', 'Pan', 'h', Hand),
  lookTool('zoom', 'Zoom', 'z', ZoomIn),
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
