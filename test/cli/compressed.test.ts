import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerOf, refusalOf } from '../support/command-line.ts';
import { convert, convertToHtj2k } from '../support/compressed-fixture.ts';
import { describeWith, projectRoot } from '../support/needs.ts';

const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);
const folder = mkdtempSync(join(tmpdir(), 'remnant-compressed-'));
const liver = sample('masks', 'liver.nii.gz');
const plan = sample('right-hepatectomy.plan.json');

interface Figures {
  readonly totalMl: number;
  readonly remarks: readonly { readonly code: string }[];
}

describeWith(['gdcmconv', 'dcmdump'], 'volumetry of the sample with every slice compressed', () => {
  const names = readdirSync(sample('ct'));
  const figures = (ct: string) => answerOf<Figures>('volumetry', ct, '--liver', liver, '--plan', plan);
  let plain: Figures;
  beforeAll(() => {
    for (const part of ['j2k', 'mixed', 'near', 'torn']) mkdirSync(join(folder, part));
    plain = figures(sample('ct'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is exactly that of the uncompressed one: JPEG 2000', () => {
    for (const name of names) convert(['gdcmconv', '--j2k'], sample('ct', name), join(folder, 'j2k', name));
    expect(plain.totalMl).toBeGreaterThan(1000);
    expect(figures(join(folder, 'j2k'))).toEqual(plain);
  });

  it('is exactly that of the uncompressed one: a different lossless coding in every slice', async () => {
    const commands = [
      ['dcmcrle'],
      ['dcmcjpeg', '+e1'],
      ['dcmcjpls'],
      ['gdcmconv', '--j2k'],
      ['dcmconv', '+td'],
      ['dcmconv', '+tb'],
    ];
    for (const [index, name] of names.entries()) {
      const [from, to] = [sample('ct', name), join(folder, 'mixed', name)];
      const command = commands[index % (commands.length + 1)];
      if (command === undefined) await convertToHtj2k('201', from, to);
      else convert(command, from, to);
    }
    expect(figures(join(folder, 'mixed'))).toEqual(plain);
  });

  it('says that compression lost something', () => {
    for (const name of names) convert(['dcmcjpls', '+en', '+md', '2'], sample('ct', name), join(folder, 'near', name));
    const near = answerOf<Figures>('volumetry', join(folder, 'near'), '--liver', liver);
    expect(near.totalMl).toBe(plain.totalMl);
    expect(near.remarks.map(({ code }) => code)).toContain('lossy_compression');
    expect(plain.remarks.map(({ code }) => code)).not.toContain('lossy_compression');
  });

  it('is refused by name when one compressed slice is cut short', () => {
    for (const name of names) {
      const bytes = readFileSync(join(folder, 'j2k', name));
      writeFileSync(join(folder, 'torn', name), name === '041.dcm' ? bytes.subarray(0, bytes.length - 5_000) : bytes);
    }
    const refusal = refusalOf('volumetry', join(folder, 'torn'), '--liver', liver);
    expect(refusal.code).toBe('truncated_pixels');
    expect(refusal.message).toMatch(/041\.dcm \(JPEG 2000 Lossless\) can not be decoded/);
  });
});
