import { describe, expect, it } from 'vitest';
import { colours, structureColours } from '../../src/liver/index.ts';
import type { Colour } from '../../src/liver/index.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Full loss of one kind of cone, on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1. */
const deficiencies: Readonly<Record<string, Matrix>> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: Matrix, [a, b, c]: Triple): Triple =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;

/** CIE L*a*b* (D65) of an sRGB colour as an eye of this deficiency sees it. */
function seen(colour: Colour, deficiency: Matrix): Triple {
  const linear = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
  const light = times(deficiency, linear).map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple;
  const toXyz: Matrix = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.072175],
    [0.0193339, 0.119192, 0.9503041],
  ];
  const [x, y, z] = times(toXyz, light).map((value, axis) => {
    const share = value / [0.95047, 1, 1.08883][axis]!;
    return share > 216 / 24389 ? Math.cbrt(share) : (share * 24389) / 27 / 116 + 16 / 116;
  }) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIEDE2000. */
function difference([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const mean7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1 + 0.5 * (1 - Math.sqrt(mean7 / (mean7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)];
  const hueOf = (a: number, b: number): number => ((Math.atan2(b, a * stretch) * 180) / Math.PI + 360) % 360;
  const [h1, h2] = [hueOf(a1, b1), hueOf(a2, b2)];
  const isGrey = c1 * c2 === 0;
  const turn = isGrey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const hue = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2));
  const [light, chroma] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const middle = isGrey ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
  const t =
    1 -
    0.17 * Math.cos(radians(middle - 30)) +
    0.24 * Math.cos(radians(2 * middle)) +
    0.32 * Math.cos(radians(3 * middle + 6)) -
    0.2 * Math.cos(radians(4 * middle - 63));
  const forLight = (l2 - l1) / (1 + (0.015 * (light - 50) ** 2) / Math.sqrt(20 + (light - 50) ** 2));
  const forChroma = (c2 - c1) / (1 + 0.045 * chroma);
  const forHue = hue / (1 + 0.015 * chroma * t);
  const rotation =
    -2 *
    Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) *
    Math.sin(radians(60 * Math.exp(-(((middle - 275) / 25) ** 2))));
  return Math.sqrt(forLight ** 2 + forChroma ** 2 + forHue ** 2 + rotation * forChroma * forHue);
}

function closest(set: Readonly<Record<string, Colour>>): readonly { readonly pair: string; readonly apart: number }[] {
  const names = Object.keys(set);
  return Object.entries(deficiencies).flatMap(([eye, matrix]) =>
    names.flatMap((one, index) =>
      names.slice(index + 1).map((other) => ({
        pair: `${one} and ${other} (${eye})`,
        apart: difference(seen(set[one]!, matrix), seen(set[other]!, matrix)),
      })),
    ),
  );
}

describe('the colours of structures and parts', () => {
  it('are told apart by a measure that agrees with its published pairs', () => {
    // Sharma, Wu and Dalal 2005, pairs 1, 4, 7, 17 and 25.
    expect(difference([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
    expect(difference([50, -1.3802, -84.2814], [50, 0, -82.7485])).toBeCloseTo(1, 4);
    expect(difference([50, 0, 0], [50, -1, 2])).toBeCloseTo(2.3669, 4);
    expect(difference([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
    expect(difference([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
  });

  // A difference of 2 is just seen side by side; a pair in two places needs several times that.
  it.each([
    [
      'the structures',
      {
        liver: colours.liver,
        vessel: colours.vessel,
        outside: colours.outside,
        tumour: colours.tumour,
        nonFunctional: colours.nonFunctional,
      },
    ],
    [
      'the parts, with what is drawn in them',
      {
        remnant: colours.remnant,
        resected: colours.resected,
        excluded: colours.excluded,
        vessel: colours.vessel,
        tumour: colours.tumour,
      },
    ],
    ['the colours that are offered', structureColours],
  ])('%s stay apart for every eye', (_, set) => {
    expect(closest(set).filter(({ apart }) => apart < 10)).toEqual([]);
  });
});
