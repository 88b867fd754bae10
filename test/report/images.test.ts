import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { moved, worldPoint } from '../../src/geometry/index.ts';
import { colours } from '../../src/liver/index.ts';
import { drawPlaneImage, drawSurfaceImage, encodePng, planBodies, planeFrames } from '../../src/report/index.ts';
import type { Picture, PlaneName } from '../../src/report/index.ts';
import { from, middle, phantomCase, phantomCut, phantomGrid } from './case.ts';
import { paintedLabels } from '../support/phantom.ts';

/** Rows of a PNG undone by the specification's own formulas, filter by filter. */
function decoded(file: Uint8Array): Picture {
  const view = Buffer.from(file);
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)];
  const length = view.readUInt32BE(33);
  expect(view.toString('latin1', 37, 41)).toBe('IDAT');
  const rows = inflateSync(view.subarray(41, 41 + length));
  const stride = width * 3;
  const rgb = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)]!;
    for (let x = 0; x < stride; x += 1) {
      const a = x >= 3 ? rgb[y * stride + x - 3]! : 0;
      const b = y > 0 ? rgb[(y - 1) * stride + x]! : 0;
      const c = x >= 3 && y > 0 ? rgb[(y - 1) * stride + x - 3]! : 0;
      const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      const guess = [0, a, b, (a + b) >> 1, pa <= pb && pa <= pc ? a : pb <= pc ? b : c][filter]!;
      rgb[y * stride + x] = rows[y * (stride + 1) + 1 + x]! + guess;
    }
  }
  return { width, height, rgb };
}

test('a PNG holds the picture, byte for byte', () => {
  const [width, height] = [37, 23];
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, place) => (place * place * 31 + (place >> 3)) % 251);
  expect(decoded(encodePng({ width, height, rgb })).rgb).toEqual(rgb);
});

/** Where a bright ball stands in a plane: its middle and its extent, in pixels. */
function ballIn(plane: PlaneName, offset: readonly [number, number, number], radius: number) {
  const grid = phantomGrid();
  const labels = paintedLabels(grid, (point) => {
    const [x, y, z] = from(point);
    return Math.hypot(x - offset[0], y - offset[1], z - offset[2]) <= radius ? 1 : 0;
  });
  const values = Int16Array.from(labels.values, (label) => (label === 1 ? 200 : -200));
  const centre = worldPoint(
    ...(([0, 1, 2] as const).map((axis) => middle[axis] + offset[axis]) as [number, number, number]),
  );
  const at = worldPoint(
    ...([0, 1, 2].map((axis) => (planeFrames[plane].fixedAxis === axis ? centre[axis] : middle[axis]!)) as [
      number,
      number,
      number,
    ]),
  );
  const [width, height] = [160, 140];
  const picture = drawPlaneImage({
    volume: { grid, values, unit: 'HU' },
    labels,
    cuts: [],
    plane,
    centre: at,
    width,
    height,
    mmPerPixel: 1.1,
    window: { centre: 0, width: 2 },
    fill: 0,
  });
  let [sumX, sumY, count] = [0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (picture.rgb[(y * width + x) * 3]! < 128) continue;
      sumX += x - (width - 1) / 2;
      sumY += y - (height - 1) / 2;
      count += 1;
    }
  }
  return { x: (sumX / count) * 1.1, y: (sumY / count) * 1.1, area: count * 1.1 * 1.1, letters: picture.letters };
}

describe('planes on an oblique, anisotropic grid', () => {
  const offset = [-31, -23, 37] as const;
  // A ball to the patient's right, in front and above: left on paper, up in axial, left in sagittal, up in the other two.
  test.each([
    ['axial', -31, -23, 'RLAP'],
    ['coronal', -31, -37, 'RLHF'],
    ['sagittal', -23, -37, 'APHF'],
  ] as const)('%s shows it where the letters say', (plane, x, y, letters) => {
    const ball = ballIn(plane, offset, 21);
    expect(ball.x).toBeCloseTo(x, -0.3);
    expect(ball.y).toBeCloseTo(y, -0.3);
    expect(Object.values(ball.letters).join('')).toBe(letters);
    expect(ball.area / (Math.PI * 21 * 21)).toBeGreaterThan(0.93);
    expect(ball.area / (Math.PI * 21 * 21)).toBeLessThan(1.07);
  });
});

function colourAt(picture: Picture, x: number, y: number): readonly number[] {
  return [...picture.rgb.subarray((y * picture.width + x) * 3, (y * picture.width + x) * 3 + 3)];
}

/** Whether a colour leans to `to` rather than to `other`. */
function leans(colour: readonly number[], to: readonly number[], other: readonly number[]): boolean {
  const distance = (a: readonly number[]): number => Math.hypot(...a.map((value, place) => value - colour[place]!));
  return distance(to) < distance(other);
}

test('the parts lie on their sides of the cut, in planes and on the surface', () => {
  const input = phantomCase();
  const [width, height] = [120, 100];
  const view = { centre: middle, width, height, mmPerPixel: 2 };
  const axial = drawPlaneImage({
    ...view,
    volume: input.volume,
    labels: input.labels,
    cuts: [phantomCut],
    plane: 'axial',
    window: { centre: 100, width: 300 },
    fill: 0.7,
  });
  const front = drawSurfaceImage({
    ...view,
    bodies: planBodies(input),
    right: planeFrames.coronal.right,
    down: planeFrames.coronal.down,
    away: planeFrames.axial.down,
    background: [255, 255, 255],
  });
  for (const picture of [axial, front]) {
    const [right, left] = [colourAt(picture, 34, 62), colourAt(picture, 84, 62)];
    expect(leans(right, colours.resected, colours.remnant)).toBe(true);
    expect(leans(left, colours.remnant, colours.resected)).toBe(true);
  }
  expect(colourAt(front, 1, 1)).toEqual([255, 255, 255]);
});

test('a nearer body hides a farther one, and a silhouette has the area of the body', () => {
  const grid = phantomGrid();
  const ball = (centre: readonly [number, number, number], radius: number, label: number) =>
    planBodies({
      labels: paintedLabels(grid, (point) => {
        const [x, y, z] = from(point);
        return Math.hypot(x - centre[0], y - centre[1], z - centre[2]) <= radius ? label : 0;
      }),
      plan: { ...phantomCase().plan, cuts: [] },
    })[0]!;
  const near = { ...ball([0, -40, 0], 19, 1), colour: [200, 0, 0] as const, opacity: 1 };
  const far = { ...ball([0, 30, 0], 40, 1), colour: [0, 0, 200] as const, opacity: 1 };
  const view = {
    centre: moved(middle, planeFrames.coronal.right, 0),
    right: planeFrames.coronal.right,
    down: planeFrames.coronal.down,
    away: planeFrames.axial.down,
    width: 101,
    height: 91,
    mmPerPixel: 1.3,
    background: [255, 255, 255] as const,
  };
  const both = drawSurfaceImage({ ...view, bodies: [far, near] });
  const [red, , blue] = colourAt(both, 50, 45);
  expect(red).toBeGreaterThan(blue!);
  const alone = drawSurfaceImage({ ...view, bodies: [far] });
  let covered = 0;
  for (let pixel = 0; pixel < 101 * 91; pixel += 1) if (alone.rgb[pixel * 3]! < 128) covered += 1;
  expect((covered * 1.3 * 1.3) / (Math.PI * 40 * 40)).toBeGreaterThan(0.92);
  expect((covered * 1.3 * 1.3) / (Math.PI * 40 * 40)).toBeLessThan(1.05);
});
