import { toWorld, voxelIndex } from '../../src/geometry/index.ts';
import type { Grid, WorldPoint } from '../../src/geometry/index.ts';
import {
  firstTumourLabel,
  liverLabel,
  nonFunctionalLabel,
  outsideLabel,
  vesselLabel,
  mostTumours,
  tumourLabel,
} from '../../src/liver/index.ts';
import type { MaskImport } from '../../src/boundary/index.ts';
import { importVoxels, lockedIn, lockedStructures } from '../../src/plan/index.ts';
import type { VoxelPatch } from '../../src/volume/index.ts';
import type { OpenCase } from '../session.ts';
import { texts } from '../texts.ts';
import type { CommandContext } from './context.ts';
import { tell } from './notices.ts';
import { runTask } from './tasks.ts';
import { freeTumourLabel, nameIn } from './tool-commands.ts';

/** Endings of mask files. */
export const maskFiles = '.nii,.gz,.nii.gz';

/** Whether a file looks like a mask by its name. */
export function isMaskFile(name: string): boolean {
  return /\.nii(\.gz)?$/i.test(name);
}

/** What a mask file most likely shows, from its name; null when the name does not say. */
export function labelFromName(name: string, openCase: OpenCase): number | null {
  if (/tumou?r|lesion|metas/i.test(name)) {
    const unused = openCase.plan.structures.find((one) => one.label >= firstTumourLabel);
    return freeTumourLabel(openCase) ?? unused?.label ?? firstTumourLabel;
  }
  // "portal" may name the phase of the series as well as the vein.
  if (/vessel|vein/i.test(name) || (/portal/i.test(name) && !/liver|hepar/i.test(name))) return vesselLabel;
  if (/outside|gall|ivc|cava/i.test(name)) return outsideLabel;
  if (/cyst|necro|ablat/i.test(name)) return nonFunctionalLabel;
  if (/liver|hepar/i.test(name)) return liverLabel;
  return null;
}

/** Reads which labels a mask file holds and asks what they are; `label` null proposes from the file's name. */
export async function askAboutMask(context: CommandContext, file: File, label: number | null): Promise<void> {
  const { session, compute } = context;
  const openCase = session.get().openCase;
  if (openCase === null) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const labels = await runTask(session, `Read ${file.name}`, (options) =>
    compute.maskLabels({ name: file.name, bytes }, options),
  );
  if (labels === null) return;
  session.update((state) => ({
    ...state,
    dialog: { kind: 'importMask', name: file.name, bytes, labels, label: label ?? labelFromName(file.name, openCase) },
  }));
}

/** The answer to the question what a mask shows. */
export type MaskAnswer = MaskImport;

/** Brings a mask into the labels as one edit. */
export async function importMask(context: CommandContext, answer: MaskAnswer): Promise<void> {
  const { session, compute, keeper } = context;
  session.update((state) => ({ ...state, dialog: null }));
  const before = session.get().openCase;
  if (before === null) return;
  const labels = answer.into === 'anatomy' ? [] : answer.into.map((one) => one.label);
  const [first] = labels;
  const title =
    first === undefined
      ? 'Import all structures'
      : labels.length > 1
        ? 'Import tumours'
        : `Import ${nameIn(before, first)}`;
  const locked = lockedStructures(before.plan);
  const refused = locked.find(({ label }) => labels.includes(label));
  if (refused !== undefined) {
    tell(session, { code: 'structure_locked', message: texts.structures.locked(refused.name) }, 'error');
    return;
  }
  const wanted = { ...answer, locked: locked.map(({ label }) => label) };
  const found = await runTask(session, title, (options) => compute.importMask(wanted, options));
  const now = session.get().openCase;
  if (found === null || now === null) return;
  if (now.labels !== before.labels || now.labelsVersion !== before.labelsVersion) {
    tell(
      session,
      { code: 'overtaken', message: 'The labels changed while the mask was read. Import it again.' },
      'error',
    );
    return;
  }
  const imported = first === undefined ? labelsWritten(found.patch) : labels;
  const structures = imported.map((one) => ({ label: one, name: nameIn(now, one) }));
  keeper.edit((plan) => {
    const { remarks } = found;
    const from = { author: answer.name, structures, remarks, isWhole: answer.into === 'anatomy' };
    return importVoxels(plan, found.patch, from, title);
  });
  const middle = middleOf(found.patch, now.labels.grid);
  if (first === liverLabel && middle !== null) session.look({ crosshair: middle });
  const kept = answer.into === 'anatomy' ? lockedIn(before.plan, found.patch) : [];
  for (const { name } of kept)
    tell(session, { code: 'structure_locked', message: texts.structures.locked(name) }, 'info');
  for (const remark of found.remarks) tell(session, remark, 'info');
}

/** The middle of what a patch writes, so that the views look at it; null when it only erases. */
function middleOf(patch: VoxelPatch, grid: Grid): WorldPoint | null {
  const [columns, rows] = grid.size;
  let count = 0;
  const sum: [number, number, number] = [0, 0, 0];
  patch.starts.forEach((start, run) => {
    if (patch.after[run] === 0) return;
    const length = patch.lengths[run]!;
    const middle = start + (length - 1) / 2;
    const row = Math.floor(start / columns);
    sum[0] += length * (middle - row * columns);
    sum[1] += length * (row % rows);
    sum[2] += length * Math.floor(row / rows);
    count += length;
  });
  return count === 0 ? null : toWorld(grid, voxelIndex(sum[0] / count, sum[1] / count, sum[2] / count));
}

function labelsWritten(patch: VoxelPatch): readonly number[] {
  return [...new Set(patch.after)].filter((label) => label !== 0).sort((a, b) => a - b);
}

/** The next `count` tumour labels the plan does not use, fewer when they run out. */
export function freeTumourLabels(openCase: OpenCase, count: number): readonly number[] {
  const used = new Set(openCase.plan.structures.map((structure) => structure.label));
  return Array.from({ length: mostTumours }, (_, place) => tumourLabel(place + 1))
    .filter((label) => !used.has(label))
    .slice(0, count);
}

/** Writes labels as a NIfTI file on the series' grid and offers it as a download. */
export async function exportMask(context: CommandContext, labels: readonly number[] | 'all'): Promise<void> {
  const { session, compute, page } = context;
  session.update((state) => ({ ...state, dialog: null }));
  const bytes = await runTask(session, 'Write mask', (options) => compute.exportMask({ labels }, options));
  if (bytes === null) return;
  const only = labels === 'all' ? undefined : labels[0];
  const name = only === undefined ? 'all-structures' : nameIn(session.get().openCase, only);
  page.download(`${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.nii.gz`, bytes, 'application/gzip');
}
