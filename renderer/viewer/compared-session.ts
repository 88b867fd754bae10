import { createPlan } from '../../src/plan/index.ts';
import { comparedPlace, comparedTurn, lookInCompared } from '../linked-scroll.ts';
import type { ComparedSeries, OpenCase, Session, SessionState, Tool, ViewState } from '../session.ts';

/** Tools that only look; every other one moves the crosshair here, as nothing is drawn on the compared series. */
const lookingTools: readonly Tool[] = ['crosshair', 'window', 'pan', 'zoom'];

/**
 * The session as the compared series' view sees it: that series as the open case, without labels, cuts and measurements. Looking elsewhere
 * and another window are written back; everything else is not for this view to change.
 */
export function comparedSession(session: Session): Session {
  let seen: { readonly of: SessionState; readonly as: SessionState } | null = null;
  let shownCase: OpenCase | null = null;
  // Nobody asks any more once the comparison is left: its voxels must not wait here for the next one.
  session.subscribe(() => {
    if (session.get().view.compared !== null) return;
    seen = null;
    shownCase = null;
  });
  const caseOf = ({ entry, volume }: ComparedSeries): OpenCase => {
    if (shownCase?.volume === volume) return shownCase;
    const { header, volumeId } = entry;
    const fingerprint = '';
    shownCase = {
      entry,
      volume,
      fingerprint,
      // Never looked into: the overlay is off, and the menu is not offered.
      labels: { grid: volume.grid, values: new Uint8Array(0) },
      plan: createPlan({
        seriesInstanceUid: header.seriesInstanceUid,
        volumeId,
        fingerprint,
        description: header.description,
      }),
      labelsVersion: 0,
      changedSlices: null,
      canUndo: null,
      canRedo: null,
      saved: 'saved',
    };
    return shownCase;
  };
  const look = (state: SessionState): SessionState => {
    const { view, openCase } = state;
    const { compared } = view;
    if (compared === null || openCase === null) {
      shownCase = null;
      return { ...state, openCase: null };
    }
    return {
      ...state,
      openCase: caseOf(compared),
      view: {
        ...view,
        tool: lookingTools.includes(view.tool) ? view.tool : 'crosshair',
        window: compared.window,
        crosshair: comparedPlace(view, compared),
        turn: comparedTurn(view, openCase, compared),
        // In another frame the open series' crosshair would point at nothing.
        showCrosshair: view.showCrosshair && compared.isSameFrame,
        overlayOpacity: 0,
        measurements: [],
        keyPoints: [],
        outlines: [],
        draggedCut: null,
        menu: null,
      },
    };
  };
  return {
    get: () => {
      const of = session.get();
      if (seen?.of !== of) seen = { of, as: look(of) };
      return seen.as;
    },
    subscribe: session.subscribe,
    update: () => {
      throw new Error('The compared series changes nothing but where it looks');
    },
    look: (change: Partial<ViewState>) => {
      const { compared } = session.get().view;
      if (compared === null) return;
      if (change.window !== undefined) session.look({ compared: { ...compared, window: change.window } });
      else if (change.crosshair !== undefined && change.crosshair !== null)
        session.look(lookInCompared(compared, change.crosshair));
    },
  };
}
