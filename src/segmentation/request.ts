import type { Direction, WorldPoint } from '../geometry/index.ts';

/** What a stroke writes, and over what it may write. */
export interface PaintTarget {
  /** Label written; 0 erases. */
  readonly label: number;
  /** Labels that may be overwritten; every other voxel stays. Null = any. */
  readonly over: readonly number[] | null;
  /** Only voxels whose image value lies in this closed range are written (threshold paint). Null = any. */
  readonly range: readonly [low: number, high: number] | null;
}

/** A stroke of a round brush along `path`, in patient space. */
export interface BrushRequest extends PaintTarget {
  readonly kind: 'brush';
  readonly path: readonly WorldPoint[];
  readonly radiusMm: number;
  /** Normal of the plane painted in: a disc one voxel thick. Null = a ball. */
  readonly normal: Direction | null;
}

/** Closed outlines drawn on parallel slices along one grid axis; between them the shape is interpolated. */
export interface OutlinesRequest extends PaintTarget {
  readonly kind: 'outlines';
  /** The grid axis (0, 1, 2) the slices are stacked along. */
  readonly axis: 0 | 1 | 2;
  readonly outlines: readonly {
    /** Slice number along `axis`. */
    readonly slice: number;
    /** Vertices of a closed polygon in patient space. */
    readonly points: readonly WorldPoint[];
  }[];
  /** False fills only the drawn slices. */
  readonly interpolate: boolean;
}

/** Fills background holes enclosed by `label`, slice by slice along `axis`, or in three dimensions (null). */
export interface FillHolesRequest {
  readonly kind: 'fillHoles';
  readonly label: number;
  readonly axis: 0 | 1 | 2 | null;
}

/** Keeps the largest face-connected component of `label`; the rest becomes background. */
export interface KeepLargestRequest {
  readonly kind: 'keepLargest';
  readonly label: number;
}

/** Removes every voxel of `label`. */
export interface ClearRequest {
  readonly kind: 'clear';
  readonly label: number;
}

/** A request to change labels; the answer is a patch. */
export type SegmentationRequest = BrushRequest | OutlinesRequest | FillHolesRequest | KeepLargestRequest | ClearRequest;
