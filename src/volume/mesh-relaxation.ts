/** How near to the walls of its cell a vertex may come, in voxels: two vertices never meet. */
const wall = 0.02;

/**
 * Moves each vertex of a net (voxel coordinates) to the mean of its neighbours for some rounds, held inside the cell it was born
 * in: terraces between slices level out and the shape does not shrink (Gibson, MICCAI 1998).
 */
export function relaxVertices(vertices: Float32Array, quads: Uint32Array, rounds: number): Float32Array {
  if (rounds <= 0 || vertices.length === 0) return vertices;
  const cells = vertices.map((coordinate) => Math.floor(coordinate));
  const now = Float32Array.from(vertices);
  const sums = new Float32Array(vertices.length);
  const counts = new Uint8Array(vertices.length / 3);
  for (const vertex of quads) counts[vertex]! += 2;
  for (let round = 0; round < rounds; round += 1) {
    sums.fill(0);
    for (let quad = 0; quad < quads.length; quad += 4) {
      for (let corner = 0; corner < 4; corner += 1) {
        const here = 3 * quads[quad + corner]!;
        const next = 3 * quads[quad + ((corner + 1) & 3)]!;
        for (let component = 0; component < 3; component += 1) {
          sums[here + component]! += now[next + component]!;
          sums[next + component]! += now[here + component]!;
        }
      }
    }
    for (let vertex = 0, at = 0; vertex < counts.length; vertex += 1) {
      const count = counts[vertex]!;
      for (let component = 0; component < 3; component += 1, at += 1) {
        const cell = cells[at]!;
        now[at] = Math.min(cell + 1 - wall, Math.max(cell + wall, sums[at]! / count));
      }
    }
  }
  return now;
}
