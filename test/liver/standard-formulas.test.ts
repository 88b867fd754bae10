import { describe, expect, it } from 'vitest';
import { duboisArea, mostellerArea, standardFormulas } from '../../src/liver/index.ts';

/** The calculation table of B1: FLR 350 mL in % by denominator, and of body weight. */
const table = [
  { size: { heightCm: 155, weightKg: 50 }, percents: [32.9, 33.7, 35.4, 40.1, 35.7], bodyWeight: 0.7 },
  { size: { heightCm: 165, weightKg: 60 }, percents: [26.8, 29.8, 30.9, 33.6, 29.8], bodyWeight: 0.58 },
  { size: { heightCm: 172, weightKg: 72 }, percents: [22.5, 26.7, 27.3, 28.7, 24.8], bodyWeight: 0.49 },
  { size: { heightCm: 178, weightKg: 90 }, percents: [18.6, 23.5, 23.7, 24.2, 19.9], bodyWeight: 0.39 },
  { size: { heightCm: 180, weightKg: 115 }, percents: [15.6, 20.6, 20.7, 20.5, 15.5], bodyWeight: 0.3 },
] as const;
const columns = ['slv-vauthey-mosteller', 'slv-urata', 'slv-feng', 'slv-korean-mosteller', 'slv-thai-weight'];

function volumeBy(id: string, size: { heightCm: number; weightKg: number }, sex: 'male' | 'female' | null = null) {
  return standardFormulas.find((formula) => formula.id === id)!.volume(size, sex);
}

describe('formulas of the standard liver volume (B1)', () => {
  it.each(table)('$size.heightCm cm, $size.weightKg kg: 350 mL as in the table', ({ size, percents, bodyWeight }) => {
    const shares = columns.map((id) => Number(((350 / volumeBy(id, size)!) * 100).toFixed(1)));
    expect(shares).toEqual(percents);
    expect(Number(((350 / (size.weightKg * 1000)) * 100).toFixed(2))).toBe(bodyWeight);
  });

  // By hand for 170 cm, 81 kg: Mosteller √(170 × 81 / 3600) = 1.9558; DuBois 0.007184 × 170^0.725 × 81^0.425 = 1.9255.
  const size = { heightCm: 170, weightKg: 81 };
  it.each([
    ['slv-vauthey-mosteller', null, 1684.1],
    ['slv-vauthey-dubois', null, 1645.8],
    ['slv-vauthey-weight', null, 1691.1],
    ['slv-urata', null, 1383.6],
    ['slv-feng', null, 1358.7],
    ['slv-korean-dubois', null, 1284.0],
    ['slv-korean-mosteller', null, 1308.3],
    ['slv-hong-kong', null, null],
    ['slv-hong-kong', 'male', 1265.3],
    ['slv-hong-kong', 'female', 1214.3],
    ['slv-thai-weight', null, 1586.8],
    ['slv-thai-area', null, 1410.7],
    ['slv-tu', null, 1457.4],
    ['slv-johnson', null, 1589.0],
    ['slv-hashimoto', null, 1475.3],
    ['slv-heinemann', null, 1752.4],
    ['slv-yoshizumi', null, 1509.8],
  ] as const)('%s (%s): %s mL', (id, sex, expected) => {
    const volume = volumeBy(id, size, sex);
    if (expected === null) expect(volume).toBe(null);
    else expect(Math.abs(volume! - expected)).toBeLessThan(0.051);
  });

  it('computes both body surface areas', () => {
    expect(mostellerArea({ heightCm: 180, weightKg: 80 })).toBe(2);
    expect(duboisArea({ heightCm: 180, weightKg: 80 })).toBeCloseTo(1.9964, 3);
  });
});
