import { describe, expect, it } from 'vitest';
import { emptyInputs, ruleBase } from '../../src/assessment/index.ts';
import { millilitres } from '../../src/geometry/index.ts';
import { changePlan, savePlan } from '../../src/plan/index.ts';
import { perform } from '../../renderer/commands/command.ts';
import { commandFor } from '../../renderer/commands/keyboard.ts';
import { commands } from '../../renderer/commands/list.ts';
import { paletteEntries } from '../../renderer/commands/palette.ts';
import type { ViewState } from '../../renderer/session.ts';
import { madeWorld } from './made-world.ts';
import type { World } from './made-world.ts';

/** What a command must change, seen before and after; `first` brings about the state that it needs. */
interface Row {
  readonly seen: (world: World) => unknown;
  readonly first?: (world: World) => void;
}

const view = (part: keyof ViewState, first?: Partial<ViewState>): Row => ({
  seen: ({ session }) => session.get().view[part],
  ...(first === undefined ? {} : { first: ({ session }) => session.look(first) }),
});
const plan = (seen: (plan: NonNullable<ReturnType<World['session']['get']>['openCase']>['plan']) => unknown): Row => ({
  seen: ({ session }) => seen(session.get().openCase!.plan),
});
const dialog: Row = { seen: ({ session }) => session.get().dialog?.kind ?? null };
const asked: Row = { seen: (world) => [...world.asked] };
const screen: Row = { seen: ({ session }) => session.get().screen };
const voxels: Row = { seen: (world) => world.voxels() };
const opened: Row = { seen: ({ session }) => session.get().openCase?.labels };
const active = ({ label, isLocked, colour }: { label: number; isLocked?: unknown; colour?: unknown }) =>
  [label, isLocked, colour].join();

const lockDenominator = ({ context }: World): void =>
  context.keeper.edit((now) =>
    changePlan(
      now,
      {
        inputs: {
          ...emptyInputs,
          growth: { denominator: { kind: 'standard', volumeMl: 1437, intervalMl: null }, measurements: [] },
        },
      },
      'Lock',
    ),
  );

const departmentRules = JSON.stringify({
  ...{ format: 'remnant-rules', name: 'Ward 9', version: '4', reviewer: null, mode: 'extend' },
  leaveOut: [],
});

