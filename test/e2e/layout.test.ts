import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layoutScreens } from '../gallery/screens.ts';
import { startApp, type App } from '../support/app.ts';
import { layoutFaults } from '../support/layout-faults.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { command, openAssessment } from './gestures.ts';

const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);

/** A fault sown into the page, and what is to be said of it. */
const sown: readonly (readonly [style: string, said: RegExp])[] = [
  ['.figures-hint { margin-bottom: -30px }', /“No verdict yet” lies on “of the functional liver”/],
  ['.app-patient { display: block; max-width: 60px; overflow: hidden }', /^$/],
  ['.workflow-step > span { overflow: hidden; max-width: 40px }', /“Vessels and segments” is cut off/],
  ['.app-safety { overflow: hidden; white-space: nowrap; max-width: 200px }', /“Planning aid.*” is cut off/],
  ['.inputs-row select { width: 60px }', /“Not stated” is cut off in its field/],
  ['.workflow { width: 150px }', /The label .*Vessels and segments.* is broken into lines/],
  ['.figures-safety { width: 40px }', /“For use by.*” is broken word by word/],
  ['.app-top-actions { margin-right: -80px }', /“Keys and commands” reaches sideways/],
  ['.structures-tools { margin-top: -90px }', /“Paint Tumour 3” lies under/],
  ['body { font-variant-numeric: tabular-nums }', /“Non-functional” have hyphens/],
  ['td { font-variant-numeric: normal !important }', /The figure “.*” has no tabular digits/],
  ['.figures-table { width: 700px } .figures-panel { overflow-x: auto }', /scrolls sideways, for <td>/],
];

describeWith(['browser'], 'the layout on small and large screens', () => {
  const timeout = 960_000;
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  }, timeout);
  afterAll(() => app.close());

  const openPlan = async () => {
    await command(app.page, 'file.openSamplePlan').click();
    await app.page.locator('output[data-figure="flrPercent"]').first().waitFor();
    await app.settled();
  };
  const found: string[] = [];
  const look = async (what: string) => {
    for (const { name, width, height } of layoutScreens) {
      await app.page.setViewportSize({ width, height });
      await app.settled();
      found.push(...(await layoutFaults(app)).map((fault) => `${what} at ${name}: ${fault}`));
      if (what !== 'start' && !(await app.page.locator('.app-safety').isVisible()))
        found.push(`${what} at ${name}: the safety line is out of sight`);
    }
  };

  test('nothing lies on another, is cut off, or can not be reached', { timeout }, async () => {
    const { page, drop } = app;
    await look('start');
    await drop(sample('ct', '001.dcm'));
    await page.locator('.series-card').first().waitFor();
    await look('series');
    await command(page, 'file.start').click();
    await openPlan();
    // With a message in the status bar, which it shares with the safety wording.
    await drop(sample('masks', 'nothing.txt'));
    await page.locator('.app-notice[data-code="no_images"]').waitFor();
    await look('workspace');
    for (const tab of ['Timing and growth', 'Patient and liver']) {
      await openAssessment(page, tab);
      await look(tab);
    }
    // With what makes the tables long.
    await page.getByRole('combobox', { name: 'Parenchyma' }).selectOption('chemotherapy');
    await page.getByLabel('Contrast phase').selectOption('portal-venous');
    for (const tab of ['Verdict', 'Options to discuss']) {
      await openAssessment(page, tab);
      await look(tab);
    }
    expect(found).toEqual([]);
  });

  test('what is sown is found', { timeout }, async () => {
    await app.page.setViewportSize({ width: 1366, height: 768 });
    await app.page.reload();
    await openPlan();
    expect(await layoutFaults(app)).toEqual([]);
    for (const [style, said] of sown) {
      await app.ask(`globalThis.sown ??= document.adoptedStyleSheets.push(new CSSStyleSheet());
        document.adoptedStyleSheets.at(-1).replaceSync(${JSON.stringify(style)})`);
      expect((await layoutFaults(app)).join('\n'), style).toMatch(said);
    }
  });
});
