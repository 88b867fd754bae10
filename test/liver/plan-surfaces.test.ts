import { describe, expect, it } from 'vitest';
import { createGrid, direction, signedDistance, toWorld, voxelIndex, worldPoint } from '../../src/geometry/index.ts';
import { planSurfaces } from '../../src/liver/index.ts';
import type { SurfaceMesh } from '../../src/volume/index.ts';

const s = Math.SQRT1_2;
const grid = createGrid({
  size: [41, 37, 23],
  spacing: [1.1, 1.3, 2.1],
  origin: [12, -31, 55],
  axes: [
    [s, s, 0],
    [-s, s, 0],
    [0, 0, 1],
  ],
});
const centre = toWorld(grid, voxelIndex(20, 18, 11));
const radius = 17;

function ball(): Uint8Array {
  const values = new Uint8Array(41 * 37 * 23);
  for (let k = 0; k < 23; k += 1) {
    for (let j = 0; j < 37; j += 1) {
      for (let i = 0; i < 41; i += 1) {
        const at = toWorld(grid, voxelIndex(i, j, k));
        const away = Math.hypot(at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]);
        if (away < radius) values[i + 41 * (j + 37 * k)] = away < 5 ? 16 : 1;
      }
    }
  }
  return values;
}

/** Volume inside a closed mesh by the divergence theorem; positive when its triangles look outwards. */
function enclosed({ positions: p, triangles: t }: SurfaceMesh): number {
  let six = 0;
  for (let n = 0; n < t.length; n += 3) {
    const [a, b, c] = [3 * t[n]!, 3 * t[n + 1]!, 3 * t[n + 2]!];
    six +=
      p[a]! * (p[b + 1]! * p[c + 2]! - p[b + 2]! * p[c + 1]!) +
      p[a + 1]! * (p[b + 2]! * p[c]! - p[b]! * p[c + 2]!) +
      p[a + 2]! * (p[b]! * p[c + 1]! - p[b + 1]! * p[c]!);
  }
  return six / 6;
}

describe('the surfaces of a plan', () => {
  const labels = { grid, values: ball() };

  it('split a ball at an oblique plane into caps of the formula, on their own sides', () => {
    const normal = direction(0.48, -0.6, 0.64);
    const offset = 5;
    const plane = {
      point: worldPoint(
        ...([0, 1, 2].map((axis) => centre[axis]! + offset * normal[axis]!) as [number, number, number]),
      ),
      normal,
    };
    const { remnant, resected, others } = planSurfaces(labels, [{ kind: 'plane', ...plane, resect: 'positive' }]);
    const height = radius - offset;
    const cap = (Math.PI * height * height * (3 * radius - height)) / 3;
    const whole = (4 / 3) * Math.PI * radius ** 3;
    // Smoothing for the eye shrinks a body of this size by some per cent; no reported number comes from a mesh. The caps differ
    // threefold, so a swap of sides is far outside.
    expect(Math.abs(enclosed(resected!) / cap - 1)).toBeLessThan(0.2);
    expect(Math.abs(enclosed(remnant) / (whole - cap) - 1)).toBeLessThan(0.1);
    const distances = (mesh: SurfaceMesh) =>
      Array.from({ length: mesh.positions.length / 3 }, (_, vertex) =>
        signedDistance(
          plane,
          worldPoint(...(mesh.positions.slice(3 * vertex, 3 * vertex + 3) as unknown as [number, number, number])),
        ),
      );
    // Rounded edges apart, no vertex lies more than a slice on the wrong side.
    expect(Math.min(...distances(resected!))).toBeGreaterThan(-2.1);
    expect(Math.max(...distances(remnant))).toBeLessThan(2.1);
    expect(others.map(({ label }) => label)).toEqual([16]);
  });

  it('show the whole total without cuts, tumour included, and nothing where nothing is segmented', () => {
    const { remnant, resected } = planSurfaces(labels, []);
    expect(resected).toBeNull();
    expect(Math.abs(enclosed(remnant) / ((4 / 3) * Math.PI * radius ** 3) - 1)).toBeLessThan(0.1);
    const empty = planSurfaces({ grid, values: new Uint8Array(labels.values.length) }, []);
    expect([empty.remnant.triangles.length, empty.resected, empty.others.length]).toEqual([0, null, 0]);
  });
});
