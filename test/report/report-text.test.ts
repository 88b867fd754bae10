import { expect, test } from 'vitest';
import { safetyWording } from '../../src/assessment/index.ts';
import { reportText } from '../../src/report/index.ts';
import { phantomCase } from './case.ts';

test('the report as text is what was read and agreed on', async () => {
  await expect(reportText(phantomCase())).toMatchFileSnapshot('./golden/report.txt');
});

test('without a plan, a review or a body size the text gives no figure in their place', async () => {
  const text = reportText(
    phantomCase({
      cuts: [],
      size: null,
      reviewedBy: null,
      parenchyma: 'unknown',
      header: { patientName: null, patientId: null, patientSex: null, patientBirthDate: null, studyDate: null },
    }),
  );
  await expect(text).toMatchFileSnapshot('./golden/report-without-plan.txt');
  expect(text).toContain('No resection planned');
  expect(text).not.toMatch(/NaN|undefined|null/);
});

test('the printed column sums and the safety wording is whole', () => {
  const text = reportText(phantomCase());
  const figure = (name: string): number => Number(new RegExp(`^(?:= )?${name}: ([\\d.]+)`, 'm').exec(text)![1]);
  expect(figure('Remnant \\(FLR\\)')).toBeGreaterThan(0);
  const column =
    /^Remnant \(FLR\): ([\d.]+) \(.*\nResected: ([\d.]+) .*\nExcluded: ([\d.]+) .*\n= Total liver: ([\d.]+) /m
      .exec(text)!
      .slice(1)
      .map(Number) as [number, number, number, number];
  expect(column[0] + column[1] + column[2]).toBeCloseTo(column[3], 6);
  expect(figure('Total liver') - figure('− Tumour') - figure('− Non-functional')).toBeCloseTo(
    figure('Functional liver'),
    6,
  );
  expect(text).toContain(safetyWording);
});
