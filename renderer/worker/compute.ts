import { portOf, serve } from '../../src/boundary/index.ts';
import type { ComputeApi, LoadedSeries, MessageTarget, PlanSurfaces } from '../../src/boundary/index.ts';
import { anatomyPatch, maskPatch, readMaskFile, writeMaskFile } from '../../src/exchange/index.ts';
import { liverLabel, measure, planSurfaces, prepareMeasurement } from '../../src/liver/index.ts';
import type { Measurement } from '../../src/liver/index.ts';
import { checkMasks, checkSeries, countPlan, openPlan, savePlan } from '../../src/plan/index.ts';
import { makeReport, planThumbnail } from '../../src/report/index.ts';
import { segment } from '../../src/segmentation/index.ts';
import { failure, middleOfLabel, success } from '../../src/volume/index.ts';
import { loadFonts } from './fonts.ts';
import { load, scan } from './series-reading.ts';

/** The compute worker: serves functions of `src` for the series it loaded last. */

let open: LoadedSeries | null = null;
let measured: {
  readonly labels: LoadedSeries['labels'];
  readonly version: number;
  readonly value: Measurement;
} | null = null;

const nothingOpen = failure('no_series', 'No series is loaded.');

/** What no cut changes is prepared once per state of the labels. */
function measurementOf(series: LoadedSeries, version: number): Measurement {
  if (measured?.labels !== series.labels || measured.version !== version) {
    measured = { labels: series.labels, version, value: prepareMeasurement(series.labels) };
  }
  return measured.value;
}

/** The memory of all meshes, to be handed over: millions of numbers, that the page would otherwise copy between two frames. */
function buffersOf({ whole, remnant, resected, others }: PlanSurfaces): readonly ArrayBuffer[] {
  const meshes = [whole, remnant, ...(resected === null ? [] : [resected]), ...others.map(({ mesh }) => mesh)];
  const arrays = meshes.flatMap(({ positions, normals, triangles }) => [positions, normals, triangles]);
  // The empty mesh is one and the same every time: it stays.
  const filled = arrays.filter(({ length }) => length > 0).map(({ buffer }) => buffer as ArrayBuffer);
  return [...new Set(filled)];
}

serve<ComputeApi<File>>(portOf(self as unknown as MessageTarget), {
  scan: ({ source }, call) => scan(source, call),
  load: async ({ source, volumeId, resampleUneven }, call) => {
    const loaded = await load(source, { volumeId, resampleUneven }, call);
    if (loaded.ok && !call.signal.cancelled) open = loaded.value;
    return loaded;
  },
  loadBeside: async ({ source, volumeId, resampleUneven }, call) => {
    const loaded = await load(source, { volumeId, resampleUneven }, call);
    return loaded.ok ? success({ entry: loaded.value.entry, volume: loaded.value.volume }) : loaded;
  },
  close: () => {
    open = null;
    measured = null;
    return success(null);
  },
  segment: (request, call) =>
    open === null
      ? nothingOpen
      : segment(open.volume, open.labels, request, { cancelled: () => call.signal.cancelled }),
  maskLabels: ({ name, bytes }) => {
    const mask = readMaskFile(name, bytes);
    return mask.ok ? success(mask.value.labelsPresent) : mask;
  },
  importMask: ({ name, bytes, into, locked }) => {
    if (open === null) return nothingOpen;
    const mask = readMaskFile(name, bytes);
    if (!mask.ok) return mask;
    return into === 'anatomy'
      ? anatomyPatch(open.labels, mask.value)
      : maskPatch(open.labels, mask.value, into, locked);
  },
  exportMask: ({ labels }) => {
    if (open === null) return nothingOpen;
    const all = open.labels.values.slice();
    const wanted = labels === 'all' ? all : all.map((value) => (labels.includes(value) ? 1 : 0));
    return success(writeMaskFile(wanted, open.labels.grid));
  },
  volumetry: ({ cuts, bodySize, labelsVersion }) =>
    open === null ? nothingOpen : success(measure(measurementOf(open, labelsVersion), cuts, bodySize)),
  surfaces: ({ cuts }, call) => {
    if (open === null) return nothingOpen;
    const surfaces = planSurfaces(open.labels, cuts);
    call.transfer(...buffersOf(surfaces));
    return success(surfaces);
  },
  savePlan: ({ plan }) => (open === null ? nothingOpen : success(savePlan(plan, open.labels))),
  // Another series may have been loaded since the plan was stored: no plan gets the picture of another.
  planThumbnail: ({ plan }) =>
    open === null || open.fingerprint !== plan.series.fingerprint
      ? nothingOpen
      : success(planThumbnail({ ...open, plan })),
  openPlan: ({ bytes }, call) => {
    if (open === null) return nothingOpen;
    const file = openPlan(bytes);
    if (!file.ok) return file;
    const { entry, fingerprint, volume } = open;
    const own = checkSeries(file.value, { seriesInstanceUid: entry.header.seriesInstanceUid, fingerprint });
    if (!own.ok) return own;
    const masks = checkMasks(own.value, volume.grid);
    if (!masks.ok) return masks;
    const { cuts, plan } = own.value;
    if (masks.value === null) return success({ cuts, plan, values: null, middle: null });
    const { values } = masks.value;
    call.transfer(values.buffer as ArrayBuffer);
    return success({ cuts, plan, values, middle: middleOfLabel(masks.value, liverLabel) });
  },
  planSeries: ({ bytes }) => {
    const file = openPlan(bytes);
    return file.ok ? success(file.value.plan?.series ?? null) : file;
  },
  planGuess: ({ bytes }) => {
    const file = openPlan(bytes);
    return file.ok ? success(file.value.plan?.guess ?? null) : file;
  },
  countPlan: ({ bytes }) => countPlan(bytes),
  report: async (request) => {
    if (open === null) return nothingOpen;
    const { volume, labels } = open;
    return success(await makeReport({ ...request, volume, labels }, await loadFonts()));
  },
});
