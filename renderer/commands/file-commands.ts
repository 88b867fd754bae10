import {
  ClipboardCopy,
  Download,
  FileDown,
  FileInput,
  Files,
  FileText,
  FileUp,
  FolderOpen,
  Home,
  Layers2,
  Redo2,
  Save,
  Sparkles,
  Undo2,
} from 'lucide-react';
import { always, withCase } from './command.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { openDropped } from './dropping.ts';
import { askAboutMask, maskFiles } from './masks.ts';
import { tell } from './notices.ts';
import { openGrant, openPlanBytes, refreshRecent } from './opening.ts';
import { copyConclusion, withFigures, withShownFigures, writeReport } from './reporting.ts';
import { openSampleImages, openSamplePlan } from './sample.ts';
import { save, saveCopy } from './saving.ts';

async function openFolder(context: CommandContext): Promise<void> {
  const { session, host } = context;
  if (session.get().about?.nativeDialogs !== true) {
    session.update((state) => ({ ...state, dialog: { kind: 'folders' } }));
    return;
  }
  const chosen = await host.api.chooseFolder({});
  if (!chosen.ok) tell(session, chosen.error, 'error');
  else if (chosen.value !== null) await openGrant(context, chosen.value);
}

async function backToStart(context: CommandContext): Promise<void> {
  const { session, keeper } = context;
  const { openCase } = session.get();
  if (openCase !== null && openCase.saved !== 'saved' && !(await save(context))) return;
  keeper.close();
  context.origin = null;
  context.opening = null;
  session.update((state) => ({ ...state, screen: 'start', choice: null, dialog: null }));
  await refreshRecent(context);
}

function named(verb: string, what: string | null | undefined): string {
  return what === null || what === undefined ? verb : `${verb}: ${what}`;
}

/** What enters and leaves. */
export const fileCommands: readonly Command[] = [
  {
    id: 'file.openFolder',
    group: 'File',
    label: 'Open folder',
    keys: ['Mod+o'],
    icon: FolderOpen,
    enabled: always,
    perform: openFolder,
  },
  {
    id: 'file.openFiles',
    group: 'File',
    label: 'Open files or a ZIP archive',
    keys: ['Mod+Shift+o'],
    icon: Files,
    enabled: always,
    perform: async (context) => {
      const files = await context.page.pickFiles('', true);
      if (files.length === 0) return;
      await openDropped(context, { files: files.map((file) => ({ name: file.name, file })), skipped: 0 });
    },
  },
  {
    id: 'file.openSample',
    group: 'File',
    label: 'Open the sample images alone',
    keys: [],
    icon: Sparkles,
    enabled: always,
    perform: async (context) => {
      await openSampleImages(context);
    },
  },
  {
    id: 'file.openSamplePlan',
    group: 'File',
    label: 'Open the sample case with masks and a plan',
    keys: [],
    icon: Sparkles,
    enabled: always,
    perform: openSamplePlan,
  },
  {
    id: 'file.start',
    group: 'File',
    label: 'Start page',
    keys: [],
    icon: Home,
    enabled: ({ screen }) => (screen === 'start' ? 'This is the start page.' : true),
    perform: backToStart,
  },
  {
    id: 'file.series',
    group: 'File',
    label: 'Series of this folder',
    keys: [],
    icon: Layers2,
    enabled: ({ choice }) => (choice === null ? 'Open a folder first.' : true),
    perform: async (context) => {
      const { session, keeper } = context;
      const { openCase } = session.get();
      if (openCase !== null && openCase.saved !== 'saved' && !(await save(context))) return;
      keeper.close();
      session.update((state) => ({ ...state, screen: 'series' }));
    },
  },
  {
    id: 'file.openPlan',
    group: 'File',
    label: 'Open plan file',
    keys: [],
    icon: FileInput,
    enabled: always,
    perform: async (context) => {
      const [file] = await context.page.pickFiles('.json,application/json');
      if (file !== undefined) await openPlanBytes(context, file.name, new Uint8Array(await file.arrayBuffer()));
    },
  },
  {
    id: 'file.save',
    group: 'File',
    label: 'Save',
    keys: ['Mod+s'],
    icon: Save,
    enabled: withCase,
    perform: async (context) => {
      await save(context);
    },
  },
  {
    id: 'file.saveCopy',
    group: 'File',
    label: 'Save a copy of the plan file',
    keys: ['Mod+Shift+s'],
    icon: Download,
    enabled: withCase,
    perform: saveCopy,
  },
  {
    id: 'mask.import',
    group: 'Segmentation',
    label: 'Import mask',
    keys: ['Mod+i'],
    icon: FileUp,
    enabled: withCase,
    perform: async (context) => {
      const [file] = await context.page.pickFiles(maskFiles);
      if (file !== undefined) await askAboutMask(context, file, null);
    },
  },
  {
    id: 'mask.export',
    group: 'Segmentation',
    label: 'Export mask',
    keys: ['Mod+e'],
    icon: FileDown,
    enabled: withFigures,
    perform: ({ session }) => session.update((state) => ({ ...state, dialog: { kind: 'exportMask' } })),
  },
  {
    id: 'edit.undo',
    group: 'Segmentation',
    label: 'Undo',
    labelNow: ({ openCase }) => named('Undo', openCase?.canUndo),
    keys: ['Mod+z'],
    icon: Undo2,
    enabled: ({ openCase }) => ((openCase?.canUndo ?? null) === null ? 'There is nothing to undo.' : true),
    perform: ({ keeper }) => keeper.undo(),
  },
  {
    id: 'edit.redo',
    group: 'Segmentation',
    label: 'Redo',
    labelNow: ({ openCase }) => named('Redo', openCase?.canRedo),
    keys: ['Mod+Shift+z', 'Mod+y'],
    icon: Redo2,
    enabled: ({ openCase }) => ((openCase?.canRedo ?? null) === null ? 'There is nothing to redo.' : true),
    perform: ({ keeper }) => keeper.redo(),
  },
  {
    id: 'report.write',
    group: 'Assessment',
    label: 'Write report',
    keys: ['Mod+p'],
    icon: FileText,
    enabled: withShownFigures,
    perform: writeReport,
  },
  {
    id: 'report.copy',
    group: 'Assessment',
    label: 'Copy conclusion',
    keys: ['Mod+Shift+c'],
    icon: ClipboardCopy,
    enabled: withShownFigures,
    perform: copyConclusion,
  },
];
