import { readFileSync, writeFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { growthPlot, measureGrowth, ruleBase } from '../../src/assessment/index.ts';
import type { MeasuredGrowth } from '../../src/assessment/index.ts';
import { violations } from '../support/accessibility.ts';
import { startApp, type App } from '../support/app.ts';
import { describeWith } from '../support/needs.ts';
import { attributesOf, command, expectClean, figure, openAssessment } from './gestures.ts';

describeWith(['browser'], 'timing, growth and the surgeon’s guess', () => {
  const timeout = 480_000;
  let app: App;
  /** The figures of the sample plan, as the panel has them. */
  let sample = { remnantMl: 0, functionalMl: 0, flrPercent: 0 };
  beforeAll(async () => {
    app = await startApp();
  }, timeout);
  afterAll(() => app.close());

  const value = async (place: string) => Number(await app.page.locator(place).first().getAttribute('data-value'));
  const palette = async (words: string) => {
    // The palette tells what can be done when it opens, and opens over no other sheet.
    await app.page.getByRole('dialog').waitFor({ state: 'detached' });
    await app.settled();
    await app.page.keyboard.press('Control+k');
    await app.page.getByRole('dialog').getByRole('combobox').fill(words);
    await app.page.locator('.palette-entry[aria-selected="true"]').waitFor();
    await app.page.keyboard.press('Enter');
    await app.page.locator('.palette-input').waitFor({ state: 'detached' });
  };
  /** Every figure on the screen is the function's; two engines may differ in the last bit of a logarithm. */
  const expectFigures = async (growth: MeasuredGrowth) => {
    for (const step of growth.steps) {
      for (const name of ['share', 'degree', 'relative', 'kinetic', 'daily'] as const) {
        const cell = app.page.locator(`[data-step="steps ${step.on}"] [data-growth="${name}"]`);
        expect(Number(await cell.getAttribute('data-value')), name).toBeCloseTo(step[name].value, 9);
        const ends = step[name].interval;
        if (ends === null) expect(await cell.locator('small').count()).toBe(0);
        else {
          expect(Number(await cell.locator('small').getAttribute('data-low')), name).toBeCloseTo(ends[0], 9);
          expect(Number(await cell.locator('small').getAttribute('data-high')), name).toBeCloseTo(ends[1], 9);
        }
      }
    }
  };

  test('the estimate is asked for before the figure, and kept with the plan', { timeout }, async () => {
    const { page, settled } = app;
    await palette('ask for my estimate');
    await command(page, 'file.openSamplePlan').click();
    const card = page.locator('.guess-card');
    await card.waitFor();
    await settled();
    expect(await figure(page, 'flrPercent')).toBeNull();
    expect(await page.locator('.gauge, .figures-table, [data-light]').count()).toBe(0);
    expect(await page.locator('[data-figure="remnantMl"]').count()).toBe(0);
    await openAssessment(page, 'Verdict');
    await expect
      .poll(() => page.locator('.assessment-panel').textContent())
      .toContain('once your estimate is given or skipped');
    await app.picture('guess-asked');
    expect(await violations(app)).toEqual([]);
    // Neither a number nobody can mean nor a name is left out.
    await card.getByLabel(/^Your estimate/).fill('340');
    await card.getByRole('button', { name: 'Show the figure', exact: true }).click();
    await expect.poll(() => card.getByRole('alert').textContent()).toContain('between 0 and 100');
    await card.getByLabel(/^Your estimate/).fill('34,5');
    await card.getByRole('button', { name: 'Show the figure', exact: true }).click();
    await expect.poll(() => card.getByRole('alert').textContent()).toContain('Give your name');
    await card.getByLabel('Your name').fill('Dr Surgeon');
    await card.getByRole('button', { name: 'Show the figure', exact: true }).click();
    await page.locator('output[data-figure="flrPercent"]').first().waitFor();
    sample = {
      remnantMl: (await figure(page, 'remnantMl'))!,
      functionalMl: (await figure(page, 'functionalMl'))!,
      flrPercent: (await figure(page, 'flrPercent'))!,
    };
    await expect.poll(() => page.locator('[data-guess]').textContent()).toContain('Your estimate 34.5 %');
    await palette('how my estimates agreed');
    const dialog = page.getByRole('dialog');
    await dialog.locator('[data-calibration="cases"]').waitFor();
    const difference = (34.5 - sample.flrPercent).toFixed(1).replace('-', '−');
    await expect.poll(() => dialog.locator('[data-calibration="cases"] dd').textContent()).toBe('1');
    await expect.poll(() => dialog.locator('[data-calibration="meanError"] dd').textContent()).toContain(difference);
    await expect.poll(() => dialog.locator('[data-calibration="published"] dd').textContent()).toBe('+22 to +34 %');
    await app.picture('guess-calibration');
    expect(await violations(app)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // The figure has been seen: neither undo nor opening the stored plan anew brings the question back.
    const pressWhileEnabled = async (button: Locator) => {
      while (await button.isEnabled()) {
        await button.click();
        await settled();
      }
    };
    await pressWhileEnabled(command(page, 'edit.undo'));
    expect(await card.count()).toBe(0);
    await pressWhileEnabled(command(page, 'edit.redo'));
    await page.keyboard.press('Control+s');
    await page.locator('[data-saved="saved"]').waitFor();
    await page.reload();
    await page.locator('.start-open').first().click();
    await page.locator('output[data-figure="flrPercent"]').first().waitFor();
    await settled();
    expect(await card.count()).toBe(0);
    expect(await page.locator('[data-guess]').textContent()).toContain('Your estimate 34.5 %');
    await palette('how my estimates agreed');
    await expect.poll(() => dialog.locator('[data-calibration="cases"] dd').textContent()).toBe('1');
    await expect.poll(() => dialog.locator('[data-calibration="meanError"] dd').textContent()).toContain(difference);
    await page.keyboard.press('Escape');
    await palette('show the figure without asking');
    await settled();
  });

  test('two typed measurements give the figures of the function', { timeout }, async () => {
    const { page, settled } = app;
    await openAssessment(page, 'Timing and growth');
    await page.getByLabel('Volume in mL').waitFor();
    expect(await page.getByLabel('FLR in mL').count()).toBe(0);
    await page.getByLabel('Volume in mL').fill('16');
    await page.getByLabel('Volume in mL').fill('0,5');
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('not plausible');
    await page.getByLabel('Volume in mL').fill('1600');
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await expect.poll(() => value('.growth-locked')).toBe(1600);
    const type = async (on: string, flr: string, low: string, high: string) => {
      for (const [label, text] of [
        ['Day of the scan', on],
        ['FLR in mL', flr],
        ['Interval from, mL', low],
        ['to, mL', high],
      ] as const) {
        await page.getByLabel(label, { exact: true }).fill(text);
      }
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await settled();
    };
    await type('2026-03-23', '464', '449', '479');
    await type('2026-02-26', '352', '372', '332');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('lower end first');
    await type('2026-02-26', '352', '332', '372');
    const measurements = [
      { on: '2026-02-26', flrMl: 352, intervalMl: [332, 372] },
      { on: '2026-03-23', flrMl: 464, intervalMl: [449, 479] },
    ] as const;
    const denominator = { kind: 'standard', volumeMl: 1600, intervalMl: null } as const;
    await page.locator('[data-step="steps 2026-03-23"]').waitFor();
    await expectFigures(measureGrowth(measurements, denominator, null, ruleBase)!);
    expect(await page.locator('[data-cutoff]').count()).toBe(0);
    // The augmentation has one field, in the form on the patient; here it is shown, and leads there.
    expect(await page.locator('.growth-given select, .growth-given input[type="date"]').count()).toBe(0);
    await page.getByRole('button', { name: 'State it under Patient and liver' }).click();
    await expect
      .poll(() => app.ask('document.activeElement.closest("label").textContent'))
      .toContain('Growth induced by');
    await page.getByLabel('Growth induced by').selectOption('PVE');
    await page.getByLabel('Done on').fill('2026-03-02');
    await openAssessment(page, 'Timing and growth');
    const stated = page.locator('[data-augmentation="PVE"]');
    await expect.poll(() => stated.textContent()).toBe('PVE (portal vein embolisation) on 2026-03-02');
    await page.locator('[data-cutoff]').first().waitFor();
    await settled();
    const growth = measureGrowth(measurements, denominator, { kind: 'PVE', on: '2026-03-02' }, ruleBase)!;
    await expectFigures(growth);
    for (const { ruleId, verdict } of growth.judgements) {
      await expect.poll(() => page.locator(`[data-cutoff="${ruleId}"]`).getAttribute('data-verdict')).toBe(verdict);
    }
    // Points stand under points, percent under percent.
    const heads = await page.getByRole('table', { name: 'Figures of growth' }).locator('thead th').allTextContents();
    expect(heads.slice(3)).toEqual([
      'Degree of hypertrophy, points',
      'Relative growth, %',
      'Kinetic growth rate, points a week',
      'Growth, mL a day',
    ]);
    const cells = await page.locator('[data-step="steps 2026-03-23"] td').allTextContents();
    expect(cells.slice(2).map((text) => text.match(/^\+?[\d.]+/)![0])).toEqual(['+7.0', '+31.8', '+2.33', '+4.5']);
  });

  test('the plot and its list hold every published range with its source', { timeout }, async () => {
    const { page, settled } = app;
    await settled();
    const measurements = [
      { on: '2026-02-26', flrMl: 352, intervalMl: [332, 372] },
      { on: '2026-03-23', flrMl: 464, intervalMl: [449, 479] },
    ] as const;
    const growth = measureGrowth(
      measurements,
      { kind: 'standard', volumeMl: 1600, intervalMl: null },
      { kind: 'PVE', on: '2026-03-02' },
      ruleBase,
    )!;
    await expect
      .poll(() => attributesOf(page, 'data-band'))
      .toEqual(growthPlot(growth).bands.map(({ ruleId }) => ruleId));
    await page.getByRole('checkbox', { name: 'LVD' }).check();
    await page.getByRole('checkbox', { name: 'ALPPS' }).check();
    const plot = growthPlot(growth, ['PVE', 'LVD', 'ALPPS']);
    await expect.poll(() => attributesOf(page, 'data-band')).toEqual(plot.bands.map(({ ruleId }) => ruleId));
    await expect.poll(() => attributesOf(page, 'data-range')).toEqual(plot.bands.map(({ ruleId }) => ruleId));
    await settled();
    // Even a range narrower than a line is seen.
    for (const range of await page.locator('[data-range] rect:first-child').all())
      expect((await range.boundingBox())!.height).toBeGreaterThanOrEqual(2.9);
    await expect.poll(() => attributesOf(page, 'data-cutoff-line')).toEqual(plot.cutoffs.map(({ ruleId }) => ruleId));
    for (const { ruleId, citation, address } of [...plot.bands, ...plot.cutoffs, ...plot.beside]) {
      await expect
        .poll(() => page.locator(`[data-reference="${ruleId}"]`).textContent(), { message: ruleId })
        .toContain(citation);
      // A source opens wherever it is named, at its own address.
      const links = page.locator(`[data-reference="${ruleId}"] a.citation`);
      await expect.poll(() => links.count(), { message: ruleId }).toBe(address === null ? 0 : 1);
      if (address !== null) expect(await links.getAttribute('href')).toBe(address);
    }
    await expect.poll(() => page.locator('[data-cutoff] a.citation').count()).toBe(growth.judgements.length);
    await page.getByRole('checkbox', { name: 'ALPPS' }).uncheck();
    await page.getByRole('checkbox', { name: 'LVD' }).uncheck();
  });

  test('the date line says in text what it draws', { timeout }, async () => {
    const { page, settled } = app;
    await page.locator('.dates-drawing text').first().waitFor();
    await settled();
    const said = await page
      .locator('[data-mark]')
      .evaluateAll((marks) => marks.map((mark) => [mark.getAttribute('data-mark'), mark.textContent]));
    const text = (id: string) => said.find(([mark]) => mark === id)?.[1] ?? '';
    expect(text('augmentation')).toContain('2026-03-02');
    expect(text('first-ct')).toContain('2026-03-16 to 2026-03-30');
    expect(text('embolisation-wait')).toContain('2026-03-23 to 2026-04-13');
    expect(said.filter(([mark]) => mark === 'scan').length).toBeGreaterThanOrEqual(2);
    await expect.poll(() => page.locator('.dates-sources li').count()).toBeGreaterThan(0);
    expect(await page.locator('.dates-sources li:not(:has(a.citation))').count()).toBe(0);
    // Labels of the axis leave each other room.
    const boxes = await Promise.all(
      (await page.locator('.dates-drawing text').all()).map((label) => label.boundingBox()),
    );
    const ordered = boxes.map((box) => box!).sort((a, b) => a.x - b.x);
    expect(ordered.length).toBeGreaterThan(2);
    for (const [index, box] of ordered.entries()) {
      if (index > 0) expect(box.x).toBeGreaterThan(ordered[index - 1]!.x + ordered[index - 1]!.width);
    }
  });

  test('the drawings are there before the page is seen, so that nothing below them jumps', { timeout }, async () => {
    const { page, settled } = app;
    await command(page, 'page.assessment').click();
    await page.locator('.assessment-strip').waitFor({ state: 'detached' });
    await settled();
    const places = `[...document.querySelectorAll('.dates-drawing svg, .growth-plot svg, .growth-given, .growth-figures')].map((one) => {
      const { width, height, y } = one.getBoundingClientRect();
      return [width, height, y];
    })`;
    // The first frame after the press begins before anything of the new page is painted.
    const first = await app.ask(`new Promise((resolve) => {
      document.querySelector('[data-command="page.assessment"]').click();
      requestAnimationFrame(() => resolve(${places}));
    })`);
    expect(first).toHaveLength(4);
    await settled();
    expect(await app.ask(places)).toEqual(first);
  });

  test('an early scan is said to be too early', { timeout }, async () => {
    const { page, settled } = app;
    await page.getByLabel('Day of the scan').fill('2026-03-09');
    await page.getByLabel('FLR in mL').fill('371');
    await page.getByLabel('Interval from, mL').fill('351');
    await page.getByLabel('to, mL', { exact: true }).fill('391');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('.growth-figures [data-code="scan_too_early"]').waitFor();
    await expect.poll(() => page.locator('.growth-figures [data-code="growth_within_noise"]').count()).toBe(1);
    await page.getByRole('button', { name: 'Remove the measurement of 2026-03-09' }).click();
    await page.locator('.growth-figures [data-code="scan_too_early"]').waitFor({ state: 'detached' });
    await settled();
  });

  test('measurements are taken from this plan and from saved plans of the same patient', { timeout }, async () => {
    const { page, settled } = app;
    await page.keyboard.press('Control+s');
    await page.locator('[data-saved="saved"]').waitFor();
    // A plan of an earlier scan of this patient, one of another patient, and one that does not say whose it is, in the store.
    const planted = await app.ask(`(async () => {
      const { value } = await (await fetch('/rpc', { method: 'POST', body: JSON.stringify({ name: 'recentPlans', request: {} }) })).json();
      const plan = await (await fetch('/data/plan/' + value[0].id)).json();
      const store = async (id, series, cuts) => (await fetch('/data/plan/' + id + '?title=' + encodeURIComponent('Plan ' + id), {
        method: 'PUT', body: JSON.stringify({ ...plan, cuts, guess: undefined, inputs: undefined, series }) })).ok;
      const scan = plan.series.scan;
      const moved = [{ ...plan.cuts[0], point: plan.cuts[0].point.map((x, axis) => x + 6 * plan.cuts[0].normal[axis] * (plan.cuts[0].resect === 'positive' ? -1 : 1)) }];
      return { scan, stored: [
        await store('earlier', { ...plan.series, seriesInstanceUid: '1.2.3.4', scan: { ...scan, takenOn: '2026-02-11' } }, moved),
        await store('stranger', { ...plan.series, scan: { ...scan, patientId: 'SOMEBODY-ELSE', takenOn: '2026-02-12' } }, moved),
        await store('unsaid', { ...plan.series, scan: undefined }, moved),
      ] };
    })()`);
    expect(planted).toMatchObject({ stored: [true, true, true] });
    const { takenOn } = (planted as { readonly scan: { readonly takenOn: string } }).scan;
    await command(page, 'growth.takeThis').click();
    await page.locator(`[data-measurement="${takenOn}"]`).waitFor();
    await expect.poll(() => value(`[data-measurement="${takenOn}"]`)).toBe(sample.remnantMl);
    await command(page, 'growth.find').click();
    await page.locator('[data-offer]').first().waitFor();
    await expect.poll(() => page.locator('[data-offer]').count()).toBe(1);
    const offer = page.locator('[data-offer="2026-02-11"]');
    await offer.getByRole('button', { name: 'Take the remnant of 2026-02-11' }).click();
    await offer.getByText('taken').waitFor();
    const earlier = await value('[data-measurement="2026-02-11"]');
    // The plane was moved by 6 mm so that less remains.
    expect(earlier).toBeLessThan(sample.remnantMl);
    expect(earlier).toBeGreaterThan(sample.remnantMl * 0.7);
    expect(await page.locator('[data-measurement="2026-02-11"] .growth-from').textContent()).toContain(
      'counted from a plan',
    );
    await app.picture('growth-plans');
    // The plan is changed: the record says so, and it can be taken again.
    await app.ask(`(async () => {
      const plan = await (await fetch('/data/plan/earlier')).json();
      const cuts = [{ ...plan.cuts[0], point: plan.cuts[0].point.map((x, axis) => x + 2 * plan.cuts[0].normal[axis]) }];
      await fetch('/data/plan/earlier?title=earlier', { method: 'PUT', body: JSON.stringify({ ...plan, cuts }) });
    })()`);
    await command(page, 'growth.find').click();
    await page.getByText('The plan has been changed since').waitFor();
    await offer.getByRole('button', { name: 'Take the remnant of 2026-02-11 again' }).click();
    await page.getByText('The plan has been changed since').waitFor({ state: 'detached' });
    await settled();
    await expect.poll(() => value('[data-measurement="2026-02-11"]')).not.toBe(earlier);
    // The denominator stays what it was until another one is chosen on purpose.
    await expect.poll(() => value('.growth-locked')).toBe(1600);
    for (const on of ['2026-02-11', takenOn])
      await page.getByRole('button', { name: `Remove the measurement of ${on}` }).click();
    await settled();
  });

  test('a plan file is taken over too, and the plan keeps what was given', { timeout }, async () => {
    const { page, settled } = app;
    const copy = await app.download(() => page.keyboard.press('Control+Shift+s'));
    const kept = JSON.parse(readFileSync(copy, 'utf8')) as {
      readonly inputs: { readonly growth: { readonly measurements: readonly unknown[] } };
    };
    expect(kept.inputs.growth.measurements).toMatchObject([
      { on: '2026-02-26', flrMl: 352 },
      { on: '2026-03-23', flrMl: 464 },
    ]);
    await app.choose(command(page, 'growth.takeFile'), copy);
    await page.locator('[data-measurement]').nth(2).waitFor();
    await command(page, 'edit.undo').click();
    await expect.poll(() => page.locator('[data-measurement]').count()).toBe(2);
    // The plan file of another patient is refused, and nothing is taken from it.
    const other = JSON.parse(readFileSync(copy, 'utf8')) as { readonly series: { readonly scan: object } };
    const foreign = `${copy}.other.json`;
    const scan = { ...other.series.scan, patientId: 'SOMEBODY-ELSE', takenOn: '2026-01-07' };
    writeFileSync(foreign, JSON.stringify({ ...other, series: { ...other.series, scan } }));
    await app.choose(command(page, 'growth.takeFile'), foreign);
    await page.getByText('is not of the patient on screen').waitFor();
    await settled();
    expect(await page.locator('[data-measurement]').count()).toBe(2);
    await page.keyboard.press('Control+s');
    await page.locator('[data-saved="saved"]').waitFor();
  });

  test('is seen and used by everybody, in both themes', { timeout }, async () => {
    const { page, settled } = app;
    for (const theme of ['dark', 'light'] as const) {
      for (const [width, height] of [
        [1366, 768],
        [1920, 1080],
      ] as const) {
        await page.setViewportSize({ width, height });
        await settled();
        const panel = page.locator('.assessment-panel');
        for (const [name, place] of [
          ['dates', '.dates'],
          ['given', '.growth-given'],
          ['figures', '.growth-figures'],
          ['plot', '.growth-plot'],
        ] as const) {
          await page.locator(place).scrollIntoViewIfNeeded();
          await page
            .locator(place)
            .first()
            .hover({ position: { x: 2, y: 2 } });
          await app.picture(`growth-${name}-${theme}-${width}`);
        }
        expect((await panel.boundingBox())!.width).toBeGreaterThan(600);
      }
      expect(await violations(app)).toEqual([]);
      await page.keyboard.press('Control+Shift+l');
      await settled();
    }
    expect(app.complaints).toEqual([]);
  });

  test('all of it with a clean console', () => expectClean(app));
});
