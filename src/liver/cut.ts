import type { Plane } from '../geometry/index.ts';

/** A cutting plane; the side named by `resect` is taken away. Points and normals are LPS, mm. */
export interface PlaneCut extends Plane {
  readonly kind: 'plane';
  readonly resect: 'positive' | 'negative';
}

/** The intersection of its cuts: a voxel is resected when every one of them resects it. */
export interface AllCut {
  readonly kind: 'all';
  readonly cuts: readonly Cut[];
}

/** One resection; a plan resects the union of its cuts. */
export type Cut = PlaneCut | AllCut;
