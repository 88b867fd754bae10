import { command, drag, importMask, openSample, placeIn, viewOf } from '../e2e/gestures.ts';
import { everywhere, most, once, small, usual } from './screens.ts';
import { sample } from './stage.ts';
import type { Chapter, Stage } from './stage.ts';

const key =
  (...keys: readonly string[]) =>
  async ({ page }: Stage) => {
    await viewOf(page, 'axial').focus();
    for (const one of keys) await page.keyboard.press(one);
  };
const dialog = (keys: string) => async (stage: Stage) => {
  await key(keys)(stage);
  await stage.page.getByRole('dialog').waitFor();
};
const dismiss = ({ dismiss: close }: Stage) => close();
const mask = (name: string) => sample('masks', name);
const ask = (name: string) => async (stage: Stage) => {
  await stage.choose(command(stage.page, 'mask.import'), mask(name));
  await stage.page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).waitFor();
};
const undo = ({ page }: Stage) => command(page, 'edit.undo').click();

/** The images alone: the workflow from nothing to a plane, one mask after the other. */
export const imageStates: Chapter = {
  name: 'images',
  states: [
    { name: 'workspace-empty', on: usual, reach: openSample },
    { name: 'import-liver', on: small, reach: ask('liver.nii.gz'), leave: dismiss },
    { name: 'rail-lesions-to-do', on: once, reach: (stage) => importMask(stage, mask('liver.nii.gz')) },
    { name: 'import-tumours', on: once, reach: ask('tumours.nii.gz'), leave: dismiss },
    { name: 'rail-lesions-in-progress', on: once, reach: key('n'), leave: undo },
    { name: 'rail-vessels-to-do', on: once, reach: (stage) => importMask(stage, mask('tumours.nii.gz')) },
    { name: 'rail-resection-to-do', on: once, reach: (stage) => importMask(stage, mask('vessels.nii.gz')) },
    {
      name: 'outline-tool',
      on: usual,
      reach: async (stage) => {
        await key('o')(stage);
        await drag(stage.page, 'axial', [0.3, 0.4], [0.45, 0.35], [0.5, 0.5], [0.4, 0.6], [0.3, 0.5]);
      },
      leave: key('Escape', 'c'),
    },
  ],
};

const openPlan = async ({ page, settled }: Stage) => {
  await command(page, 'file.openSamplePlan').click();
  await page.locator('output[data-figure="flrPercent"]').first().waitFor({ timeout: 60_000 });
  await settled();
};

