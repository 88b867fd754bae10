import type { SurgeonGuess } from '../assessment/index.ts';
import type { WorldPoint } from '../geometry/index.ts';
import type { MaskAssignment } from '../exchange/index.ts';
import type { BodySize, Cut, Volumetry } from '../liver/index.ts';
import type { CountedPlan, MaskRemark, Plan, SeriesReference } from '../plan/index.ts';
import type { ReportInput } from '../report/index.ts';
import type { SegmentationRequest } from '../segmentation/index.ts';
import type { SeriesEntry, Suggestion } from '../dicom/index.ts';
import type { Labels, Outcome, Volume, VoxelPatch } from '../volume/index.ts';

/** Where the bytes of a folder come from, as the worker sees it. */
export type FolderSource<PickedFile> =
  | { readonly kind: 'host'; readonly grant: string }
  /** Files picked or dropped in the page (the browser's `File`, which `src` can not name), and how many beside them can not be read. */
  | {
      readonly kind: 'picked';
      readonly files: readonly { readonly name: string; readonly file: PickedFile }[];
      readonly skipped: number;
    };

/** How far a long task is, 0 … 1, and what it is doing. */
export interface Progress {
  readonly fraction: number;
  readonly doing: string;
  /** Told once, with the first progress of a series that is being loaded; every later progress says that more of it is there. */
  readonly loading?: LoadingSeries;
}

/** A series while its slices arrive: what the loaded one will hold, in the same shared memory. */
export interface LoadingSeries {
  readonly entry: SeriesEntry;
  readonly volume: Volume;
  /** One byte for each slice of the volume, shared: 1 once its voxels are final, and then they stay. All 0 until the end where slices are interpolated. */
  readonly filled: Uint8Array;
}

/** A small grey picture for the series list: 8-bit, row by row, shown with square pixels of `aspect` width over height. */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A triangle mesh in patient space, mm, LPS: 3 coordinates a vertex, 3 vertices a triangle, outward normals. */
export interface SurfaceMesh {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly triangles: Uint32Array;
}

/** Surfaces of the plan for the 3D view. */
export interface PlanSurfaces {
  /** The cuts that divide them. */
  readonly cuts: readonly Cut[];
  /** The total undivided; the same mesh as the remnant's without cuts. */
  readonly whole: SurfaceMesh;
  /** Outer surface of the total on the side that stays (all of it without cuts), and of what is resected. */
  readonly remnant: SurfaceMesh;
  readonly resected: SurfaceMesh | null;
  readonly others: readonly { readonly label: number; readonly mesh: SurfaceMesh }[];
}

/** A loaded series: buffers are shared, never copied per view. */
export interface LoadedSeries {
  readonly entry: SeriesEntry;
  readonly volume: Volume;
  readonly labels: Labels;
  readonly fingerprint: string;
}

/** A mask read from a file, as a change of the current labels. */
export interface ImportedMask {
  readonly patch: VoxelPatch;
  readonly remarks: readonly MaskRemark[];
}

/** How an imported mask is to be read. */
export interface MaskImport {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What becomes what; `anatomy`: the file holds this program's own codes for the whole case. */
  readonly into: readonly MaskAssignment[] | 'anatomy';
  /** Labels that stay as they are. */
  readonly locked?: readonly number[];
}

/** A plan file read for the loaded series. A file of cuts alone has neither plan nor labels. */
export interface OpenedPlan {
  readonly cuts: readonly Cut[];
  readonly plan: Plan | null;
  /** The labels on the series' own grid. */
  readonly values: Uint8Array | null;
  /** The middle of the voxels labelled liver, where to look first; null without any. */
  readonly middle: WorldPoint | null;
}

/**
 * What the compute worker serves. It holds no logic: each entry calls functions of `src`. Long entries report progress and can be
 * cancelled; a newer request of the same kind supersedes an older one.
 */
export interface ComputeApi<PickedFile> {
  scan(request: { readonly source: FolderSource<PickedFile> }): Promise<
    Outcome<{
      readonly entries: readonly SeriesEntry[];
      readonly thumbnails: readonly (Thumbnail | null)[];
      readonly skipped: number;
      /** The volume to look at first; null when none can be opened. */
      readonly best: Suggestion | null;
      /** What to say where no file could be read as a slice; null where nothing in the folder tells. */
      readonly advice: string | null;
    }>
  >;
  load(request: {
    readonly source: FolderSource<PickedFile>;
    readonly volumeId: string;
    /** An uneven or tilted stack is to be interpolated to a regular grid, because the user asked for it. */
    readonly resampleUneven: boolean;
  }): Promise<Outcome<LoadedSeries>>;
  /** Loads a series to be looked at beside the one that is open and stays so. */
  loadBeside(request: {
    readonly source: FolderSource<PickedFile>;
    readonly volumeId: string;
    readonly resampleUneven: boolean;
  }): Promise<Outcome<Pick<LoadedSeries, 'entry' | 'volume'>>>;
  /** Lets the loaded series go. What was asked for before is still answered. */
  close(request: Readonly<Record<string, never>>): Promise<Outcome<null>>;
  segment(request: SegmentationRequest): Promise<Outcome<VoxelPatch>>;
  /** Which values a mask file holds (0 left out), ascending: asked of the user when they are several. */
  maskLabels(request: { readonly name: string; readonly bytes: Uint8Array }): Promise<Outcome<readonly number[]>>;
  importMask(request: MaskImport): Promise<Outcome<ImportedMask>>;
  exportMask(request: { readonly labels: readonly number[] | 'all' }): Promise<Outcome<Uint8Array>>;
  volumetry(request: {
    readonly cuts: readonly Cut[];
    readonly bodySize: BodySize | null;
    /** The labels change in place; with the same number what was prepared from them holds. */
    readonly labelsVersion: number;
  }): Promise<Outcome<Volumetry>>;
  surfaces(request: { readonly cuts: readonly Cut[]; readonly labelsVersion: number }): Promise<Outcome<PlanSurfaces>>;
  /** The plan file of `plan` and the labels as they are. */
  savePlan(request: { readonly plan: Plan }): Promise<Outcome<Uint8Array>>;
  /** A small PNG of the plan for the start page. */
  planThumbnail(request: { readonly plan: Plan }): Promise<Outcome<Uint8Array>>;
  /** Reads a plan file for the loaded series; refused on any other. The page copies `values` into the labels. */
  openPlan(request: { readonly bytes: Uint8Array }): Promise<Outcome<OpenedPlan>>;
  /** The series a plan file belongs to, without opening it; null for a file of cuts alone. */
  planSeries(request: { readonly bytes: Uint8Array }): Promise<Outcome<SeriesReference | null>>;
  /** The volumes of a plan file, counted from its own masks; it needs no loaded series. Null for a file of cuts alone. */
  countPlan(request: { readonly bytes: Uint8Array }): Promise<Outcome<CountedPlan | null>>;
  /** What the surgeon guessed of the remnant, as a plan file holds it; null without a guess. */
  planGuess(request: { readonly bytes: Uint8Array }): Promise<Outcome<SurgeonGuess | null>>;
  report(request: Omit<ReportInput, 'volume' | 'labels'>): Promise<Outcome<Uint8Array>>;
}
