/**
 * Exact Euclidean distance in mm from every voxel centre to the nearest voxel centre where `source` is not 0; +∞ everywhere when
 * there is none. `i` runs fastest; `spacing` in mm may differ per axis. Separable lower envelope of parabolas, in linear time
 * (Felzenszwalb and Huttenlocher, Theory of Computing 2012;8:415).
 */
export function distanceTo(
  source: Uint8Array,
  size: readonly [number, number, number],
  spacing: readonly [number, number, number],
): Float32Array {
  const count = size[0] * size[1] * size[2];
  if (source.length !== count) throw new RangeError(`A mask of ${source.length} voxels is not ${size.join(' × ')}`);
  const squared = new Float64Array(count);
  for (let offset = 0; offset < count; offset += 1) squared[offset] = source[offset] === 0 ? Infinity : 0;
  const strides = [1, size[0], size[0] * size[1]] as const;
  for (const axis of [0, 1, 2] as const) {
    if (size[axis] === 1) continue;
    const sweep = createSweep(size[axis], spacing[axis]);
    const [u, v] = axis === 0 ? ([1, 2] as const) : axis === 1 ? ([0, 2] as const) : ([0, 1] as const);
    for (let b = 0; b < size[v]; b += 1) {
      for (let a = 0; a < size[u]; a += 1) sweep(squared, a * strides[u] + b * strides[v], strides[axis]);
    }
  }
  const distance = new Float32Array(count);
  for (let offset = 0; offset < count; offset += 1) distance[offset] = Math.sqrt(squared[offset]!);
  return distance;
}

/** One pass along lines of `length` voxels `step` mm apart: f(p) ← min over q of f(q) + (step·(p − q))². */
function createSweep(length: number, step: number): (field: Float64Array, start: number, stride: number) => void {
  const values = new Float64Array(length);
  const vertex = new Int32Array(length);
  const border = new Float64Array(length + 1);
  const scale = step * step;
  return (field, start, stride) => {
    let top = -1;
    for (let q = 0; q < length; q += 1) {
      const value = field[start + q * stride]!;
      values[q] = value;
      if (value === Infinity) continue;
      let from = -Infinity;
      while (top >= 0) {
        const p = vertex[top]!;
        from = ((value - values[p]!) / scale + q * q - p * p) / (2 * (q - p));
        if (from > border[top]!) break;
        top -= 1;
        from = -Infinity;
      }
      top += 1;
      vertex[top] = q;
      border[top] = from;
    }
    if (top < 0) return;
    border[top + 1] = Infinity;
    let parabola = 0;
    for (let p = 0; p < length; p += 1) {
      while (border[parabola + 1]! < p) parabola += 1;
      const q = vertex[parabola]!;
      field[start + p * stride] = scale * (p - q) * (p - q) + values[q]!;
    }
  };
}
