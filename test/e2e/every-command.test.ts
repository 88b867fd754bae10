import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../renderer/commands/list.ts';
import { initialState } from '../../renderer/session.ts';
import { startApp, type App } from '../support/app.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { drag, expectClean, placeIn } from './gestures.ts';

const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);
const timeout = 960_000;

/** What is looked at in the page before and after: an expression of its own JavaScript. */
type Seen = string;

const attribute = (place: string, name: string): Seen =>
  `document.querySelector(${JSON.stringify(place)})?.getAttribute(${JSON.stringify(name)}) ?? null`;
const text = (place: string): Seen => `document.querySelector(${JSON.stringify(place)})?.textContent ?? null`;
const drawn = (part: string): Seen => attribute('canvas[data-overlay="axial"]', `data-${part}`);
const pressed = (id: string): Seen => attribute(`[data-command="${id}"]`, 'aria-pressed');
const value = (label: string): Seen => `document.querySelector('[aria-label="${label}"]')?.value ?? null`;
/** What is drawn over the grey picture of the axial view. */
const overlay: Seen = `document.querySelector('canvas[data-overlay="axial"]').toDataURL()`;
/** The sheet over the page; the palette that led to it is none. */
const sheet: Seen = `document.querySelector('.palette-input') === null ? ${text('.dialog-head')} : null`;
const screen: Seen = attribute('[data-screen]', 'data-screen');
const layout: Seen = attribute('.workspace-grid', 'data-layout');
const views: Seen = `[...document.querySelectorAll('.workspace-view:not(.workspace-hidden)')].map((one) => one.dataset.view).join()`;
const flr: Seen = attribute('output[data-figure="flrPercent"]', 'data-value');
const undo: Seen = attribute('[data-command="edit.undo"]', 'aria-label');
const active: Seen = attribute('.structures-tools', 'aria-label');
const volume: Seen = attribute('.structures-active [data-volume]', 'data-volume');
const measurements: Seen = `document.querySelectorAll('.measurements-list li').length`;
const outlines: Seen = text('[aria-label="Outlines"] .workspace-option');
const place: Seen = `document.activeElement.closest('[data-place]')?.dataset.place ?? null`;
const tab: Seen = text('[role="tab"][aria-selected="true"]');
const clipboard: Seen = 'navigator.clipboard.readText()';

