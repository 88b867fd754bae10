import { expect, it } from 'vitest';
import { changePlan } from '../../src/plan/index.ts';
import { success } from '../../src/volume/index.ts';
import { save } from '../../renderer/commands/saving.ts';
import { madeWorld } from './made-world.ts';

it('a plan is stored again while the picture of the one before is still on its way', async () => {
  const { context, session } = madeWorld();
  const written: Uint8Array[] = [];
  let letPictureThrough = (): void => undefined;
  const picture = new Promise<void>((resolve) => {
    letPictureThrough = resolve;
  });
  let pictures = 0;
  Object.assign(context.host, {
    writePlan: (_: string, bytes: Uint8Array) => {
      written.push(bytes);
      return Promise.resolve(success(null));
    },
    writeThumbnail: async () => {
      pictures += 1;
      await picture;
      return success(null);
    },
  });
  const first = save(context);
  while (pictures === 0) await new Promise((next) => setImmediate(next));
  expect(session.get().openCase!.saved).toBe('saved');
  context.keeper.edit((plan) => changePlan(plan, { heightCm: 171 }, 'Set height'));
  // A waiter that looks only at kept promises would let nothing else happen: this line would never be passed.
  const others = [save(context), save(context)];
  while (pictures < 3) await new Promise((next) => setImmediate(next));
  expect([written.length, session.get().openCase!.saved]).toEqual([3, 'saved']);
  letPictureThrough();
  expect(await Promise.all([first, ...others])).toEqual([true, true, true]);
});
