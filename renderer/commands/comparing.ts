import { ArrowLeftRight, Columns2, Link2, SquareDashedMousePointer, X } from 'lucide-react';
import { gridCentre } from '../../src/geometry/index.ts';
import type { SliceViewName } from '../../src/geometry/index.ts';
import type { SeriesEntry } from '../../src/dicom/index.ts';
import { defaultWindow, linked, unlinked } from '../linked-scroll.ts';
import type { ComparedSeries, OpenCase, SessionState } from '../session.ts';
import { texts } from '../texts.ts';
import { withCase } from './command.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { runTask } from './tasks.ts';

/** Whether two series share their coordinates: one frame of reference, or one and the same series. */
function sharesFrame(openCase: OpenCase, entry: SeriesEntry): boolean {
  const own = openCase.entry;
  if (own.volumeId === entry.volumeId) return true;
  const frame = own.header.frameOfReferenceUid;
  return frame !== null && frame === entry.header.frameOfReferenceUid;
}

/** Loads a series of the open folder and shows it beside the open one; the open one itself is not loaded again. */
export async function openBeside(context: CommandContext, entry: SeriesEntry): Promise<void> {
  const { session, compute, origin } = context;
  const before = session.get().openCase;
  if (before === null || origin === null) return;
  const isOwn = before.entry.volumeId === entry.volumeId;
  // With another case, or another layout, it is not wanted any more.
  const isWanted = (now: SessionState): boolean => now.openCase?.volume === before.volume && now.view.layout === 'pair';
  const loaded = isOwn
    ? { entry: before.entry, volume: before.volume }
    : await runTask(
        session,
        `Load ${entry.header.description ?? entry.header.modality}`,
        (options) =>
          compute.loadBeside(
            { source: origin.source, volumeId: entry.volumeId, resampleUneven: entry.resampling !== 'none' },
            options,
          ),
        isWanted,
      );
  const { openCase, view } = session.get();
  if (loaded === null || openCase === null || !isWanted(session.get())) return;
  const { volume } = loaded;
  const isSameFrame = sharesFrame(openCase, loaded.entry);
  const compared: ComparedSeries = {
    entry: loaded.entry,
    volume,
    window: defaultWindow(volume),
    isSameFrame,
    place: isOwn && view.crosshair !== null ? view.crosshair : gridCentre(volume.grid),
    offset: null,
  };
  // Offsets mean something only once both show the same anatomy: that moment is the user's to choose.
  session.look({ compared: isSameFrame ? linked(view, compared) : compared });
}

/** Gives the memory of the compared series back as soon as the layout or the case is another. */
export function keepCompared({ session }: CommandContext): () => void {
  let volume = session.get().openCase?.volume ?? null;
  return session.subscribe(() => {
    const { openCase, view } = session.get();
    const now = openCase?.volume ?? null;
    const isAnother = now !== volume;
    volume = now;
    if (view.compared !== null && (isAnother || view.layout !== 'pair')) session.look({ compared: null });
  });
}

function withCompared(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  return state.view.compared === null ? texts.pair.chooseFirst : true;
}

function planeCommand(plane: SliceViewName): Command {
  const name = texts.views[plane];
  return {
    id: `pair.${plane}`,
    group: 'View',
    label: `Side by side: ${name.toLowerCase()}`,
    keys: [],
    icon: SquareDashedMousePointer,
    enabled: withCase,
    active: ({ view }) => view.layout === 'pair' && view.pairPlane === plane,
    perform: ({ session }) => session.look({ layout: 'pair', maximised: null, pairPlane: plane, focusedView: plane }),
  };
}

/** Two series side by side. */
export const compareCommands: readonly Command[] = [
  {
    id: 'layout.pair',
    group: 'View',
    label: 'Two series side by side',
    keys: ['9'],
    icon: Columns2,
    enabled: withCase,
    active: ({ view }) => view.layout === 'pair' && view.maximised === null,
    perform: ({ session }) => {
      const { pairPlane } = session.get().view;
      session.look({ layout: 'pair', maximised: null, focusedView: pairPlane });
    },
  },
  planeCommand('axial'),
  planeCommand('coronal'),
  planeCommand('sagittal'),
  {
    id: 'pair.link',
    group: 'View',
    label: 'Link the scrolling of the two series',
    keys: ['Shift+L'],
    icon: Link2,
    enabled: withCompared,
    active: ({ view }) => view.compared !== null && view.compared.offset !== null,
    perform: ({ session }) => {
      const { view } = session.get();
      const { compared } = view;
      if (compared === null) return;
      session.look({ compared: compared.offset === null ? linked(view, compared) : unlinked(view, compared) });
    },
  },
  {
    id: 'pair.choose',
    group: 'View',
    label: 'Choose another series to compare',
    keys: [],
    icon: ArrowLeftRight,
    enabled: withCompared,
    perform: ({ session }) => session.look({ compared: null }),
  },
  {
    id: 'pair.leave',
    group: 'View',
    label: 'Leave the comparison',
    keys: [],
    icon: X,
    enabled: ({ openCase, view }) => {
      if (openCase === null) return 'Open a series first.';
      return view.layout === 'pair' ? true : 'Two series side by side are not shown.';
    },
    perform: ({ session }) => session.look({ layout: 'four', maximised: null }),
  },
];
