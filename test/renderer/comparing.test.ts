import { describe, expect, it } from 'vitest';
import type { CallOptions } from '../../src/boundary/index.ts';
import { failure } from '../../src/volume/index.ts';
import { openBeside } from '../../renderer/commands/comparing.ts';
import type { CommandContext } from '../../renderer/commands/context.ts';
import type { SessionState } from '../../renderer/session.ts';
import { madeWorld } from './made-world.ts';

/** A world with two series side by side to come, whose second one loads until it is cancelled. */
function loadingBeside() {
  const world = madeWorld();
  const { session } = world;
  session.look({ layout: 'pair', compared: null });
  const asked: CallOptions[] = [];
  const context: CommandContext = {
    ...world.context,
    compute: {
      ...world.context.compute,
      loadBeside: (_, options = {}) => {
        asked.push(options);
        return new Promise((resolve) => {
          options.signal?.onCancel(() => resolve(failure('cancelled', 'Cancelled.')));
        });
      },
    },
  };
  const own = session.get().openCase!.entry;
  const done = openBeside(context, { ...own, volumeId: '7.8.9' });
  expect(session.get().tasks.map(({ title }) => title)).toEqual(['Load Portal venous']);
  expect(asked.length).toBe(1);
  return { session, done, isCancelled: () => asked[0]!.signal!.cancelled };
}

describe('a second series that is being loaded', () => {
  it.each([
    ['another layout', (state: SessionState) => ({ ...state, view: { ...state.view, layout: 'four' as const } })],
    ['leaving the case', (state: SessionState) => ({ ...state, openCase: null })],
    [
      'another case',
      (state: SessionState) => ({
        ...state,
        openCase: { ...state.openCase!, volume: { ...state.openCase!.volume } },
      }),
    ],
  ])('is cancelled by %s, without a word', async (_, change) => {
    const { session, done, isCancelled } = loadingBeside();
    session.update(change);
    expect(isCancelled()).toBe(true);
    await done;
    expect(session.get().tasks).toEqual([]);
    expect(session.get().view.compared).toBeNull();
    expect(session.get().messages).toEqual([]);
  });

  it('goes on while other things of the view change', async () => {
    const { session, done, isCancelled } = loadingBeside();
    session.look({ pairPlane: 'coronal', tool: 'zoom' });
    expect(isCancelled()).toBe(false);
    session.get().tasks[0]!.cancel!();
    await done;
  });
});
