import type { RowRuns } from './row-runs.ts';

/** Face-connected (6-neighbour) parts of a set of runs; labels that touch belong together. */
export interface Components {
  /** The part each run belongs to, 0 … voxels.length − 1, numbered in memory order of their first voxel. */
  readonly partOfRun: Uint32Array;
  /** Number of voxels of each part. */
  readonly voxels: Float64Array;
}

/** Groups runs into face-connected parts (union-find over neighbouring rows). */
export function connectedComponents(runs: RowRuns): Components {
  const { rowJ, rowK, start, end } = runs;
  const count = start.length;
  const parent = new Uint32Array(count);
  for (let run = 0; run < count; run += 1) parent[run] = run;
  const root = (run: number): number => {
    let at = run;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const join = (a: number, b: number): void => {
    const rootA = root(a);
    const rootB = root(b);
    if (rootA < rootB) parent[rootB] = rootA;
    else parent[rootA] = rootB;
  };
  // Two trailing pointers walk the row before (j − 1) and the row below (k − 1) once each.
  const before = { dj: -1, dk: 0, at: 0 };
  const below = { dj: 0, dk: -1, at: 0 };
  for (let run = 0; run < count; run += 1) {
    const j = rowJ[run]!;
    const k = rowK[run]!;
    if (run > 0 && rowK[run - 1] === k && rowJ[run - 1] === j && end[run - 1] === start[run]) join(run - 1, run);
    for (const neighbour of [before, below]) {
      const row = j + neighbour.dj;
      const slice = k + neighbour.dk;
      let at = neighbour.at;
      while (
        at < run &&
        (rowK[at]! < slice ||
          (rowK[at] === slice && (rowJ[at]! < row || (rowJ[at] === row && end[at]! <= start[run]!))))
      ) {
        at += 1;
      }
      neighbour.at = at;
      for (; at < run && rowK[at] === slice && rowJ[at] === row && start[at]! < end[run]!; at += 1) join(at, run);
    }
  }
  const partOfRun = new Uint32Array(count);
  const voxels: number[] = [];
  for (let run = 0; run < count; run += 1) {
    if (parent[run] === run) {
      partOfRun[run] = voxels.length;
      voxels.push(0);
    } else {
      partOfRun[run] = partOfRun[root(run)]!;
    }
    voxels[partOfRun[run]!]! += end[run]! - start[run]!;
  }
  return { partOfRun, voxels: Float64Array.from(voxels) };
}

/** The number of the part with most voxels (the first of equals), or null when there is none. */
export function largestComponent(components: Components): number | null {
  let best: number | null = null;
  components.voxels.forEach((count, part) => {
    if (best === null || count > components.voxels[best]!) best = part;
  });
  return best;
}
