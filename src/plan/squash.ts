import { mergePatches } from '../volume/index.ts';
import type { VoxelPatch } from '../volume/index.ts';
import type { Edit } from './edit.ts';

/** Two edits in a row as one: the plan before the first and after the second, and their voxels together. Throws when they do not follow. */
export function squashEdits(first: Edit, second: Edit, label: string): Edit {
  if (first.after !== second.before) throw new Error(`"${second.label}" does not follow "${first.label}"`);
  return { label, before: first.before, after: second.after, patch: squashPatches(first.patch, second.patch) };
}

function squashPatches(first: VoxelPatch | null, second: VoxelPatch | null): VoxelPatch | null {
  if (first === null || second === null) return first ?? second;
  const merged = mergePatches(first, second);
  return merged.starts.length === 0 ? null : merged;
}
