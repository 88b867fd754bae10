import { describe, expect, it } from 'vitest';
import { createGrid, direction, worldPoint } from '../../src/geometry/index.ts';
import { changeCuts, changeVoxels, createPlan } from '../../src/plan/index.ts';
import { patchBetween } from '../../src/volume/index.ts';
import type { LoadedSeries } from '../../src/boundary/index.ts';
import { createCaseKeeper } from '../../renderer/commands/case-keeper.ts';
import { commandFor, printedKey } from '../../renderer/commands/keyboard.ts';
import type { KeyPress } from '../../renderer/commands/keyboard.ts';
import { commands } from '../../renderer/commands/list.ts';
import { createSession, initialState } from '../../renderer/session.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

const grid = createGrid({
  size: [5, 4, 3],
  spacing: [0.7, 0.9, 2.5],
  origin: [-3, 7, 11],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});
const series = { seriesInstanceUid: '1.2.3', fingerprint: 'f', description: 'Portal venous' };

function loaded(): LoadedSeries {
  const header = {
    seriesInstanceUid: '1.2.3',
    studyInstanceUid: null,
    frameOfReferenceUid: null,
    modality: 'CT',
    description: 'Portal venous',
    studyDescription: null,
    seriesNumber: null,
    patientName: null,
    patientId: null,
    patientBirthDate: null,
    patientSex: null,
    patientHeightCm: null,
    patientWeightKg: null,
    studyDate: null,
    acquisitionDate: null,
    contrastAgent: null,
    window: null,
  };
  return {
    entry: {
      header,
      slices: 3,
      size: [5, 4, 3],
      spacing: [0.7, 0.9, 2.5],
      volumeId: header.seriesInstanceUid,
      part: null,
      coverageMm: 7.5,
      phase: null,
      status: 'volume',
      resampling: 'none',
      reasons: [],
      remarks: [],
      files: [],
      copies: [],
    },
    volume: { grid, values: new Int16Array(60), unit: 'HU' },
    labels: { grid, values: new Uint8Array(60) },
    fingerprint: 'f',
  };
}

describe('the list of commands', () => {
  it('gives every command its own id and every key to one command, with each tool', () => {
    const ids = commands.map((command) => command.id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = commands.flatMap((command) =>
      command.keys.flatMap((one) => (command.tools ?? ['any']).map((tool) => `${tool} ${one.toLowerCase()}`)),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says why each disabled command is disabled, in a sentence', () => {
    const reasons = commands.map((command) => command.enabled(initialState)).filter((answer) => answer !== true);
    expect(reasons.length).toBeGreaterThan(20);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it('finds commands by their keys, and tells the modifiers apart', () => {
    const found = (...given: Parameters<typeof press>) => commandFor(commands, press(...given), 'brush')?.id ?? null;
    expect(found('Enter')).toBe('outlines.interpolate');
    expect(commandFor(commands, press('Enter'), 'ruler')?.id).toBe('measure.point');
    expect(commandFor(commands, press('PageUp'), 'ruler')?.id).toBe('view.nextSlice');
    expect(found('z')).toBe('tool.zoom');
    expect(found('z', { ctrlKey: true })).toBe('edit.undo');
    expect(found('z', { metaKey: true })).toBe('edit.undo');
    expect(found('Z', { ctrlKey: true, shiftKey: true })).toBe('edit.redo');
    expect(found('p')).toBe('tool.plane');
    expect(found('P', { shiftKey: true })).toBe('plane.place');
    expect(found('p', { ctrlKey: true })).toBe('report.write');
    // A question mark needs Shift on most keyboards; its key is already the sign.
    expect(found('?', { shiftKey: true })).toBe('help.keys');
    expect(found('[')).toBe('brush.smaller');
    expect(found('z', { altKey: true })).toBeNull();
    expect(found('q')).toBeNull();
    expect(printedKey('Mod+Shift+z', false)).toBe('Ctrl+Shift+Z');
    expect(printedKey('Mod+Shift+z', true)).toBe('⌘⇧Z');
  });
});

describe('the keeper of the case', () => {
  it('mirrors each edit into the session: labels in place, version, slices, names, saved state', async () => {
    const session = createSession();
    const keeper = createCaseKeeper(session);
    const now = loaded();
    keeper.start(now, createPlan(series), true);
    const first = session.get().openCase!;
    expect([first.saved, first.canUndo, first.canRedo]).toEqual(['saved', null, null]);

    const painted = now.labels.values.slice();
    painted[23] = 1;
    painted[47] = 1;
    keeper.edit((plan) => changeVoxels(plan, patchBetween(now.labels.values.slice(), painted), 'Brush Liver'));
    const brushed = session.get().openCase!;
    expect(now.labels.values[23]).toBe(1);
    expect(brushed.labelsVersion).toBe(first.labelsVersion + 1);
    expect(brushed.changedSlices).toEqual([1, 2]);
    expect([brushed.saved, brushed.canUndo]).toEqual(['unsaved', 'Brush Liver']);

    const cut = {
      kind: 'plane',
      point: worldPoint(1, 2, 3),
      normal: direction(0, 0.6, 0.8),
      resect: 'positive',
    } as const;
    keeper.edit((plan) => changeCuts(plan, [cut], 'Place cutting plane'));
    const placed = session.get().openCase!;
    // A plan-only edit must not make every surface and measurement stale.
    expect(placed.labelsVersion).toBe(brushed.labelsVersion);
    expect(placed.plan.cuts).toEqual([cut]);

    expect(await keeper.store(() => Promise.resolve(true))).toBe(true);
    expect(session.get().openCase!.saved).toBe('saved');
    keeper.undo();
    keeper.undo();
    const undone = session.get().openCase!;
    expect(now.labels.values.every((label) => label === 0)).toBe(true);
    expect([undone.plan.cuts.length, undone.canUndo, undone.canRedo]).toEqual([0, null, 'Brush Liver']);
    expect(undone.saved).toBe('unsaved');
    keeper.redo();
    keeper.redo();
    expect(now.labels.values[47]).toBe(1);
    expect(session.get().openCase!.saved).toBe('saved');
  });

  it('does not call a plan saved that changed while it was written, nor one whose writing failed', async () => {
    const session = createSession();
    const keeper = createCaseKeeper(session);
    keeper.start(loaded(), createPlan(series), false);
    let finish: (stored: boolean) => void = () => undefined;
    const storing = keeper.store(() => new Promise((resolve) => (finish = resolve)));
    expect(session.get().openCase!.saved).toBe('saving');
    keeper.edit((plan) => ({ label: 'Set phase', before: plan, after: { ...plan, phase: 'other' }, patch: null }));
    finish(true);
    expect(await storing).toBe(false);
    expect(session.get().openCase!.saved).toBe('unsaved');
    keeper.undo();
    expect(session.get().openCase!.saved).toBe('saved');
    keeper.redo();
    expect(await keeper.store(() => Promise.resolve(false))).toBe(false);
    expect(session.get().openCase!.saved).toBe('unsaved');
  });
});
