import type { VoxelPatch } from './patch.ts';

/** Collects writes in ascending order into a patch; writes that change nothing are dropped, equal neighbours join one run. */
export interface PatchBuilder {
  /** One voxel; throws unless `offset` lies after everything added so far. */
  readonly add: (offset: number, before: number, after: number) => void;
  /** `length` voxels of one value; throws unless they lie after everything added so far. */
  readonly addRun: (start: number, length: number, before: number, after: number) => void;
  readonly build: () => VoxelPatch;
}

/** An empty patch builder. */
export function createPatchBuilder(): PatchBuilder {
  const starts: number[] = [];
  const lengths: number[] = [];
  const before: number[] = [];
  const after: number[] = [];
  let next = 0;
  let joinable = false;
  const addRun = (start: number, length: number, from: number, to: number): void => {
    if (start < next) throw new RangeError(`Patches are built in ascending order: voxel ${start} comes before ${next}`);
    const last = starts.length - 1;
    const adjoins = joinable && start === next;
    next = start + length;
    joinable = from !== to && length > 0;
    if (!joinable) return;
    if (adjoins && before[last] === from && after[last] === to) {
      lengths[last] = lengths[last]! + length;
      return;
    }
    starts.push(start);
    lengths.push(length);
    before.push(from);
    after.push(to);
  };
  return {
    add: (offset, from, to) => addRun(offset, 1, from, to),
    addRun,
    build: () => ({
      starts: Uint32Array.from(starts),
      lengths: Uint32Array.from(lengths),
      before: Uint8Array.from(before),
      after: Uint8Array.from(after),
    }),
  };
}

/** The patch that turns `before` into `after`; only voxels from … to − 1 are compared (default: all). */
export function patchBetween(before: Uint8Array, after: Uint8Array, from = 0, to = before.length): VoxelPatch {
  if (before.length !== after.length) {
    throw new RangeError(`Labels of ${before.length} and ${after.length} voxels have no patch between them`);
  }
  const builder = createPatchBuilder();
  for (let offset = from; offset < to; offset += 1) {
    if (before[offset] !== after[offset]) builder.add(offset, before[offset]!, after[offset]!);
  }
  return builder.build();
}

/**
 * One patch that does what `first` and then `second` do, so that a gesture is one step of undo. Throws when `second` was not made
 * from the labels that `first` leaves.
 */
export function mergePatches(first: VoxelPatch, second: VoxelPatch): VoxelPatch {
  const builder = createPatchBuilder();
  let a = 0;
  let b = 0;
  let position = 0;
  while (a < first.starts.length || b < second.starts.length) {
    const startA = a < first.starts.length ? Math.max(first.starts[a]!, position) : Infinity;
    const startB = b < second.starts.length ? Math.max(second.starts[b]!, position) : Infinity;
    const endA = a < first.starts.length ? first.starts[a]! + first.lengths[a]! : Infinity;
    const endB = b < second.starts.length ? second.starts[b]! + second.lengths[b]! : Infinity;
    const start = Math.min(startA, startB);
    const inA = startA === start;
    const inB = startB === start;
    const end = Math.min(inA ? endA : startA, inB ? endB : startB);
    if (inA && inB && first.after[a] !== second.before[b]) {
      throw new Error(
        `The second patch expects label ${second.before[b]!} at voxel ${start}, the first leaves ${first.after[a]!}`,
      );
    }
    builder.addRun(
      start,
      end - start,
      inA ? first.before[a]! : second.before[b]!,
      inB ? second.after[b]! : first.after[a]!,
    );
    position = end;
    if (end === endA) a += 1;
    if (end === endB) b += 1;
  }
  return builder.build();
}
