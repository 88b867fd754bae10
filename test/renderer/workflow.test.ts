import { describe, expect, it } from 'vitest';
import type { Assessment, Missing } from '../../src/assessment/index.ts';
import { direction, worldPoint } from '../../src/geometry/index.ts';
import { liverLabel, tumourLabel } from '../../src/liver/index.ts';
import { createPlan } from '../../src/plan/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import { nextStep, workflow } from '../../renderer/commands/workflow.ts';
import type { StepId } from '../../renderer/commands/workflow.ts';
import { initialState, nothingDerived } from '../../renderer/session.ts';
import type { OpenCase, SessionState } from '../../renderer/session.ts';

const empty = createPlan({ seriesInstanceUid: '1.2.3', fingerprint: 'f', description: 'Portal venous' });
const cut = { kind: 'plane', point: worldPoint(1, 2, 3), normal: direction(1, 0, 0), resect: 'negative' } as const;
const signed: Partial<Plan> = { segmentation: { ...empty.segmentation, reviewedBy: 'Dr. Eva Prüferin' } };

interface Made {
  readonly plan?: Partial<Plan>;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly missing?: readonly Missing[];
  readonly light?: Assessment['overall']['light'];
}

/** A state with an open case; only what the steps look at is made. */
function made({ plan = {}, volumes, missing = [], light = 'grey' }: Made = {}): SessionState {
  const openCase = { plan: { ...empty, ...plan }, labelsVersion: 7 } as OpenCase;
  const none = { totalMl: 0, vesselMl: 0, tumours: [], remnantMl: null, resectedMl: null, tumourLeftMl: null };
  const volumetry = { ...none, ...volumes } as unknown as SessionState['derived']['volumetry'];
  const assessment = { overall: { light, missing } } as unknown as Assessment;
  return { ...initialState, screen: 'workspace', openCase, derived: { ...nothingDerived, volumetry, assessment } };
}

const step = (state: SessionState, id: StepId) => workflow(state).find((one) => one.id === id)!;

describe('the workflow', () => {
  it('begins with the series', () => {
    expect(workflow(initialState).map((one) => one.state)).toEqual(Array(7).fill('todo'));
    expect(nextStep(workflow(initialState))?.id).toBe('series');
    const choosing = {
      ...initialState,
      choice: { folderName: 'a', entries: [], thumbnails: [], skipped: 0, best: null },
    };
    expect(step(choosing, 'series').state).toBe('progress');
    expect(step(made(), 'series')).toEqual({ id: 'series', state: 'done', missing: null, place: 'series' });
  });

  it('wants the liver first, then the name of who reviewed it', () => {
    expect(step(made(), 'liver')).toMatchObject({ state: 'todo', place: 'structures' });
    const volumes = { totalMl: 1417 };
    expect(step(made({ volumes }), 'liver')).toMatchObject({ state: 'review', place: 'review' });
    expect(step(made({ volumes, plan: signed }), 'liver').state).toBe('done');
  });

  it('takes a liver without lesions for done only when somebody reviewed it, and names an empty lesion', () => {
    const volumes = { totalMl: 1417 };
    expect(step(made({ volumes }), 'lesions').state).toBe('todo');
    expect(step(made({ volumes, plan: signed }), 'lesions').state).toBe('done');
    const structures = [
      { label: liverLabel, name: 'Liver' },
      { label: tumourLabel(2), name: 'Segment VII' },
    ];
    expect(step(made({ volumes, plan: { structures } }), 'lesions')).toMatchObject({ state: 'progress' });
    expect(step(made({ volumes, plan: { structures } }), 'lesions').missing).toContain('Segment VII');
    const painted = { ...volumes, tumours: [{ label: tumourLabel(2), volumeMl: 3.7 }] };
    expect(step(made({ volumes: painted, plan: { structures } }), 'lesions').state).toBe('review');
    expect(step(made({ volumes: painted, plan: { ...signed, structures } }), 'lesions').state).toBe('done');
  });

  it('looks at the vessels likewise', () => {
    expect(step(made(), 'vessels').state).toBe('todo');
    expect(step(made({ volumes: { vesselMl: 41 } }), 'vessels').state).toBe('review');
    expect(step(made({ volumes: { vesselMl: 41 }, plan: signed }), 'vessels').state).toBe('done');
  });

  it('takes a resection for done when it divides the liver and takes the tumour with it', () => {
    const divided = { totalMl: 1417, remnantMl: 480, resectedMl: 937 };
    const plan = { cuts: [cut] };
    expect(step(made({ volumes: divided }), 'resection').state).toBe('todo');
    expect(step(made({ plan }), 'resection')).toMatchObject({ state: 'progress', place: 'structures' });
    const beside = { totalMl: 1417, remnantMl: 1417, resectedMl: 0 };
    expect(step(made({ plan, volumes: beside }), 'resection').state).toBe('progress');
    expect(step(made({ plan, volumes: { ...divided, tumourLeftMl: 2.3 } }), 'resection').state).toBe('review');
    expect(step(made({ plan, volumes: divided }), 'resection').state).toBe('done');
  });

  it('asks for one input of the verdict at a time, where it is given', () => {
    expect(step(made({ missing: ['plan', 'parenchyma', 'phase'] }), 'assessment')).toMatchObject({
      state: 'todo',
      place: 'parenchyma',
      missing: 'State the parenchyma.',
    });
    const normal: Made = { plan: { parenchyma: 'normal' }, missing: ['review', 'phase', 'body_size'] };
    expect(step(made(normal), 'assessment')).toMatchObject({ state: 'progress', place: 'phase' });
    expect(step(made({ ...normal, missing: ['body_size', 'bile'] }), 'assessment').place).toBe('size');
    expect(step(made({ ...normal, missing: ['bile'] }), 'assessment').place).toBe('confirm');
    expect(step(made({ ...normal, missing: ['review'] }), 'assessment').state).toBe('review');
    expect(step(made({ ...normal, missing: [], light: 'amber' }), 'assessment').state).toBe('done');
  });

  it('asks for the report anew when the plan or the masks changed since', () => {
    const state = made({ volumes: { totalMl: 1417 } });
    const { plan } = state.openCase!;
    expect(step(state, 'report').state).toBe('todo');
    expect(step({ ...state, reported: { plan, labelsVersion: 7 } }, 'report').state).toBe('done');
    expect(step({ ...state, reported: { plan, labelsVersion: 6 } }, 'report').state).toBe('review');
    expect(step({ ...state, reported: { plan: { ...plan }, labelsVersion: 7 } }, 'report').state).toBe('review');
  });

  it('says what is missing of every step that is not done, in a sentence, and nothing of one that is', () => {
    const states = [
      initialState,
      made(),
      made({ plan: { cuts: [cut] }, volumes: { totalMl: 9 } }),
      made({ plan: signed }),
    ];
    for (const one of states.flatMap(workflow)) {
      if (one.state === 'done') expect(one.missing).toBeNull();
      else expect(one.missing).toMatch(/^\S.*\.$/);
    }
  });
});
