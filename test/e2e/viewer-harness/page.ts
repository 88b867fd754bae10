import { createGrid } from '../../../src/geometry/index.ts';
import { planSurfaces } from '../../../src/liver/index.ts';
import type { Cut } from '../../../src/liver/index.ts';
import { createPlan } from '../../../src/plan/index.ts';
import { segment } from '../../../src/segmentation/index.ts';
import type { SegmentationRequest } from '../../../src/segmentation/index.ts';
import { applyPatch } from '../../../src/volume/index.ts';
import type { Trouble } from '../../../src/volume/index.ts';
import { createSession } from '../../../renderer/session.ts';
import type { GestureRequests, OpenCase, ViewName } from '../../../renderer/session.ts';
import { createViewer, toCanvas, toPatient } from '../../../renderer/viewer/index.ts';
import { getRenderingEngines } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';

/** What the harness page is given to show. */
export interface HarnessCase {
  readonly grid: Parameters<typeof createGrid>[0];
  readonly unit: 'HU' | 'arbitrary';
  readonly cuts: readonly Cut[];
}

const given = (await (await fetch('/case.json')).json()) as HarnessCase;
const grid = createGrid(given.grid);

async function shared(url: string): Promise<SharedArrayBuffer> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
const volume = { grid, unit: given.unit, values: new Int16Array(await shared('/voxels.bin')) };
const labels = { grid, values: new Uint8Array(await shared('/labels.bin')) };

const session = createSession();
const requested: SegmentationRequest[] = [];
const explained: Trouble[] = [];
const placed: { index: number; cut: Cut }[] = [];

function replaceCase(change: (open: OpenCase) => OpenCase): void {
  session.update((state) => (state.openCase === null ? state : { ...state, openCase: change(state.openCase) }));
}
/** As the composition root does, without worker and history. */
const requests: GestureRequests = {
  segment: async (request) => {
    requested.push(request);
    await Promise.resolve();
    const outcome = segment(volume, labels, request);
    if (!outcome.ok) return;
    applyPatch(labels.values, outcome.value);
    replaceCase((open) => ({ ...open, labelsVersion: open.labelsVersion + 1, changedSlices: null }));
  },
  placeCut: (index, cut) => {
    placed.push({ index, cut });
    replaceCase((open) => {
      const cuts = [...open.plan.cuts];
      cuts[index] = cut;
      return { ...open, plan: { ...open.plan, cuts } };
    });
    computeSurfaces();
  },
  explain: (why) => void explained.push(why),
};
function computeSurfaces(): void {
  const { openCase } = session.get();
  if (openCase === null) return;
  const surfaces = planSurfaces(labels, openCase.plan.cuts);
  session.update((state) => ({ ...state, derived: { ...state.derived, surfaces } }));
}

const viewer = createViewer(session, requests);
const main = document.querySelector('main')!;
const elements = Object.fromEntries(
  (['axial', 'coronal', 'sagittal', 'volume'] as const).map((view) => [
    view,
    document.querySelector<HTMLDivElement>(`#${view}`)!,
  ]),
) as Record<ViewName, HTMLDivElement>;
const detach = new Map<ViewName, () => void>();
/** Shows all views or the maximised one, as the app's grid does: hidden views are detached. */
function arrange(): void {
  const { maximised } = session.get().view;
  main.dataset['maximised'] = maximised === null ? 'none' : 'one';
  for (const [view, element] of Object.entries(elements) as [ViewName, HTMLDivElement][]) {
    const shown = maximised === null || maximised === view;
    element.classList.toggle('hidden', !shown);
    if (shown && !detach.has(view)) detach.set(view, viewer.attach(view, element));
    if (!shown) {
      detach.get(view)?.();
      detach.delete(view);
    }
  }
}
arrange();
session.subscribe(arrange);

session.update((state) => ({
  ...state,
  screen: 'workspace',
  openCase: {
    entry: {
      header: { patientName: 'Harness', patientId: 'H-7', description: 'Blocks', studyDate: '20260102' },
    } as OpenCase['entry'],
    volume,
    labels,
    fingerprint: 'harness',
    plan: {
      ...createPlan({ seriesInstanceUid: '1.2.3', fingerprint: 'harness', description: null }),
      cuts: given.cuts,
    },
    labelsVersion: 1,
    changedSlices: null,
    canUndo: null,
    canRedo: null,
    saved: 'saved',
  },
}));

/** What tests may ask of the page. */
const harness = {
  session,
  viewer,
  requested,
  explained,
  placed,
  labels,
  volume,
  computeSurfaces,
  /** Resolves once what was done before is heard, and every view shows what came of it. */
  settled: async (): Promise<void> => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    await viewer.settled();
  },
  toCanvas,
  toPatient,
  /** cornerstone's own answer, CSS pixels → world. */
  cornerstoneWorld: (view: string, at: [number, number]): number[] =>
    getRenderingEngines()![0]!.getViewport<Types.IVolumeViewport>(view).canvasToWorld(at),
};
export type Harness = typeof harness;
(globalThis as unknown as { harness: Harness }).harness = harness;
document.body.dataset['ready'] = 'yes';
