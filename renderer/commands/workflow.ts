import type { Missing } from '../../src/assessment/index.ts';
import { kindOf } from '../../src/liver/index.ts';
import type { OpenCase, SessionState } from '../session.ts';
import { texts } from '../texts.ts';

/** A place of the screen where something is supplied or shown. */
export type Place =
  | 'workflow'
  | 'patient'
  | 'figures'
  | 'series'
  | 'structures'
  | 'name'
  | 'tumours'
  | 'vessels'
  | 'resection'
  | 'views'
  | 'assessment'
  | 'verdict'
  | 'parenchyma'
  | 'function'
  | 'disease'
  | 'course'
  | 'augmentation'
  | 'options'
  | 'timing'
  | 'measurement'
  | 'phase'
  | 'size'
  | 'confirm'
  | 'spacing'
  | 'review'
  | 'report';

/** How far a step is; `review` = there is something, and somebody has to look at it. */
export type StepState = 'todo' | 'progress' | 'review' | 'done';

export type StepId = 'series' | 'liver' | 'lesions' | 'vessels' | 'resection' | 'assessment' | 'report';

/** One step of the work: how far it is, the one thing that is missing, and where that is supplied. */
export interface Step {
  readonly id: StepId;
  readonly state: StepState;
  /** A sentence; null when the step is done. */
  readonly missing: string | null;
  readonly place: Place;
}

type Progress = Omit<Step, 'id'>;
const say = texts.workflow.missing;

/** The steps that the app can carry out, in their usual order; any order of work is allowed. */
export function workflow(state: SessionState): readonly Step[] {
  const { openCase } = state;
  return [
    { id: 'series', ...series(state) },
    { id: 'liver', ...(openCase === null ? needsSeries('structures') : liver(state, openCase)) },
    { id: 'lesions', ...(openCase === null ? needsSeries('tumours') : lesions(state, openCase)) },
    { id: 'vessels', ...(openCase === null ? needsSeries('vessels') : vessels(state, openCase)) },
    { id: 'resection', ...(openCase === null ? needsSeries('resection') : resection(state, openCase)) },
    { id: 'assessment', ...(openCase === null ? needsSeries('assessment') : assessment(state, openCase)) },
    { id: 'report', ...(openCase === null ? needsSeries('report') : report(state, openCase)) },
  ];
}

/** The first step that is not done, or null. */
export function nextStep(steps: readonly Step[]): Step | null {
  return steps.find((step) => step.state !== 'done') ?? null;
}

function needsSeries(place: Place): Progress {
  return { state: 'todo', missing: say.series, place };
}

function series({ openCase, choice }: SessionState): Progress {
  if (openCase !== null) return { state: 'done', missing: null, place: 'series' };
  return choice === null ? needsSeries('series') : { state: 'progress', missing: say.choice, place: 'series' };
}

function hasLiver({ derived }: SessionState): boolean {
  return (derived.volumetry?.totalMl ?? 0) > 0;
}

/** What is there is done once somebody has put his name to it. */
function reviewed(openCase: OpenCase, place: Place): Progress {
  if (openCase.plan.segmentation.reviewedBy !== null) return { state: 'done', missing: null, place };
  return { state: 'review', missing: say.review, place: 'review' };
}

function liver(state: SessionState, openCase: OpenCase): Progress {
  if (!hasLiver(state)) return { state: 'todo', missing: say.liver, place: 'structures' };
  return reviewed(openCase, 'structures');
}

/** A liver without lesions (a donor's) is known by its review: until then nobody has said that there are none. */
function lesions({ derived }: SessionState, openCase: OpenCase): Progress {
  const named = openCase.plan.structures.filter((one) => kindOf(one.label) === 'tumour');
  const painted = derived.volumetry?.tumours ?? [];
  const empty = named.find(({ label }) => !painted.some((one) => one.label === label && one.volumeMl > 0));
  if (empty !== undefined) return { state: 'progress', missing: say.emptyLesion(empty.name), place: 'tumours' };
  if (named.length > 0 || openCase.plan.segmentation.reviewedBy !== null) return reviewed(openCase, 'tumours');
  return { state: 'todo', missing: say.lesions, place: 'tumours' };
}

function vessels({ derived }: SessionState, openCase: OpenCase): Progress {
  const isPainted = (derived.volumetry?.vesselMl ?? 0) > 0;
  if (isPainted || openCase.plan.segmentation.reviewedBy !== null) return reviewed(openCase, 'vessels');
  return { state: 'todo', missing: say.vessels, place: 'vessels' };
}

function resection(state: SessionState, openCase: OpenCase): Progress {
  const place = 'resection';
  if (openCase.plan.cuts.length === 0) return { state: 'todo', missing: say.cut, place };
  if (!hasLiver(state)) return { state: 'progress', missing: say.liver, place: 'structures' };
  const { remnantMl, resectedMl, tumourLeftMl } = state.derived.volumetry ?? {};
  if ((remnantMl ?? 0) === 0 || (resectedMl ?? 0) === 0) return { state: 'progress', missing: say.divides, place };
  if ((tumourLeftMl ?? 0) > 0) return { state: 'review', missing: say.tumourLeft, place };
  return { state: 'done', missing: null, place };
}

/** What other steps supply is no business of this one. */
const suppliedElsewhere: readonly Missing[] = ['liver', 'plan', 'review', 'tumour_in_remnant'];

/** Where each thing that a verdict may miss is supplied. */
export const suppliedAt: Readonly<Record<Missing, Place>> = {
  liver: 'structures',
  plan: 'resection',
  parenchyma: 'parenchyma',
  review: 'review',
  phase: 'phase',
  slice_spacing: 'spacing',
  body_size: 'size',
  tumour_in_remnant: 'resection',
  liver_state: 'parenchyma',
  inflow: 'confirm',
  outflow: 'confirm',
  bile: 'confirm',
  segments: 'confirm',
};

function assessment({ derived }: SessionState, { plan }: OpenCase): Progress {
  const place = 'assessment';
  const isTouched =
    plan.parenchyma !== 'unknown' || plan.phase !== null || plan.heightCm !== null || plan.confirmed.length > 0;
  const missing = (derived.assessment?.overall.missing ?? ['parenchyma']).filter(
    (code) => !suppliedElsewhere.includes(code),
  );
  const first = missing[0];
  if (first !== undefined) {
    return { state: isTouched ? 'progress' : 'todo', missing: say.input[first], place: suppliedAt[first] };
  }
  if (derived.assessment?.overall.light !== 'grey') return { state: 'done', missing: null, place };
  return {
    state: 'review',
    missing: derived.assessment.overall.missing.includes('review') ? say.review : say.verdict,
    place: 'review',
  };
}

function report(state: SessionState, openCase: OpenCase): Progress {
  const place = 'report';
  const { reported } = state;
  if (reported === null) return { state: 'todo', missing: hasLiver(state) ? say.report : say.liver, place };
  if (reported.plan === openCase.plan && reported.labelsVersion === openCase.labelsVersion) {
    return { state: 'done', missing: null, place };
  }
  return { state: 'review', missing: say.reportOld, place };
}
