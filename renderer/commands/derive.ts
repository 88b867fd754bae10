import { assessCase, emptyInputs } from '../../src/assessment/index.ts';
import type { CaseAssessment, RuleBase } from '../../src/assessment/index.ts';
import { bodySize } from '../../src/liver/index.ts';
import type { BodySize, Cut, Volumetry } from '../../src/liver/index.ts';
import type { OpenCase, Session, SessionState } from '../session.ts';
import type { CommandContext } from './context.ts';
import { keepSameMeshes } from './kept-surfaces.ts';
import { tell } from './notices.ts';

/** The cuts as the screen shows them: the dragged plane stands in for the one of the plan. */
export function shownCuts(state: SessionState): readonly Cut[] {
  const cuts = state.openCase?.plan.cuts ?? [];
  const dragged = state.view.draggedCut;
  if (dragged === null) return cuts;
  if (dragged.index >= cuts.length) return [...cuts, dragged.cut];
  return cuts.map((cut, index) => (index === dragged.index ? dragged.cut : cut));
}

/** Height and weight of the plan, or null while one is missing or implausible. */
function sizeOf(openCase: OpenCase): BodySize | null {
  const outcome = bodySize(openCase.plan.heightCm, openCase.plan.weightKg);
  return outcome.ok ? outcome.value : null;
}

/** Assesses the open case under `volumetry` by `rules`: a function of the plan, cheap enough for every change. */
export function assessedCase(openCase: OpenCase, volumetry: Volumetry, rules: RuleBase): CaseAssessment {
  const { plan, volume } = openCase;
  return assessCase(
    {
      volumetry,
      sliceSpacingMm: volume.grid.spacing[2],
      parenchyma: plan.parenchyma,
      reviewedBy: plan.segmentation.reviewedBy,
      phase: plan.phase,
      confirmed: plan.confirmed,
      inputs: plan.inputs ?? emptyInputs,
      size: sizeOf(openCase),
    },
    rules,
  );
}

function derivedFrom(clinical: CaseAssessment): Pick<SessionState['derived'], 'assessment' | 'clinical'> {
  return { assessment: clinical.assessment, clinical };
}

/** Runs `work` for the newest wish only: while one runs, later wishes replace each other and the last is done next. */
function newestOnly<Wish>(work: (wish: Wish) => Promise<void>): (wish: Wish) => void {
  let running = false;
  let next: { readonly wish: Wish } | null = null;
  const run = async (): Promise<void> => {
    running = true;
    try {
      while (next !== null) {
        const { wish } = next;
        next = null;
        await work(wish);
      }
    } finally {
      running = false;
    }
  };
  return (wish) => {
    next = { wish };
    if (!running) void run();
  };
}

interface Basis {
  readonly openCase: OpenCase;
  readonly cuts: readonly Cut[];
}

function setDerived(session: Session, openCase: OpenCase, change: Partial<SessionState['derived']>): void {
  session.update((state) =>
    state.openCase?.labels === openCase.labels ? { ...state, derived: { ...state.derived, ...change } } : state,
  );
}

/** Waits this long after the last change before the surfaces are made anew. */
const surfaceDelayMs = 250;

/**
 * Keeps volumetry, assessment and surfaces in step with the case, each for the newest state only. `onBusy` is told whether anything
 * is still being computed. Returns the way to stop.
 */
export function keepDerived(context: CommandContext, onBusy: (busy: boolean) => void): () => void {
  const { session, compute } = context;
  let open = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Surfaces that wait for their turn are work to come: the screen is not settled before they are drawn.
  const tellBusy = (): void => onBusy(open > 0 || timer !== undefined);
  const forgetSurfaces = (): void => {
    clearTimeout(timer);
    timer = undefined;
    tellBusy();
  };
  const busy = async (work: Promise<unknown>): Promise<void> => {
    open += 1;
    tellBusy();
    try {
      await work;
    } catch (bug) {
      console.error(bug);
      tell(
        session,
        { code: 'unexpected', message: 'The figures could not be computed. Save a copy and reopen.' },
        'error',
      );
    } finally {
      open -= 1;
      tellBusy();
    }
  };

  /** A wish that waited may be of a case that is closed by now. */
  const isOpen = ({ labels }: OpenCase): boolean => session.get().openCase?.labels === labels;
  const computeVolumetry = newestOnly<Basis>(({ openCase, cuts }) =>
    busy(
      (async () => {
        if (!isOpen(openCase)) return;
        const { labelsVersion } = openCase;
        const outcome = await compute.volumetry({ cuts, bodySize: sizeOf(openCase), labelsVersion });
        if (!outcome.ok) {
          if (outcome.error.code !== 'cancelled') tell(session, outcome.error, 'error');
          return;
        }
        const { openCase: now, rules } = session.get();
        if (now === null || now.labels !== openCase.labels) return;
        setDerived(session, openCase, {
          volumetry: outcome.value,
          ...derivedFrom(assessedCase(now, outcome.value, rules)),
        });
      })(),
    ),
  );
  const computeSurfaces = newestOnly<Basis>(({ openCase, cuts }) =>
    busy(
      (async () => {
        if (!isOpen(openCase)) return;
        const { labelsVersion } = openCase;
        const outcome = await compute.surfaces({ cuts, labelsVersion });
        if (outcome.ok) {
          setDerived(session, openCase, { surfaces: keepSameMeshes(session.get().derived.surfaces, outcome.value) });
        } else if (outcome.error.code !== 'cancelled') tell(session, outcome.error, 'error');
      })(),
    ),
  );

  let last = session.get();
  let areSurfacesStale = false;
  return session.subscribe(() => {
    const state = session.get();
    const before = last;
    last = state;
    const { openCase } = state;
    if (openCase === null) {
      if (timer !== undefined) forgetSurfaces();
      return;
    }
    const isNewCase = before.openCase?.labels !== openCase.labels;
    const labelsChanged = isNewCase || before.openCase.labelsVersion !== openCase.labelsVersion;
    const cuts = shownCuts(state);
    const cutsChanged = shownCuts(before) !== cuts && JSON.stringify(shownCuts(before)) !== JSON.stringify(cuts);
    const plan = openCase.plan;
    const old = before.openCase?.plan;
    const sizeChanged = old?.heightCm !== plan.heightCm || old.weightKg !== plan.weightKg;
    if (labelsChanged || cutsChanged || sizeChanged) computeVolumetry({ openCase, cuts });
    if (labelsChanged || plan.cuts !== old?.cuts) areSurfacesStale = true;
    if (areSurfacesStale && state.view.draggedCut === null) {
      areSurfacesStale = false;
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = undefined;
        computeSurfaces({ openCase, cuts: plan.cuts });
      }, surfaceDelayMs);
      tellBusy();
    }
    const { volumetry } = state.derived;
    if (!isNewCase && (old !== plan || before.rules !== state.rules) && volumetry !== null) {
      setDerived(session, openCase, derivedFrom(assessedCase(openCase, volumetry, state.rules)));
    }
  });
}
