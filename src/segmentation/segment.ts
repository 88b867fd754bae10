import { sameGrid } from '../geometry/index.ts';
import { failure } from '../volume/index.ts';
import type { Labels, Outcome, Volume, VoxelPatch } from '../volume/index.ts';
import { paintBrush } from './brush.ts';
import { clearLabel } from './clear.ts';
import { fillHoles } from './fill-holes.ts';
import { keepLargest } from './keep-largest.ts';
import { fillOutlines } from './outlines.ts';
import type { SegmentationRequest } from './request.ts';

/** What long work may ask while it runs. */
export interface SegmentationOptions {
  /** True as soon as the answer is no longer wanted. */
  readonly cancelled?: () => boolean;
}

/** Answers a request with the patch that carries it out; the labels themselves are not touched. Throws on labels beyond 0 … 255. */
export function segment(
  volume: Volume,
  labels: Labels,
  request: SegmentationRequest,
  options: SegmentationOptions = {},
): Outcome<VoxelPatch> {
  if (!sameGrid(volume.grid, labels.grid)) throw new RangeError('Image and labels lie on different grids');
  const cancelled = options.cancelled ?? (() => false);
  if (cancelled()) return failure('cancelled', 'The step was cancelled; nothing was changed.');
  switch (request.kind) {
    case 'brush':
      return paintBrush(volume, labels, request);
    case 'outlines':
      return fillOutlines(volume, labels, request, cancelled);
    case 'fillHoles':
      return fillHoles(labels, request);
    case 'keepLargest':
      return keepLargest(labels, request);
    case 'clear':
      return clearLabel(labels, request);
  }
}
