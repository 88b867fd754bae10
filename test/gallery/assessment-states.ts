import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, openAssessment, showPictures } from '../e2e/gestures.ts';
import { projectRoot } from '../support/needs.ts';
import { everywhere, long, longOnce, once, small, usual } from './screens.ts';
import type { Chapter, Stage, State } from './stage.ts';

const tab = (name: string) => async (stage: Stage) => {
  await openAssessment(stage.page, name);
  await stage.settled();
};
const parenchyma = (value: string) => async (stage: Stage) => {
  await tab('Patient and liver')(stage);
  await stage.page.getByRole('combobox', { name: 'Parenchyma' }).selectOption(value);
  await stage.settled();
};
const verdict = (name: string, value: string, on: State['on']): State => ({
  name: `verdict-${name}`,
  on,
  reach: async (stage) => {
    await parenchyma(value)(stage);
    await tab('Verdict')(stage);
  },
});
const options = (name: string, on: State['on']): State => ({
  name: `options-${name}`,
  on,
  reach: tab('Options to discuss'),
});

const departmentRules = (): string => {
  const { thresholds } = JSON.parse(readFileSync(join(projectRoot, 'src/assessment/rules.json'), 'utf8')) as {
    readonly thresholds: readonly object[];
  };
  return JSON.stringify({
    format: 'remnant-rules',
    name: 'Example Department',
    version: '3.1',
    reviewer: 'Prof. Example',
    mode: 'extend',
    thresholds: [{ ...thresholds[1], id: 'own-35', value: 35, name: 'Example Department', source: 'Own series' }],
  });
};

/** The four tabs from grey to green, amber and red, a department's rules, growth, and the written report. */
export const assessmentStates: Chapter = {
  name: 'assessment',
  states: [
    {
      name: 'verdict-grey',
      on: usual,
      reach: async (stage) => {
        const { page, settled } = stage;
        await command(page, 'file.openSamplePlan').click();
        await page.locator('output[data-figure="flrPercent"]').first().waitFor({ timeout: 60_000 });
        await settled();
        await tab('Verdict')(stage);
      },
    },
    options('none', once),
    {
      name: 'patient-empty',
      on: long,
      reach: tab('Patient and liver'),
    },
    {
      name: 'patient-filled',
      on: longOnce,
      reach: async ({ page, settled }) => {
        // The tumour that would be left is taken for cleared: it alone keeps this plan from a verdict.
        await page.locator('.structures-name', { hasText: 'Tumour 3' }).click();
        await command(page, 'structure.clear').click();
        await page.getByRole('combobox', { name: 'Parenchyma' }).selectOption('normal');
        await page.getByLabel('Contrast phase').selectOption('portal-venous');
        await page.locator('.inputs-offer', { hasText: 'cm and' }).click();
        for (const tick of ['Inflow', 'Outflow', 'Bile drainage', '≥ 2 contiguous segments'])
          await page.getByLabel(tick, { exact: true }).check();
        await command(page, 'plan.review').click();
        await page.keyboard.type('Dr. Eva Prüferin');
        await page.keyboard.press('Enter');
        await settled();
      },
    },
    verdict('normal', 'normal', usual),
    options('normal', once),
    verdict('chemotherapy', 'chemotherapy', [...everywhere, ...longOnce.slice(1)]),
    options('chemotherapy', long),
    verdict('cirrhosis', 'cirrhosis', usual),
    options('cirrhosis', longOnce),
    {
      name: 'input-refused',
      on: once,
      reach: async (stage) => {
        await tab('Patient and liver')(stage);
        const { page } = stage;
        await page.getByLabel('Weight in kg').fill('seventy');
        await page.keyboard.press('Enter');
        await page.locator('.inputs-trouble').waitFor();
      },
      leave: async ({ page }) => {
        await page.getByLabel('Weight in kg').fill('');
        await page.keyboard.press('Enter');
        await command(page, 'edit.undo').click();
      },
    },
    {
      name: 'department-rules',
      on: once,
      reach: async (stage) => {
        const file = stage.file('department-rules.json');
        writeFileSync(file, departmentRules());
        await tab('Verdict')(stage);
        await stage.choose(command(stage.page, 'rules.department'), file);
        await command(stage.page, 'rules.builtIn').waitFor();
      },
      leave: ({ page }) => command(page, 'rules.builtIn').click(),
    },
    { name: 'timing-empty', on: usual, reach: tab('Timing and growth') },
    {
      name: 'growth',
      on: long,
      reach: async (stage) => {
        const { page, settled } = stage;
        await page.getByLabel('Volume in mL').fill('1600');
        await page.getByRole('button', { name: 'Lock', exact: true }).click();
        for (const [on, flr, low, high] of [
          ['2026-02-26', '352', '332', '372'],
          ['2026-03-23', '464', '449', '479'],
        ] as const) {
          await page.getByLabel('Day of the scan').fill(on);
          await page.getByLabel('FLR in mL').fill(flr);
          await page.getByLabel('Interval from, mL').fill(low);
          await page.getByLabel('to, mL', { exact: true }).fill(high);
          await page.getByRole('button', { name: 'Add', exact: true }).click();
        }
        await page.getByRole('button', { name: 'State it under Patient and liver' }).click();
        await page.getByLabel('Growth induced by').selectOption('PVE');
        await page.getByLabel('Done on').fill('2026-03-02');
        await tab('Timing and growth')(stage);
        await settled();
      },
    },
    {
      name: 'report-written',
      on: usual,
      reach: async (stage) => {
        await showPictures(stage);
        await stage.download(() => command(stage.page, 'report.write').click());
        await stage.settled();
      },
    },
  ],
};

/** The surgeon's estimate before the figure, and how such estimates agreed with it. */
export const guessStates: Chapter = {
  name: 'guess',
  states: [
    {
      name: 'guess',
      on: everywhere.slice(0, 4),
      reach: async ({ page, say, settled }) => {
        await say('ask for my estimate');
        await command(page, 'file.openSamplePlan').click();
        await page.locator('.guess-card').waitFor({ timeout: 60_000 });
        await settled();
      },
    },
    { name: 'guess-verdict-hidden', on: once, reach: tab('Verdict') },
    {
      name: 'guess-given',
      on: once,
      reach: async (stage) => {
        const card = stage.page.locator('.guess-card');
        await card.getByLabel(/^Your estimate/).fill('34,5');
        await card.getByLabel('Your name').fill('Dr. Surgeon');
        await card.getByRole('button', { name: 'Show the figure', exact: true }).click();
        await showPictures(stage);
      },
    },
    {
      name: 'calibration',
      on: small,
      reach: async ({ page, say }) => {
        await say('how my estimates agreed');
        await page.locator('[data-calibration="cases"]').waitFor();
      },
      leave: async ({ dismiss, say }) => {
        await dismiss();
        await say('show the figure without asking');
      },
    },
  ],
};
