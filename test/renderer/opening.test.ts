import { expect, it } from 'vitest';
import type { CallOptions, LoadedSeries } from '../../src/boundary/index.ts';
import { changePlan } from '../../src/plan/index.ts';
import { success } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import { openDrop } from '../../renderer/commands/dropping.ts';
import { commands } from '../../renderer/commands/list.ts';
import { openGrant, openSeries } from '../../renderer/commands/opening.ts';
import type { CommandContext } from '../../renderer/commands/context.ts';
import { madeWorld } from './made-world.ts';

/** A world on the list of a folder, whose series load when they are told to, cancelled or not: a worker may be done just before. */
async function loading() {
  const world = madeWorld();
  const { load } = world.context.compute;
  const asked: CallOptions[] = [];
  const finish: (() => Promise<void>)[] = [];
  const context: CommandContext = {
    ...world.context,
    compute: {
      ...world.context.compute,
      // Two volumes: one alone would open by itself.
      scan: async (request) => {
        const found = await world.context.compute.scan(request);
        if (!found.ok) return found;
        const [entry] = found.value.entries;
        return success({ ...found.value, entries: [entry!, { ...entry!, volumeId: '7.8.9' }] });
      },
      load: (request, options = {}) => {
        asked.push(options);
        return new Promise<Outcome<LoadedSeries>>((resolve) => {
          finish.push(async () => resolve(await load(request)));
        });
      },
    },
  };
  expect(await openGrant(context, { grant: 'g', name: 'folder' })).toBe(true);
  const { session } = world;
  const [first, second] = session.get().choice!.entries;
  const isCancelled = (at: number) => asked[at]!.signal!.cancelled;
  return { ...world, context, first: first!, second: second!, finish, isCancelled };
}

it('a series that loads is given up for the start page, even when it is ready in that moment', async () => {
  const { context, session, first, finish, isCancelled } = await loading();
  const done = openSeries(context, first);
  await expect.poll(() => finish.length).toBe(1);
  expect(isCancelled(0)).toBe(false);
  await commands.find(({ id }) => id === 'file.start')!.perform(context);
  expect(isCancelled(0)).toBe(true);
  await finish[0]!();
  expect(await done).toBe(false);
  expect(session.get()).toMatchObject({ screen: 'start', openCase: null, tasks: [], notices: [] });
});

it('a series that loads is given up for another folder, and for another series', async () => {
  const { context, session, first, second, finish, isCancelled } = await loading();
  const old = openSeries(context, first);
  await expect.poll(() => finish.length).toBe(1);
  expect(await openGrant(context, { grant: 'h', name: 'other folder' })).toBe(true);
  expect(isCancelled(0)).toBe(true);
  await finish[0]!();
  expect(await old).toBe(false);
  expect(session.get()).toMatchObject({ screen: 'series', openCase: null, choice: { folderName: 'other folder' } });

  const [given, wanted] = [openSeries(context, first), openSeries(context, second)];
  await expect.poll(() => finish.length).toBe(3);
  expect([isCancelled(1), isCancelled(2)]).toEqual([true, false]);
  // The last one asked for is on the screen, whichever is ready first.
  await finish[2]!();
  expect(await wanted).toBe(true);
  const { openCase } = session.get();
  await finish[1]!();
  expect(await given).toBe(false);
  expect(session.get().openCase).toBe(openCase);
  expect(context.origin).toMatchObject({ source: { grant: 'h' }, folderName: 'other folder' });
});

it('what was edited while another folder was read is stored before it leaves the screen', async () => {
  const { context, session, stored } = madeWorld();
  let finish = (): void => undefined;
  const { scan } = context.compute;
  const slow: CommandContext = {
    ...context,
    compute: {
      ...context.compute,
      scan: async (request) => {
        await new Promise<void>((go) => (finish = go));
        return scan(request);
      },
    },
  };
  const opening = openGrant(slow, { grant: 'h', name: 'other folder' });
  context.keeper.edit((plan) => changePlan(plan, { phase: 'other' }, 'Set phase'));
  expect(session.get().openCase!.saved).toBe('unsaved');
  expect(stored.size).toBe(0);
  finish();
  await opening;
  expect(new TextDecoder().decode(stored.get('plan'))).toMatch(/"phase": *"other"/);
  expect(session.get().openCase!.plan.phase).not.toBe('other');
});

it('a folder that is dropped tells how many files are found, and can be given up while they are looked for', async () => {
  const { context, session } = madeWorld();
  const before = session.get().openCase;
  let found: (files: number) => void = () => undefined;
  let goOn = (): void => undefined;
  const drop = openDrop(context, async (walk) => {
    found = walk.found;
    await new Promise<void>((go) => (goOn = go));
    return { files: [], skipped: 0 };
  });
  await expect.poll(() => session.get().tasks.length).toBe(1);
  found(129);
  expect(session.get().tasks[0]!.doing).toBe('129 files found');
  session.get().tasks[0]!.cancel!();
  goOn();
  await drop;
  expect(session.get()).toMatchObject({ openCase: before, tasks: [], notices: [] });
  await openDrop(context, () => Promise.resolve({ files: [], skipped: 3 }));
  expect(session.get().notices.at(-1)!.message).toMatch(/can not be read.*drop it again/);
  expect(session.get().openCase).toBe(before);
});

it('a mask dropped along with its images is not passed over unsaid', async () => {
  const { context, session } = madeWorld();
  const dropped = (...names: readonly string[]) => {
    const files = names.map((name) => ({ name, file: new File([new Uint8Array(7)], name) }));
    return openDrop(context, () => Promise.resolve({ files, skipped: 0 }));
  };
  const said = () => session.get().notices.flatMap(({ code, message }) => (code === 'one_by_one' ? [message] : []));
  await dropped('ct/IM1', 'ct/IM2', 'ct/other.nii.gz');
  expect(session.get().choice?.folderName).toBe('ct');
  expect(said()).toEqual([]);
  await dropped('ct/IM1', 'liver.nii.gz');
  expect(said()).toEqual([expect.stringMatching(/^liver\.nii\.gz was not opened.*drop it once more/)]);
  await dropped('IM1', 'IM2', 'a.plan.json', 'liver.nii');
  expect(said().at(-1)).toMatch(/^2 masks and plans \(a\.plan\.json, …\)/);
  expect(session.get().choice?.folderName).toBe('4 files');
});
