import { expect, it } from 'vitest';
import { unbroken } from '../../renderer/unbroken-text.ts';

it('a figure and its unit stay on one line; all other words may part', () => {
  const kept = {
    'The slices are 5 mm apart, more than 3.5 mm.': 'The slices are 5_mm apart, more than 3.5_mm.',
    'echo time 2.3 ms, b 800 s/mm², 120 kV, 70 s after': 'echo time 2.3_ms, b 800_s/mm², 120_kV, 70_s after',
    'of 1417 mL (90 % of 12.4 cm²) at 4 HU, 82 kg, 3 GiB': 'of 1417_mL (90_% of 12.4_cm²) at 4_HU, 82_kg, 3_GiB',
    'bilirubin 17 µmol/L, 1.2 mg/dL': 'bilirubin 17_µmol/L, 1.2_mg/dL',
    '2 slices, 3 masks, 5 girls, 8 weeks, 78 slices of 512 × 512':
      '2 slices, 3 masks, 5 girls, 8 weeks, 78 slices of 512 × 512',
    'mm 5 and 6  mm': 'mm 5 and 6  mm',
  };
  for (const [said, shown] of Object.entries(kept)) expect(unbroken(said)).toBe(shown.replaceAll('_', '\u00a0'));
});