describeWith(['browser'], 'every command, by its name in the palette', () => {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-commands-'));
  const done = new Set<string>();
  let app: App;
  beforeAll(async () => {
    app = await startApp();
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  }, timeout);
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const dialog = () => app.page.getByRole('dialog');
  /** Finds a command in the palette by its label, as somebody would who knows its name, and takes it. */
  const take = async (id: string) => {
    const { page } = app;
    await page.keyboard.press('Control+k');
    await page.locator('.palette-input').waitFor();
    await page.keyboard.insertText(commands.find((one) => one.id === id)!.label);
    const entry = page.locator(`[data-palette="${id}"]`);
    for (let down = 0; down < 4 && (await entry.getAttribute('aria-selected')) !== 'true'; down += 1)
      await page.keyboard.press('ArrowDown');
    await expect.poll(() => entry.getAttribute('aria-selected'), { message: `${id} is among the first` }).toBe('true');
    expect(await entry.getAttribute('aria-disabled'), await entry.textContent().then((said) => `${id}: ${said}`)).toBe(
      'false',
    );
    await page.keyboard.press('Enter');
    // A command is performed two frames later; before that the focus is nowhere, and then where it was.
    for (let frame = 0; frame < 3; frame += 1) await app.ask('new Promise(requestAnimationFrame)');
    done.add(id);
  };
  /** Performs a command and waits until what is looked at is another than before. */
  const changes = async (id: string, seen: Seen, act = () => take(id)) => {
    await app.settled();
    const before = await app.ask(seen);
    await act();
    await expect.poll(() => app.ask(seen), { message: id }).not.toEqual(before);
    await app.settled();
  };
  const all = async (rows: Readonly<Record<string, Seen>>) => {
    for (const [id, seen] of Object.entries(rows)) await changes(id, seen);
  };
  const opensSheet = async (...ids: readonly string[]) => {
    for (const id of ids) {
      await changes(id, sheet);
      await app.page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
    }
  };
  const picks = (id: string, file: string) => async () => {
    const [chooser] = await Promise.all([app.page.waitForEvent('filechooser'), take(id)]);
    await chooser.setFiles(file);
  };
  const writes = async (id: string) => {
    const file = await app.download(() => take(id));
    expect(statSync(file).size, id).toBeGreaterThan(1000);
    await app.settled();
    return file;
  };
  /** Turns up a command in the menu of the place in the axial view, and takes it. */
  const takeThere = (id: string, at: readonly [number, number]) => async () => {
    const { page } = app;
    await page.mouse.click(...(await placeIn(page, 'axial', at)), { button: 'right' });
    await page.locator(`[data-menu-command="${id}"]`).press('Enter');
    done.add(id);
  };
  const focusAxial = () => app.page.locator('[data-view="axial"]').focus();

  test('before a series is open: what can not be done says why, in the palette too', { timeout }, async () => {
    const { page } = app;
    await page.keyboard.press('Control+k');
    await page.locator('.palette-input').waitFor();
    const shown = await app.ask(`Object.fromEntries([...document.querySelectorAll('[data-palette]')].map((one) =>
      [one.dataset.palette, one.querySelector('.palette-reason')?.textContent ?? one.ariaDisabled !== 'true']))`);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    const wanted = Object.fromEntries(commands.map((one) => [one.id, one.enabled(initialState)]));
    expect(shown).toEqual(wanted);
    expect(Object.values(wanted).filter((one) => one !== true).length).toBeGreaterThan(80);
  });

  test('on the start page', { timeout }, async () => {
    await changes('view.theme', attribute('html', 'data-theme'));
    await changes('view.theme', attribute('html', 'data-theme'));
    await opensSheet('file.openFolder', 'help.keys', 'help.messages', 'guess.calibration');
    await changes('help.palette', `document.querySelector('.palette-input')?.value === '' ? 'open' : 'not yet'`);
    await app.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    const rules = { format: 'remnant-rules', name: 'Ward 9', version: '4', reviewer: null, mode: 'extend' };
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ ...rules, leaveOut: [] }));
    await changes('rules.department', text('.app-notice'), picks('rules.department', join(folder, 'rules.json')));
    await changes('file.openFiles', screen, picks('file.openFiles', sample('ct', '001.dcm')));
    await changes('file.start', screen);
    await changes('file.openSample', screen);
    await changes('file.series', screen);
    await changes('file.start', screen);
    await changes('file.openSamplePlan', flr);
  });

  test('looking: windows, slices, layouts, slabs, the series beside', { timeout }, async () => {
    const { page } = app;
    for (const id of ['window.liver', 'window.softTissue', 'window.lung', 'window.bone', 'window.fit'])
      await changes(id, drawn('window'));
    for (const id of ['crosshair.left', 'crosshair.right', 'crosshair.up', 'crosshair.down'])
      await changes(id, drawn('position'));
    await all({
      'view.nextSlice': drawn('slice'),
      'view.previousSlice': drawn('slice'),
      'view.texts': overlay,
      'view.crosshair': overlay,
      'view.fainter': value('Opacity of the overlay'),
      'view.stronger': value('Opacity of the overlay'),
    });
    for (const id of ['view.texts', 'view.crosshair']) await changes(id, overlay);
    for (const id of ['layout.large', 'layout.slices', 'layout.volume', 'layout.four']) await changes(id, layout);
    await changes('view.maximise', attribute('.workspace-grid', 'data-maximised'));
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('m');
    await all({ 'layout.pair': layout, 'pair.coronal': views, 'pair.sagittal': views, 'pair.axial': views });
    await page.locator('.pair-choice').first().click();
    await all({
      'pair.link': text('.pair-what[data-linked]'),
      'pair.choose': `document.querySelectorAll('.pair-choice').length`,
      'pair.leave': layout,
    });
    for (const id of ['slab.maximum', 'slab.mean', 'slab.minimum']) await changes(id, pressed(id));
    for (const id of ['slab.thicker', 'slab.thinner']) await changes(id, value('Thickness of the slab in mm'));
    await changes('slab.minimum', pressed('slab.minimum'));
    const [x, y] = await placeIn(page, 'axial', [0.5, 0.5]);
    const box = (await page.locator('[data-view="axial"]').boundingBox())!;
    const arm = 0.36 * Math.min(box.width, box.height);
    await page.keyboard.press('c');
    await page.mouse.click(x, y);
    await page.mouse.move(x + arm, y);
    await page.mouse.down();
    await page.mouse.move(x + 0.9 * arm, y - 0.4 * arm, { steps: 4 });
    await page.mouse.up();
    await changes('view.straight', attribute('canvas[data-overlay="coronal"]', 'data-slice'));
  });

  test('tools, measurements, and the menu of a place', { timeout }, async () => {
    const { page } = app;
    const tools = 'window pan zoom ruler angle region brush eraser threshold outline crosshair plane'.split(' ');
    for (const tool of tools) await changes(`tool.${tool}`, pressed(`tool.${tool}`));
    await page.keyboard.press('l');
    const next = text('[data-command="measure.point"]');
    await all({ 'measure.point': next, 'measure.forget': next });
    for (const y of [0.2, 0.25, 0.3]) await drag(page, 'axial', [0.3, y], [0.45, y]);
    const there = [0.375, 0.3] as const;
    await changes('here.deleteMeasurement', measurements, takeThere('here.deleteMeasurement', there));
    await all({ 'measure.deleteLast': measurements, 'measure.deleteAll': measurements });
    await page.keyboard.press('c');
    const outside = [0.5, 0.75] as const;
    await changes('here.crosshair', drawn('position'), takeThere('here.crosshair', outside));
    await changes('here.large', layout, takeThere('here.large', outside));
    await page.keyboard.press('5');
  });

  test('structures and their voxels', { timeout }, async () => {
    const { page } = app;
    const dab = async (x: number, y: number) => {
      await page.mouse.click(...(await placeIn(page, 'axial', [x, y])));
      await app.settled();
    };
    await all({ 'structure.next': active, 'structure.previous': active, 'structure.newTumour': active });
    await all({
      'structure.lock': attribute('.structures-active', 'data-locked'),
      'structure.colour': `document.querySelector('[name="structure-colour"]:checked')?.getAttribute('aria-label')`,
      'structure.rename': place,
    });
    await focusAxial();
    await changes('structure.lock', attribute('.structures-active', 'data-locked'));
    await page.keyboard.press('b');
    const size = text('.workspace-option-value');
    await all({ 'brush.larger': size, 'brush.smaller': size, 'brush.ball': pressed('brush.ball') });
    // A ball with a hole in it, and a smaller one apart.
    await dab(0.5, 0.7);
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('[');
    await dab(0.6, 0.7);
    await page.keyboard.press('e');
    await dab(0.5, 0.7);
    await all({ 'structure.fillHoles': volume, 'structure.keepLargest': volume });
    const hidden = `document.querySelectorAll('.structures-list [aria-label^="Show "]').length`;
    await all({ 'structure.visible': hidden, 'structure.showAll': hidden });
    await changes('structure.previous', active);
    await changes('here.paint', active, takeThere('here.paint', [0.5, 0.7]));
    await changes('here.hide', hidden, takeThere('here.hide', [0.5, 0.7]));
    await changes('structure.showAll', hidden);
    await changes('structure.clear', volume);
    await page.keyboard.press('o');
    const square = async () => {
      await drag(page, 'axial', [0.48, 0.68], [0.54, 0.68], [0.54, 0.74], [0.48, 0.74], [0.48, 0.68]);
      await app.settled();
    };
    await square();
    await changes('outlines.discard', outlines);
    await square();
    await changes('outlines.fill', volume);
    await square();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageUp');
    await square();
    await changes('outlines.interpolate', volume);
    await all({ 'edit.undo': undo, 'edit.redo': undo });
  });

  test('the resection and the figures', { timeout }, async () => {
    for (const id of 'left right turnBack turnOn flip place remove'.split(' ')) await changes(`plane.${id}`, flr);
    await opensSheet('plan.review', 'mask.export');
    await changes('mask.import', sheet, picks('mask.import', sample('masks', 'vessels.nii.gz')));
    await app.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await changes('figures.copy', clipboard);
    await changes('report.copy', clipboard);
    expect(
      readFileSync(await writes('report.write'))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await changes('file.openPlan', undo, picks('file.openPlan', sample('right-hepatectomy.plan.json')));
    // What was changed is saved by itself after some seconds: after that only the command stores it once more.
    await app.page.locator('[data-saved="saved"]').waitFor();
    await app.ask('performance.clearResourceTimings()');
    const stored = `performance.getEntriesByType('resource').filter(({ name }) => name.includes('title=')).length`;
    await changes('file.save', stored);
  });

  test('the assessment, growth, the estimate, and the rules', { timeout }, async () => {
    const { page } = app;
    await changes('page.assessment', attribute('[data-page]', 'data-page'));
    for (const id of ['patient', 'options', 'timing', 'verdict']) await changes(`assessment.${id}`, tab);
    await changes('assessment.patient', tab);
    await page.locator('.inputs-offer', { hasText: 'cm and' }).click();
    await changes('assessment.timing', tab);
    const panel = text('.assessment-panel');
    await all({ 'growth.find': panel, 'growth.lockStandard': panel });
    await page.keyboard.press('Control+z');
    await changes('growth.lockFunctional', panel);
    await changes('growth.add', place);
    await changes('growth.takeThis', panel);
    const plan = await writes('file.saveCopy');
    await page.locator('[data-command="edit.undo"]').click();
    await changes('growth.takeFile', panel, picks('growth.takeFile', plan));
    await changes('rules.builtIn', attribute('[data-rules]', 'data-rules'));
    const card = `document.querySelector('.guess-card') !== null`;
    await all({ 'guess.ask': card, 'guess.skip': card });
    await take('guess.ask');
    for (const id of ['structures', 'review', 'report', 'next']) await changes(`goTo.${id}`, place);
    await changes('goTo.resection', attribute('[data-page]', 'data-page'));
    await changes('help.tour', attribute('.tour-callout', 'data-tour'));
    await page.keyboard.press('Escape');
  });

  test('is every one of them, with a clean console', async () => {
    expect([...done].sort()).toEqual(commands.map(({ id }) => id).sort());
    await expectClean(app);
  });
});
