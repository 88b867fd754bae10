/**
 * Sets the pixels whose centres lie inside closed polygons by the even-odd rule, in place; a second polygon inside the first is a
 * hole. Vertices are (u, v) in pixels with centres at whole numbers; a polygon closes itself.
 */
export function fillPolygons(
  polygons: readonly (readonly (readonly [u: number, v: number])[])[],
  width: number,
  height: number,
  mask: Uint8Array,
): void {
  const crossings: number[][] = Array.from({ length: height }, () => []);
  for (const polygon of polygons) {
    polygon.forEach(([u1, v1], index) => {
      const [u0, v0] = polygon[(index + polygon.length - 1) % polygon.length]!;
      if (v0 === v1) return;
      const first = Math.max(0, Math.ceil(Math.min(v0, v1)));
      const end = Math.max(v0, v1);
      // Half-open in v: a vertex on a pixel row belongs to one of its two edges only.
      for (let row = first; row < end && row < height; row += 1) {
        crossings[row]!.push(u0 + ((row - v0) * (u1 - u0)) / (v1 - v0));
      }
    });
  }
  crossings.forEach((line, row) => {
    line.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < line.length; pair += 2) {
      const from = Math.max(0, Math.ceil(line[pair]!));
      for (let u = from; u < line[pair + 1]! && u < width; u += 1) mask[row * width + u] = 1;
    }
  });
}