/** The sample case with masks and a plan: views, tools, structures, dialogs and messages. */
export const planStates: Chapter = {
  name: 'plan',
  states: [
    { name: 'plan', on: everywhere, reach: openPlan },
    {
      name: 'messages-new',
      on: small,
      reach: async ({ page, drop, file }) => {
        await drop(file('letter.txt'));
        await page.locator('.app-notice.app-error').first().waitFor();
      },
    },
    { name: 'messages', on: small, reach: dialog('Control+m'), leave: dismiss },
    {
      name: 'brush',
      on: usual,
      reach: async (stage) => {
        const dismissal = stage.page.locator('.app-notice').getByRole('button', { name: 'Dismiss' });
        while ((await dismissal.count()) > 0) await dismissal.first().click();
        await key('b')(stage);
        await stage.page.mouse.move(...(await placeIn(stage.page, 'axial', [0.35, 0.5])));
      },
    },
    { name: 'threshold', on: usual, reach: key('t') },
    {
      name: 'measurements',
      on: usual,
      reach: async (stage) => {
        const { page } = stage;
        await key('l')(stage);
        await drag(page, 'axial', [0.2, 0.2], [0.45, 0.25]);
        await key('a')(stage);
        await drag(page, 'axial', [0.6, 0.85], [0.75, 0.7]);
        await page.mouse.click(...(await placeIn(page, 'axial', [0.7, 0.9])));
        await key('i')(stage);
        await drag(page, 'axial', [0.25, 0.45], [0.33, 0.58]);
      },
    },
    { name: 'measure-by-keys', on: once, reach: key('l', 'Enter'), leave: key('Escape', 'Shift+Backspace', 'c') },
    {
      name: 'oblique',
      on: usual,
      reach: async ({ page }) => {
        await viewOf(page, 'axial').focus();
        const box = (await viewOf(page, 'axial').boundingBox())!;
        const [x, y] = await placeIn(page, 'axial', [0.45, 0.5]);
        await page.mouse.click(x, y);
        const arm = 0.36 * Math.min(box.width, box.height);
        await page.mouse.move(x + arm, y);
        await page.mouse.down();
        await page.mouse.move(x + arm * Math.cos(0.45), y - arm * Math.sin(0.45), { steps: 5 });
        await page.mouse.up();
      },
      leave: key('Shift+R'),
    },
    { name: 'slab', on: usual, reach: key('Shift+M'), leave: key('Shift+M') },
    { name: 'layout-large', on: usual, reach: key('6') },
    { name: 'layout-slices', on: usual, reach: key('7') },
    { name: 'layout-3d', on: usual, reach: key('8') },
    { name: 'one-view', on: usual, reach: key('5', 'm'), leave: ({ page }) => command(page, 'layout.four').click() },
    {
      name: 'view-menu',
      on: small,
      isPlaced: true,
      reach: async ({ page }) => {
        await page.mouse.click(...(await placeIn(page, 'axial', [0.4, 0.5])), { button: 'right' });
        await page.locator('.view-menu').waitFor();
      },
      leave: ({ page }) => page.keyboard.press('Escape'),
    },
    {
      name: 'structure-hover',
      on: once,
      reach: ({ page }) => page.locator('[data-structure] .structures-name').nth(3).hover(),
    },
    {
      name: 'structure-locked',
      on: once,
      reach: async (stage) => {
        await key('k')(stage);
        await stage.page.getByRole('slider', { name: /^Opacity of (?!the)/ }).fill('0.7');
        await stage.page.getByRole('button', { name: /^Hide/ }).nth(2).click();
      },
    },
    { name: 'structure-rename', on: once, reach: key('F2'), leave: ({ page }) => page.keyboard.press('Escape') },
    { name: 'palette', on: small, reach: dialog('Control+k') },
    {
      name: 'palette-disabled',
      on: once,
      reach: ({ page }) => page.keyboard.type('outlines'),
      leave: dismiss,
    },
    { name: 'keys', on: most, reach: dialog('?'), leave: dismiss },
    { name: 'export', on: small, reach: dialog('Control+e'), leave: dismiss },
    { name: 'review', on: small, reach: dialog('r'), leave: dismiss },
    {
      name: 'hint',
      on: once,
      reach: async ({ page }) => {
        await page.mouse.move(400, 400);
        await command(page, 'edit.redo').hover();
        await page.locator('.control-tooltip').waitFor();
      },
      leave: ({ page }) => page.mouse.move(400, 400),
    },
    {
      name: 'start-recent',
      on: most,
      reach: async ({ page }) => {
        await page.keyboard.press('Control+s');
        await page.locator('[data-saved="saved"]').waitFor();
        await command(page, 'file.start').click();
        await page.locator('.start-open img').first().waitFor();
      },
    },
    {
      name: 'start-forget',
      on: once,
      reach: ({ page }) => page.locator('.start-bin').first().click(),
      leave: ({ page }) => page.getByRole('button', { name: 'Keep' }).click(),
    },
  ],
};

/** The tour, step by step. */
export const tourStates: Chapter = {
  name: 'tour',
  states: Array.from({ length: 8 }, (_, step) => ({
    name: `tour-${step + 1}`,
    on: small.slice(0, step % 3 === 0 ? 2 : 1),
    reach: async ({ page, settled }: Stage) => {
      await page.keyboard.press(step === 0 ? 'F1' : 'Enter');
      await page.locator(`.tour-callout[data-tour="${step}"]`).waitFor({ timeout: 60_000 });
      await settled();
    },
  })),
};
