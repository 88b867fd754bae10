import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWith, projectRoot, realCt } from '../support/needs.ts';

describeWith(['real-ct', 'pdftotext'], 'the report of the real CT, from the command line', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'remnant-'));
  afterAll(() => rmSync(temporary, { recursive: true }));

  it('prints the total that is known, parts that sum to it, and the same percentage as the volumetry', () => {
    const folder = realCt()!;
    const plan = join(temporary, 'plan.json');
    const out = join(temporary, 'report.pdf');
    const cut = { kind: 'plane', point: [-60.9, 93.7, 1620.1], normal: [-0.93, 0.31, 0.2], resect: 'positive' };
    writeFileSync(plan, JSON.stringify({ version: 1, cuts: [cut] }));
    const words = [join(folder, 'dicom'), '--liver', join(folder, 'liver-reference.nii.gz'), '--plan', plan];
    const remnant = (command: string, ...more: string[]): string =>
      execFileSync(process.execPath, [join(projectRoot, 'electron/cli/remnant.mjs'), command, ...words, ...more], {
        encoding: 'utf8',
      });
    remnant('report', '--out', out);
    const text = execFileSync('pdftotext', ['-raw', out, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
    const parts = ['Remnant \\(FLR\\)', 'Resected', 'Excluded', 'Total liver'].map((name) =>
      Number(new RegExp(`${name} (\\d+\\.\\d) `).exec(text)![1]),
    ) as [number, number, number, number];
    expect(parts[3]).toBe(1417.5);
    expect(parts[0] + parts[1] + parts[2]).toBeCloseTo(parts[3], 6);
    const { flrPercent } = JSON.parse(remnant('volumetry', '--json')) as { flrPercent: number };
    expect(text).toContain(`${flrPercent.toFixed(1)} %`);
  });
});
