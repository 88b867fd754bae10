/** Below this share of the box's extent along the normal an edge is taken as parallel to the plane; the error is under 1e-6 of a voxel. */
const parallel = 1e-6;

/**
 * The exact fraction of a box on the positive side of a plane. `distance` is the signed distance of the box's centre from the plane;
 * `a`, `b`, `c` are the half-extents of its edges along the plane's normal (|normal · edge| / 2, same unit, not negative, not all 0).
 * Closed form after Scardovelli and Zaleski, J Comput Phys 2000;164:228.
 */
export function boxFraction(distance: number, a: number, b: number, c: number): number {
  const reach = a + b + c;
  if (distance >= reach) return 1;
  if (distance <= -reach) return 0;
  // Depth of the filled part along the normal as a share of the full extent, mirrored to the emptier half.
  const depth = (distance + reach) / (2 * reach);
  return depth > 0.5
    ? 1 - filled(1 - depth, a / reach, b / reach, c / reach)
    : filled(depth, a / reach, b / reach, c / reach);
}

/** Fraction of the unit box filled to `depth` ≤ ½ along a normal with the shares `x + y + z = 1`. */
function filled(depth: number, x: number, y: number, z: number): number {
  const low = Math.min(x, y, z);
  const high = Math.max(x, y, z);
  const middle = 1 - low - high;
  if (low < parallel) {
    const two = 1 - high;
    if (two < parallel) return depth;
    return depth < two ? (depth * depth) / (2 * two * high) : (2 * depth - two) / (2 * high);
  }
  if (depth < low) return depth ** 3 / (6 * low * middle * high);
  if (depth < middle) return (depth * (depth - low)) / (2 * middle * high) + (low * low) / (6 * middle * high);
  const two = low + middle;
  const corner = low * low * (low - 3 * depth) + middle * middle * (middle - 3 * depth);
  if (depth < Math.min(two, high)) return (depth * depth * (3 * two - depth) + corner) / (6 * low * middle * high);
  if (two <= high) return (2 * depth - two) / (2 * high);
  return (depth * depth * (3 - 2 * depth) + corner + high * high * (high - 3 * depth)) / (6 * low * middle * high);
}
