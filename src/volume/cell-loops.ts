/**
 * How a surface passes through the cell between eight voxel centres, for each of the 256 ways in which they lie inside or outside.
 * Corner c has bit c = di + 2·dj + 4·dk. Edge e = 4·axis + o1 + 2·o2 runs along `axis`; o1, o2 are its offsets along the other two
 * axes in ascending order. The crossed edges of a cell form closed loops; each loop gets one vertex, so that two sheets that pass
 * through one cell stay apart and the mesh stays a manifold (dual marching cubes, Nielson, IEEE Visualization 2004).
 */

/** The two corners of each of the 12 edges. */
export const edgeCorners: readonly (readonly [number, number])[] = Array.from({ length: 12 }, (_, edge) => {
  const axis = edge >> 2;
  const first = edge & 1;
  const second = (edge >> 1) & 1;
  const bits = [1, 2, 4];
  const others = bits.filter((_bit, at) => at !== axis);
  const low = first * others[0]! + second * others[1]!;
  return [low, low + bits[axis]!] as const;
});

/** The four edges of each of the six faces. */
const faces: readonly (readonly number[])[] = [1, 2, 4].flatMap((bit) =>
  [0, bit].map((side) =>
    edgeCorners.flatMap(([a, b], edge) => ((a & bit) === side && (b & bit) === side ? [edge] : [])),
  ),
);

/** Number of loops of each configuration, 0 … 4. */
export const loopCount = new Uint8Array(256);
/** The loop that edge e of configuration c belongs to, at 12·c + e; 255 where the edge is not crossed. */
export const loopOfEdge = new Uint8Array(256 * 12).fill(255);

for (let configuration = 0; configuration < 256; configuration += 1) {
  const inside = (corner: number): boolean => ((configuration >> corner) & 1) === 1;
  const crossed = (edge: number): boolean => inside(edgeCorners[edge]![0]) !== inside(edgeCorners[edge]![1]);
  const parent = Array.from({ length: 12 }, (_, edge) => edge);
  const root = (edge: number): number => (parent[edge] === edge ? edge : root(parent[edge]!));
  const join = (pair: readonly number[]): void => {
    parent[root(pair[0]!)] = root(pair[1]!);
  };
  for (const face of faces) {
    const edges = face.filter(crossed);
    if (edges.length === 2) join(edges);
    if (edges.length < 4) continue;
    // Two inside corners lie diagonally: keep them apart, in this cell as in the one that shares the face.
    for (let corner = 0; corner < 8; corner += 1) {
      const around = edges.filter((edge) => edgeCorners[edge]!.includes(corner));
      if (inside(corner) && around.length === 2) join(around);
    }
  }
  const numbers = new Map<number, number>();
  for (let edge = 0; edge < 12; edge += 1) {
    if (!crossed(edge)) continue;
    const loop = numbers.get(root(edge)) ?? numbers.size;
    numbers.set(root(edge), loop);
    loopOfEdge[configuration * 12 + edge] = loop;
  }
  loopCount[configuration] = numbers.size;
}
