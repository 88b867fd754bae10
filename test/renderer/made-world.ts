import { makeReport, planThumbnail } from '../../src/report/index.ts';
import { createGrid, direction, rotationAbout, toWorld, voxelIndex, worldPoint } from '../../src/geometry/index.ts';
import type { ComputeApi, HostApi, LoadedSeries } from '../../src/boundary/index.ts';
import { maskPatch, readMaskFile, writeMaskFile } from '../../src/exchange/index.ts';
import { liverLabel, measure, planSurfaces, prepareMeasurement } from '../../src/liver/index.ts';
import { addCut, changePlan, countPlan, createPlan, openPlan, savePlan } from '../../src/plan/index.ts';
import { segment } from '../../src/segmentation/index.ts';
import { middleOfLabel, success } from '../../src/volume/index.ts';
import { createCaseKeeper } from '../../renderer/commands/case-keeper.ts';
import type { CommandContext } from '../../renderer/commands/context.ts';
import { createSession, initialState } from '../../renderer/session.ts';
import type { ComparedSeries } from '../../renderer/session.ts';
import { reportFonts } from '../report/case.ts';

const grid = createGrid({
  size: [19, 17, 13],
  spacing: [2.3, 2.1, 3.7],
  origin: [-31, 17, -211],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});

/** A liver with a hole, an island apart from it, and a tumour. */
function madeLabels(): Uint8Array {
  const values = new Uint8Array(19 * 17 * 13);
  values.forEach((_, voxel) => {
    const [i, j, k] = [voxel % 19, Math.floor(voxel / 19) % 17, Math.floor(voxel / 323)];
    const isLiver = i > 1 && i < 14 && j > 2 && j < 14 && k > 1 && k < 11;
    const isHole = i === 5 && j === 7 && k === 6;
    if (isLiver && !isHole) values[voxel] = i > 8 && i < 11 && j > 8 && j < 11 && k > 4 && k < 8 ? 16 : 1;
    if (i === 17 && j === 5 && k === 5) values[voxel] = 1;
  });
  return values;
}

function loaded(): LoadedSeries {
  const header = {
    seriesInstanceUid: '1.2.3',
    studyInstanceUid: null,
    frameOfReferenceUid: null,
    modality: 'CT',
    description: 'Portal venous',
    studyDescription: null,
    seriesNumber: null,
    patientName: 'Made',
    patientId: '77',
    patientBirthDate: null,
    patientSex: null,
    patientHeightCm: null,
    patientWeightKg: null,
    studyDate: '2026-03-02',
    acquisitionDate: null,
    contrastAgent: null,
    window: null,
  };
  const entry: LoadedSeries['entry'] = {
    ...{ header, slices: 13, size: [19, 17, 13], spacing: [2.3, 2.1, 3.7], volumeId: '1.2.3', part: null, phase: null },
    ...{ coverageMm: 48.1, status: 'volume', resampling: 'none', reasons: [], remarks: [], files: [], copies: [] },
  };
  const values = Int16Array.from({ length: 19 * 17 * 13 }, (_, voxel) => (voxel * 7) % 200);
  return {
    entry,
    volume: { grid, values, unit: 'HU' },
    labels: { grid, values: new Uint8Array(values.length) },
    fingerprint: 'f',
  };
}