const rows: Readonly<Record<string, Row>> = {
  'file.openFolder': dialog,
  'file.openFiles': {
    ...opened,
    first: (world) => world.pick('IM1', new Uint8Array(7)),
  },
  'file.openSample': opened,
  'file.openSamplePlan': opened,
  'file.start': screen,
  'file.series': screen,
  'file.openPlan': {
    ...plan(({ cuts }) => cuts.length),
    first: (world) => world.pick('plan.json', new TextEncoder().encode('{"version":1,"cuts":[]}')),
  },
  'file.save': { seen: ({ stored, session }) => [stored.size, session.get().openCase?.saved] },
  'file.saveCopy': asked,
  'mask.import': { ...dialog, first: (world) => world.pick('liver.nii.gz', world.mask('liver')) },
  'mask.export': dialog,
  'edit.undo': plan(({ structures }) => structures.length),
  'edit.redo': plan(({ phase }) => phase),
  'report.write': asked,
  'report.copy': asked,
  ...Object.fromEntries(
    ['liver', 'softTissue', 'lung', 'bone'].map((name) => [`window.${name}`, view('window')] as const),
  ),
  'window.fit': view('window'),
  ...Object.fromEntries(
    ['left', 'right', 'up', 'down'].map((way) => [`crosshair.${way}`, view('crosshair', { tool: 'ruler' })] as const),
  ),
  'measure.point': view('keyPoints', { tool: 'ruler', turn: null }),
  'measure.forget': {
    ...view('keyPoints'),
    first: ({ session }) => session.look({ tool: 'ruler', keyPoints: [session.get().view.crosshair!] }),
  },
  'plane.turnBack': plan(({ cuts }) => cuts),
  'plane.turnOn': plan(({ cuts }) => cuts),
  'view.maximise': view('maximised'),
  'view.nextSlice': view('crosshair'),
  'view.previousSlice': view('crosshair'),
  'view.crosshair': view('showCrosshair'),
  'view.fainter': view('overlayOpacity'),
  'view.stronger': view('overlayOpacity'),
  'view.straight': view('turn'),
  'view.texts': view('showTexts'),
  'view.theme': { seen: ({ session, asked: calls }) => [session.get().theme, calls.length] },
  'layout.four': view('layout', { layout: 'slices' }),
  'layout.large': view('layout'),
  'layout.slices': view('layout'),
  'layout.volume': view('layout'),
  'layout.pair': view('layout'),
  'pair.axial': view('layout'),
  'pair.coronal': view('pairPlane'),
  'pair.sagittal': view('pairPlane'),
  'pair.link': { seen: ({ session }) => session.get().view.compared?.offset ?? null },
  'pair.choose': view('compared'),
  'pair.leave': view('layout', { layout: 'pair' }),
  'slab.maximum': view('slab'),
  'slab.mean': view('slab'),
  'slab.minimum': view('slab'),
  'slab.thicker': view('slabMm', { slab: 'mean' }),
  'slab.thinner': view('slabMm', { slab: 'mean' }),
  ...Object.fromEntries(
    'crosshair window pan zoom ruler angle region brush eraser threshold outline plane'
      .split(' ')
      .map((tool) => [`tool.${tool}`, view('tool', { tool: tool === 'pan' ? 'zoom' : 'pan' })] as const),
  ),
  'measure.deleteLast': view('measurements'),
  'measure.deleteAll': view('measurements'),
  'brush.smaller': view('brushRadiusMm'),
  'brush.larger': view('brushRadiusMm'),
  'brush.ball': view('brushBall'),
  'outlines.interpolate': voxels,
  'outlines.fill': voxels,
  'outlines.discard': view('outlines'),
  'plane.place': plan(({ cuts }) => cuts.length),
  'plane.flip': plan(({ cuts }) => cuts),
  'plane.left': plan(({ cuts }) => cuts),
  'plane.right': plan(({ cuts }) => cuts),
  'plane.remove': plan(({ cuts }) => cuts.length),
  'plan.review': dialog,
  'page.assessment': view('page'),
  'assessment.verdict': view('page'),
  'assessment.patient': view('assessmentTab'),
  'assessment.options': view('assessmentTab'),
  'assessment.timing': view('assessmentTab'),
  'growth.lockStandard': {
    ...plan(({ inputs }) => inputs?.growth),
    first: ({ session }) =>
      session.update((state) => ({
        ...state,
        derived: { ...state.derived, volumetry: { ...state.derived.volumetry!, standardLiverMl: millilitres(1437) } },
      })),
  },
  'growth.lockFunctional': plan(({ inputs }) => inputs?.growth),
  'growth.takeThis': { ...plan(({ inputs }) => inputs), first: lockDenominator },
  'growth.takeFile': {
    ...plan(({ inputs }) => inputs),
    first: (world) => {
      lockDenominator(world);
      const { plan: now, labels } = world.session.get().openCase!;
      world.pick('earlier.json', savePlan(now, labels));
    },
  },
  'growth.find': { seen: ({ session }) => session.get().patientPlans },
  'growth.add': { ...asked, first: lockDenominator },
  'guess.ask': { seen: ({ session }) => session.get().guessing },
  'guess.skip': {
    ...plan(({ guess }) => guess),
    first: ({ session }) => session.update((state) => ({ ...state, guessing: { ...state.guessing, asks: true } })),
  },
  'guess.calibration': dialog,
  'rules.department': {
    seen: ({ session }) => session.get().rules,
    first: (world) => world.pick('rules.json', new TextEncoder().encode(departmentRules)),
  },
  'rules.builtIn': {
    seen: ({ session }) => session.get().rules === ruleBase,
    first: ({ session }) => session.update((state) => ({ ...state, rules: { ...state.rules } })),
  },
  'structure.fillHoles': voxels,
  'structure.keepLargest': voxels,
  'structure.clear': voxels,
  'structure.newTumour': plan(({ structures }) => structures.length),
  'structure.next': view('activeLabel'),
  'structure.previous': view('activeLabel'),
  'structure.visible': view('hiddenLabels'),
  'structure.showAll': view('hiddenLabels'),
  'structure.lock': plan(({ structures }) => structures.map(active)),
  'structure.colour': plan(({ structures }) => structures.map(active)),
  'structure.rename': asked,
  'here.crosshair': view('crosshair'),
  'here.paint': view('activeLabel'),
  'here.hide': view('hiddenLabels'),
  'here.deleteMeasurement': view('measurements'),
  'here.large': view('mainView'),
  'help.palette': dialog,
  'help.keys': dialog,
  'help.messages': dialog,
  'help.tour': { seen: ({ session }) => session.get().tourStep },
  'figures.copy': asked,
  ...Object.fromEntries(
    ['next', 'structures', 'resection', 'review', 'report'].map((place) => [`goTo.${place}`, asked] as const),
  ),
};

describe('every command', () => {
  it('has a row here, and every row a command', () => {
    expect(Object.keys(rows).sort()).toEqual(commands.map(({ id }) => id).sort());
  });

  it.each(commands.map((command) => [command.id, command] as const))('%s performs', async (id, command) => {
    const row = rows[id];
    if (row === undefined) throw new Error(`${id} has no row: say what it must change`);
    const world = madeWorld();
    row.first?.(world);
    expect(command.enabled(world.session.get())).toBe(true);
    const before = row.seen(world);
    await perform(command, world.context);
    expect(row.seen(world)).not.toEqual(before);
    // Nothing went wrong on the way, and nothing is left running.
    expect(world.session.get().notices.filter(({ tone }) => tone === 'error')).toEqual([]);
    expect(world.session.get().tasks).toEqual([]);
  });

  it('does nothing while it is disabled', async () => {
    const world = madeWorld();
    world.session.look({
      slab: null,
      outlines: [],
      measurements: [],
      menu: null,
      turn: null,
      compared: null,
      hiddenLabels: [],
    });
    const disabled = commands.filter((command) => command.enabled(world.session.get()) !== true);
    expect(disabled.length).toBeGreaterThan(12);
    const before = world.session.get();
    for (const command of disabled) await perform(command, world.context);
    expect(world.session.get()).toBe(before);
  });

  it('is in the palette, first of all for its own name, and behind its keys', () => {
    const state = madeWorld().session.get();
    expect(
      paletteEntries(commands, '', state)
        .map(({ command }) => command.id)
        .sort(),
    ).toEqual(commands.map(({ id }) => id).sort());
    for (const command of commands) {
      const found = paletteEntries(commands, command.labelNow?.(state) ?? command.label, state);
      expect(
        found.slice(0, 2).map((entry) => entry.command.id),
        command.label,
      ).toContain(command.id);
      for (const keys of command.keys) {
        const parts = keys.split('+');
        const press = {
          key: parts.at(-1)!,
          ctrlKey: parts.includes('Mod'),
          metaKey: false,
          shiftKey: parts.includes('Shift'),
          altKey: false,
        };
        expect(commandFor(commands, press, command.tools?.[0] ?? 'pan')?.id, keys).toBe(command.id);
      }
    }
  });
});
