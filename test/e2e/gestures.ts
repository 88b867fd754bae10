import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { App } from '../support/app.ts';

/** A place in a view as shares of its width and height, from the top left corner. */
export type Share = readonly [x: number, y: number];
export type SliceView = 'axial' | 'coronal' | 'sagittal';

/** The frame of a view. */
export function viewOf(page: Page, view: SliceView | 'volume' | 'compared'): Locator {
  return page.locator(`[data-view="${view}"]`);
}

/** Where a share of a view lies on the page, CSS pixels. */
export async function placeIn(
  page: Page,
  view: SliceView | 'volume' | 'compared',
  [x, y]: Share,
): Promise<[number, number]> {
  const box = (await viewOf(page, view).boundingBox())!;
  return [box.x + x * box.width, box.y + y * box.height];
}

/** Presses at the first place, passes the others and lets go at the last. */
export async function drag(page: Page, view: SliceView | 'volume', ...path: readonly Share[]): Promise<void> {
  for (const [order, share] of path.entries()) {
    const [x, y] = await placeIn(page, view, share);
    await page.mouse.move(x, y, { steps: order === 0 ? 1 : 6 });
    if (order === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** A button drawn from a command. */
export function command(page: Page, id: string): Locator {
  return page.locator(`[data-command="${id}"]`).first();
}

/** The values of an attribute of all that have it, in the order of the page, read at one moment. */
export function attributesOf(within: Page | Locator, name: string): Promise<readonly string[]> {
  return within.locator(`[${name}]`).evaluateAll((all, asked) => all.map((one) => one.getAttribute(asked)!), name);
}

/** A figure of the panel, unrounded; null where there is none. */
export async function figure(page: Page, name: string): Promise<number | null> {
  const [value] = await page
    .locator(`[data-figure="${name}"][data-value]`)
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-value')));
  return value === undefined || value === null || value === '' ? null : Number(value);
}

/** The volume of a structure in the list, unrounded mL. */
export async function volumeOf(page: Page, label: number): Promise<number> {
  return Number(await page.locator(`[data-structure="${label}"] [data-volume]`).getAttribute('data-volume'));
}

/** Imports a mask file with the structure the dialog proposes, or with `target` of its list. */
export async function importMask({ page, choose, settled }: App, file: string, target?: string): Promise<void> {
  await choose(command(page, 'mask.import'), file);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Import', exact: true }).waitFor();
  if (target !== undefined) await dialog.locator('select').first().selectOption({ label: target });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await settled();
}

/** Waits for a sentence with this code and returns it; takes it away. */
export async function sentence(page: Page, code: string): Promise<string> {
  const notice = page.locator(`.app-notice[data-code="${code}"]`).last();
  await notice.waitFor();
  const text = (await notice.locator('p').textContent())!;
  // One sentence is in sight; the others wait behind it, told to screen readers, and go with time.
  await dismissAny(notice);
  return text;
}

/** Takes away every sentence. */
export async function dismissAll(page: Page): Promise<void> {
  const notices = page.locator('.app-notice');
  while ((await notices.count()) > 0) await dismissAny(notices);
}

/** Presses `Dismiss` where it is: sentences also go by themselves, perhaps just now. */
async function dismissAny(notices: Locator): Promise<void> {
  await notices
    .getByRole('button', { name: 'Dismiss' })
    .evaluateAll((buttons) => buttons.forEach((one) => (one as HTMLElement).click()));
}

/** What must hold after every flow: the page shares memory with its worker, and nothing was complained of. */
export async function expectClean(app: App): Promise<void> {
  expect(await app.ask('crossOriginIsolated')).toBe(true);
  expect(app.complaints).toEqual([]);
}

/** A text that a 2D view draws on its canvas, as it tells it to screen readers; null when it has none. */
export function drawnText(
  page: Page,
  view: SliceView,
  part: 'slice' | 'window' | 'position' | 'value' | 'left' | 'right' | 'top' | 'bottom',
): Promise<string | null> {
  return page.locator(`canvas[data-overlay="${view}"]`).getAttribute(`data-${part}`);
}

/** Opens the sample case from the start page. */
export async function openSample({ page, settled }: App): Promise<void> {
  await command(page, 'file.openSample').click();
  await page.locator('[data-screen="workspace"]').waitFor();
  await settled();
}

/** Opens a tab of the assessment page, which takes the place of the pictures. */
export async function openAssessment(page: Page, tab: string): Promise<void> {
  if ((await page.locator('.assessment-strip').count()) === 0) await command(page, 'page.assessment').click();
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await page.getByRole('tab', { name: tab, exact: true, selected: true }).waitFor();
}

/** The step of the tour that is shown, from 0; null when it is over. */
export async function tourStep(page: Page): Promise<string | null> {
  const [step] = await attributesOf(page, 'data-tour');
  return step ?? null;
}

/** Goes back from the assessment page to the pictures. */
export async function showPictures({ page, settled }: App): Promise<void> {
  await command(page, 'page.assessment').click();
  await page.locator('[data-view="axial"]').waitFor();
  await settled();
}