/** A case with a cut in a session, the science in this thread, and a page and a host that write down what they are asked. */
export function madeWorld() {
  const session = createSession(initialState);
  const keeper = createCaseKeeper(session);
  /** What the page was asked to do, in order. */
  const asked: string[] = [];
  const stored = new Map<string, Uint8Array>();
  let open = loaded();
  const compute = {
    scan: () => {
      return Promise.resolve(
        success({ entries: [open.entry], thumbnails: [null], skipped: 0, best: null, advice: null }),
      );
    },
    load: () => Promise.resolve(success((open = loaded()))),
    loadBeside: () => Promise.resolve(success(loaded())),
    close: () => Promise.resolve(success(null)),
    segment: (request) => Promise.resolve(segment(open.volume, open.labels, request)),
    maskLabels: ({ name, bytes }) => {
      const mask = readMaskFile(name, bytes);
      return Promise.resolve(mask.ok ? success(mask.value.labelsPresent) : mask);
    },
    importMask: ({ name, bytes, into, locked }) => {
      const mask = readMaskFile(name, bytes);
      if (!mask.ok || into === 'anatomy') throw new Error('Not a mask of these tests');
      return Promise.resolve(maskPatch(open.labels, mask.value, into, locked));
    },
    exportMask: () => Promise.resolve(success(writeMaskFile(open.labels.values, grid))),
    volumetry: ({ cuts, bodySize }) =>
      Promise.resolve(success(measure(prepareMeasurement(open.labels), cuts, bodySize))),
    surfaces: ({ cuts }) => Promise.resolve(success(planSurfaces(open.labels, cuts))),
    savePlan: ({ plan }) => Promise.resolve(success(savePlan(plan, open.labels))),
    planThumbnail: ({ plan }) => Promise.resolve(success(planThumbnail({ ...open, plan }))),
    openPlan: ({ bytes }) => {
      const file = openPlan(bytes);
      if (!file.ok) return Promise.resolve(file);
      const { cuts, plan, masks } = file.value;
      return Promise.resolve(
        success({
          cuts,
          plan,
          values: masks?.values ?? null,
          middle: masks === null ? null : middleOfLabel(masks, liverLabel),
        }),
      );
    },
    planSeries: ({ bytes }) => {
      const file = openPlan(bytes);
      return Promise.resolve(file.ok ? success(file.value.plan?.series ?? null) : file);
    },
    planGuess: ({ bytes }) => {
      const file = openPlan(bytes);
      return Promise.resolve(file.ok ? success(file.value.plan?.guess ?? null) : file);
    },
    countPlan: ({ bytes }) => Promise.resolve(countPlan(bytes)),
    report: async (request) =>
      success(await makeReport({ ...request, volume: open.volume, labels: open.labels }, reportFonts())),
  } satisfies { [Name in keyof ComputeApi<File>]: ComputeApi<File>[Name] };
  const folder = { grant: 'g', name: 'folder' };
  const api: HostApi = {
    about: () => Promise.resolve(success({ host: 'browser', version: '1', nativeDialogs: false })),
    chooseFolder: () => Promise.resolve(success(folder)),
    listFolder: () => Promise.resolve(success({ path: [], folders: [], files: 0 })),
    grantFolder: () => Promise.resolve(success(folder)),
    openSample: () => Promise.resolve(success(folder)),
    openSampleMasks: () => Promise.resolve(success(folder)),
    recentPlans: () => Promise.resolve(success([])),
    forgetPlan: () => Promise.resolve(success(null)),
    keptRules: () => Promise.resolve(success(null)),
    keepRules: () => Promise.resolve(success(null)),
    forgetRules: () => Promise.resolve(success(null)),
    setUnsaved: () => Promise.resolve(success(null)),
    openAddress: () => Promise.resolve(success(null)),
  };
  const cut = {
    kind: 'plane',
    point: worldPoint(-11, 33, -190),
    normal: direction(1, 0, 0),
    resect: 'negative',
  } as const;
  const bytesOfMask = (name: string) => {
    const labels = name.includes('tumours') ? [1, 2, 3] : name.includes('vessels') ? [1, 2] : [1];
    const values = new Uint8Array(19 * 17 * 13);
    labels.forEach((label) => values.fill(label, 800 + 40 * label, 810 + 40 * label));
    return writeMaskFile(values, grid);
  };
  let picked: readonly File[] = [];
  const context: CommandContext = {
    session,
    keeper,
    compute,
    host: {
      api,
      readPlan: (id) => Promise.resolve(success(stored.get(id)!)),
      writePlan: (id, bytes) => {
        stored.set(id, bytes);
        return Promise.resolve(success(null));
      },
      writeThumbnail: (id) => {
        asked.push(`thumbnail ${id}`);
        return Promise.resolve(success(null));
      },
      readFile: (_, name) =>
        Promise.resolve(
          success(
            name.endsWith('.json')
              ? new TextEncoder().encode(JSON.stringify({ version: 1, cuts: [cut] }))
              : bytesOfMask(name),
          ),
        ),
    },
    page: {
      pickFiles: () => Promise.resolve(picked),
      download: (name) => asked.push(`download ${name}`),
      goTo: (place) => asked.push(`go to ${place}`),
      wear: (theme) => asked.push(`wear ${theme}`),
      rememberGuess: () => asked.push('remember the estimate'),
      copyText: (text) => {
        asked.push(`copy ${text}`);
        return Promise.resolve(success(null));
      },
      now: () => '2026-03-04T05:06:07+01:00',
      newId: () => 'id',
    },
    origin: { source: { kind: 'host', grant: 'g' }, folderName: 'folder', planId: 'plan' },
  };

  open.labels.values.set(madeLabels());
  const series = {
    seriesInstanceUid: '1.2.3',
    volumeId: '1.2.3',
    fingerprint: 'f',
    description: 'Portal venous',
    scan: { patientId: '77', patientBirthDate: null, takenOn: '2026-03-02' },
  };
  keeper.start(open, createPlan(series), true);
  keeper.edit((plan) => addCut(plan, cut, 'Place cutting plane'));
  keeper.edit((plan) => changePlan(plan, { structures: [...plan.structures, { label: 16, name: 'Tumour 1' }] }, 'Add'));
  keeper.edit((plan) => changePlan(plan, { phase: 'other' }, 'Set phase'));
  keeper.undo();
  const middle = toWorld(grid, voxelIndex(7, 7, 6));
  const outline = (slice: number) => ({
    axis: 2 as const,
    slice,
    points: [
      [3, 4],
      [16, 4],
      [16, 15],
      [3, 15],
    ].map(([i, j]) => toWorld(grid, voxelIndex(i!, j!, slice))),
  });
  const compared: ComparedSeries = {
    ...{ entry: open.entry, volume: open.volume, window: { centre: 40, width: 400 }, isSameFrame: true },
    ...{ place: middle, offset: null },
  };
  const ruler = { id: 1, kind: 'ruler', points: [middle, toWorld(grid, voxelIndex(9, 9, 6))] } as const;
  session.update((state) => ({
    ...state,
    screen: 'workspace',
    choice: { folderName: 'folder', entries: [open.entry], thumbnails: [null], skipped: 0, best: null },
    derived: {
      ...state.derived,
      volumetry: measure(prepareMeasurement(open.labels), [cut], null),
    },
    view: {
      ...state.view,
      crosshair: toWorld(grid, voxelIndex(8, 8, 5)),
      turn: rotationAbout(direction(0, 0, 1), 0.4),
      slab: null,
      measurements: [ruler, { ...ruler, id: 2 }],
      menu: { view: 'coronal', at: [10, 10], place: middle, label: 16, measurement: 1 },
      outlines: [outline(1), outline(4)],
      hiddenLabels: [3],
      compared,
    },
  }));
  return {
    context,
    session,
    asked,
    stored,
    pick: (name: string, bytes: Uint8Array) => (picked = [new File([new Uint8Array(bytes)], name)]),
    mask: bytesOfMask,
    voxels: () => [...(session.get().openCase?.labels.values ?? [])].join(''),
  };
}

/** What `madeWorld` gives. */
export type World = ReturnType<typeof madeWorld>;
