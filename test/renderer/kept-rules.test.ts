import { describe, expect, it } from 'vitest';
import { ruleBase } from '../../src/assessment/index.ts';
import { changePlan } from '../../src/plan/index.ts';
import { failure, success } from '../../src/volume/index.ts';
import { perform } from '../../renderer/commands/command.ts';
import { commandById } from '../../renderer/commands/list.ts';
import { openPlanBytes } from '../../renderer/commands/opening.ts';
import { allRemarks } from '../../renderer/commands/reporting.ts';
import { restoreRules } from '../../renderer/commands/rule-commands.ts';
import { save } from '../../renderer/commands/saving.ts';
import { madeWorld } from './made-world.ts';

const text = JSON.stringify({
  ...{ format: 'remnant-rules', name: 'Ward 9', version: '4', reviewer: 'Dr Own', mode: 'extend' },
  leaveOut: [],
});

/** A world whose host keeps rules as a real one does. */
function keepingWorld(kept: string | null = null) {
  const world = madeWorld();
  const host = { kept };
  Object.assign(world.context.host.api, {
    keptRules: () => Promise.resolve(success(host.kept)),
    keepRules: (request: { readonly text: string }) => {
      host.kept = request.text;
      return Promise.resolve(success(null));
    },
    forgetRules: () => {
      host.kept = null;
      return Promise.resolve(success(null));
    },
  });
  const notices = () => world.session.get().notices.map(({ code, tone, message }) => ({ code, tone, message }));
  const remarks = () => {
    const { openCase, rules } = world.session.get();
    return allRemarks(openCase!, null, null, rules).map(({ code }) => code);
  };
  return { ...world, host, notices, remarks };
}

describe('the rules kept on this computer', () => {
  it('are kept as they were chosen, in force again at the next start, and gone with the built-in ones', async () => {
    const first = keepingWorld();
    first.pick('rules.json', new TextEncoder().encode(text));
    await perform(commandById('rules.department'), first.context);
    expect(first.host.kept).toBe(text);
    const second = keepingWorld(first.host.kept);
    await restoreRules(second.context);
    expect(second.session.get().rules).toMatchObject({ name: 'Ward 9', version: '4' });
    expect(second.notices()).toMatchObject([{ code: 'rules_in_force', tone: 'info' }]);
    await perform(commandById('rules.builtIn'), second.context);
    expect([second.session.get().rules, second.host.kept]).toEqual([ruleBase, null]);
    const third = keepingWorld(second.host.kept);
    await restoreRules(third.context);
    expect([third.session.get().rules, third.notices()]).toEqual([ruleBase, []]);
  });

  it.each([
    ['that are no JSON', 'rules', /not valid JSON/],
    ['with a row at fault', text.replace('"leaveOut":[]', '"leaveOut":["no-such-row"]'), /no-such-row/],
    ['that are empty', '', /not valid JSON/],
  ])('%s are said, the built-in ones are in force, and they can be let go', async (_, kept, reason) => {
    const world = keepingWorld(kept);
    await restoreRules(world.context);
    expect(world.session.get().rules).toBe(ruleBase);
    const [notice] = world.notices();
    expect(notice).toMatchObject({ code: 'kept_rules_not_used', tone: 'error' });
    expect(notice!.message).toMatch(/built-in rules are in force/);
    expect(notice!.message).toMatch(reason);
    expect(world.session.get().rulesTrouble).toBe(notice!.message);
    expect(world.host.kept).toBe(kept);
    await perform(commandById('rules.builtIn'), world.context);
    expect([world.host.kept, world.session.get().rulesTrouble]).toEqual([null, null]);
  });

  it('that the host can not read are said', async () => {
    const world = keepingWorld();
    Object.assign(world.context.host.api, {
      keptRules: () => Promise.resolve(failure('rules_unreadable', 'The file of the kept rules can not be read.')),
    });
    await restoreRules(world.context);
    expect(world.notices()).toMatchObject([{ code: 'kept_rules_not_used', tone: 'error' }]);
  });

  it('that can not be kept are in force all the same, and it is said for how long', async () => {
    const world = keepingWorld();
    Object.assign(world.context.host.api, {
      keepRules: () => Promise.resolve(failure('host_failed', 'The disk is full.')),
    });
    world.pick('rules.json', new TextEncoder().encode(text));
    await perform(commandById('rules.department'), world.context);
    expect(world.session.get().rules.name).toBe('Ward 9');
    expect(world.notices()).toMatchObject([{ code: 'rules_not_kept', tone: 'error' }]);
    expect(world.notices()[0]!.message).toMatch(/only until this window closes.*The disk is full/);
  });

  it('that broke are replaced by others, and nothing is wrong any more', async () => {
    const world = keepingWorld('rules');
    await restoreRules(world.context);
    world.pick('rules.json', new TextEncoder().encode(text));
    await perform(commandById('rules.department'), world.context);
    expect([world.session.get().rules.name, world.session.get().rulesTrouble]).toEqual(['Ward 9', null]);
  });
});

describe('a plan stored under other rules', () => {
  it('says so when it opens and beside its figures; under the same rules nothing is said', async () => {
    const world = keepingWorld(text);
    await restoreRules(world.context);
    world.context.keeper.edit((plan) => changePlan(plan, { weightKg: 71 }, 'Weigh'));
    expect(await save(world.context)).toBe(true);
    const bytes = world.stored.get('plan')!;
    await openPlanBytes(world.context, 'same.json', bytes.slice());
    expect(world.remarks()).not.toContain('other_rules');
    await perform(commandById('rules.builtIn'), world.context);
    // Of the plan on the screen it is true at once, and of the file whenever it opens.
    expect(world.remarks()).toContain('other_rules');
    world.session.update((state) => ({ ...state, notices: [] }));
    await openPlanBytes(world.context, 'other.json', bytes.slice());
    expect(world.remarks()).toContain('other_rules');
    const said = world.notices().find(({ code }) => code === 'other_rules');
    expect(said?.message).toMatch(/Ward 9 4, extending .*In force now: Remnant rule base/);
    await save(world.context);
    await openPlanBytes(world.context, 'again.json', world.stored.get('id')!.slice());
    expect(world.remarks()).not.toContain('other_rules');
  });
});
