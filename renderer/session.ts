import { ruleBase } from '../src/assessment/index.ts';
import type { Assessment, CaseAssessment, RuleBase, SurgeonGuess } from '../src/assessment/index.ts';
import type { About, LoadedSeries, PlanSurfaces, Progress, RecentPlan, Thumbnail } from '../src/boundary/index.ts';
import type { SeriesEntry, Suggestion } from '../src/dicom/index.ts';
import type { PlaneCut, Volumetry } from '../src/liver/index.ts';
import type { Rotation, SliceViewName, WorldPoint, WorldVector } from '../src/geometry/index.ts';
import type { CountedPlan, Plan } from '../src/plan/index.ts';
import type { SegmentationRequest } from '../src/segmentation/index.ts';
import type { Ellipse, SlabMode, Trouble, Volume } from '../src/volume/index.ts';

export type ViewName = SliceViewName | 'volume';

/** A frame on the screen: a view of the open series, or of the one compared with it. */
export type FrameName = ViewName | 'compared';

/** What fills the middle of the workspace. */
export type PageName = 'pictures' | 'assessment';

/** The parts of the assessment page. */
export type AssessmentTab = 'verdict' | 'patient' | 'options' | 'timing';

/** What the left mouse button does in a 2D view. */
export type Tool =
  | 'crosshair'
  | 'window'
  | 'pan'
  | 'zoom'
  | 'brush'
  | 'eraser'
  | 'threshold'
  | 'outline'
  | 'plane'
  | 'ruler'
  | 'angle'
  | 'region';

/** How the views share the screen: 2 × 2, one large beside three, the three slices, 3D alone, or two series side by side. */
export type Layout = 'four' | 'large' | 'slices' | 'volume' | 'pair';

/** A second series beside the open one: only looked at, never planned on. */
export interface ComparedSeries {
  readonly entry: SeriesEntry;
  readonly volume: Volume;
  readonly window: ViewState['window'];
  /** Whether its coordinates are those of the open series: the same frame of reference. */
  readonly isSameFrame: boolean;
  /** The place it looks at while it is not linked, LPS mm of its own frame. */
  readonly place: WorldPoint;
  /** While linked: its place less that of the open series, mm; 0 in the same frame. Null while each is scrolled on its own. */
  readonly offset: WorldVector | null;
}

/** A measurement drawn in a 2D view; what it measures is computed from it and the voxels. An angle's second point is its vertex. */
export type Measurement = { readonly id: number } & (
  | { readonly kind: 'ruler'; readonly points: readonly [WorldPoint, WorldPoint] }
  | { readonly kind: 'angle'; readonly points: readonly [WorldPoint, WorldPoint, WorldPoint] }
  | { readonly kind: 'region'; readonly ellipse: Ellipse }
);

/** What lay under the mouse when the menu of a view was asked for. */
export interface ViewMenu {
  readonly view: ViewName;
  /** Where the menu opens, CSS pixels of the window. */
  readonly at: readonly [x: number, y: number];
  /** The place in the patient; null in 3D. */
  readonly place: WorldPoint | null;
  /** The label of the voxel there; 0 for none. */
  readonly label: number;
  /** The measurement within reach, by its id. */
  readonly measurement: number | null;
}

/** View state: neither undone nor saved. */
export interface ViewState {
  readonly page: PageName;
  readonly assessmentTab: AssessmentTab;
  readonly tool: Tool;
  /** The view that fills the screen, or null for the layout. */
  readonly maximised: ViewName | null;
  readonly layout: Layout;
  /** The view that is large in the layout `large`. */
  readonly mainView: ViewName;
  /** The plane of two series side by side. */
  readonly pairPlane: SliceViewName;
  /** The series beside the open one; null until one is chosen. */
  readonly compared: ComparedSeries | null;
  /** The 2D view that had the focus last: keys step and measure in it. */
  readonly focusedView: SliceViewName | 'compared';
  /** How the crosshair and with it the 2D views are turned; null while they follow the grid. */
  readonly turn: Rotation | null;
  /** The thick slab the 2D views show, or null for the plane alone. */
  readonly slab: SlabMode | null;
  readonly slabMm: number;
  /** Texts, letters and scale bars on the pictures. */
  readonly showTexts: boolean;
  readonly measurements: readonly Measurement[];
  /** The points of a measurement set by keys that waits for more. */
  readonly keyPoints: readonly WorldPoint[];
  readonly menu: ViewMenu | null;
  /** Window centre and width in the volume's unit. */
  readonly window: { readonly centre: number; readonly width: number };
  /** The place all views look at, LPS mm; null before a series is loaded. */
  readonly crosshair: WorldPoint | null;
  readonly showCrosshair: boolean;
  readonly brushRadiusMm: number;
  /** True paints a ball, false a disc in the view's plane. */
  readonly brushBall: boolean;
  readonly thresholdRange: readonly [low: number, high: number];
  /** The label painted with. */
  readonly activeLabel: number;
  readonly overlayOpacity: number;
  /** Labels not drawn. */
  readonly hiddenLabels: readonly number[];
  /** How solid structures are, 0 … 1 by label, where it is not the usual (see `structure-look.ts`). */
  readonly opacities: Readonly<Record<number, number>>;
  /** Outlines drawn with the outline tool and not yet applied. */
  readonly outlines: readonly {
    readonly axis: 0 | 1 | 2;
    readonly slice: number;
    readonly points: readonly WorldPoint[];
  }[];
  /** A cutting plane under the mouse: shown at once, recorded as one edit when released. */
  readonly draggedCut: { readonly index: number; readonly cut: PlaneCut } | null;
}

/** The open series with its plan. */
export interface OpenCase extends LoadedSeries {
  readonly plan: Plan;
  /** Grows with each change of the label voxels (they change in place). */
  readonly labelsVersion: number;
  /** Slices (k) touched by the last change; null = all. */
  readonly changedSlices: readonly number[] | null;
  readonly canUndo: string | null;
  readonly canRedo: string | null;
  /** Whether the stored plan file is behind. */
  readonly saved: 'saved' | 'unsaved' | 'saving';
}

/** Computed from the case, never stored as truth. */
export interface Derived {
  readonly volumetry: Volumetry | null;
  readonly assessment: Assessment | null;
  /** The assessment with all that stands beside it: inputs, quantities, verdict sheet, dates, growth. */
  readonly clinical: CaseAssessment | null;
  readonly surfaces: PlanSurfaces | null;
}

/** Work in progress, shown in one place with its cancel. */
export interface RunningTask extends Progress {
  readonly id: number;
  readonly title: string;
  readonly cancel: (() => void) | null;
}

export interface SeriesChoice {
  readonly folderName: string;
  readonly entries: readonly SeriesEntry[];
  readonly thumbnails: readonly (Thumbnail | null)[];
  /** Files that are no images or could not be read. */
  readonly skipped: number;
  /** The volume to look at first, with the reason; null when none can be opened. */
  readonly best: Suggestion | null;
}

/** A question or sheet over the screen; at most one at a time. */
export type Dialog =
  | { readonly kind: 'folders' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'messages' }
  /** A mask file was picked; what it shows is asked for. `labels` are the values in it. */
  | {
      readonly kind: 'importMask';
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly labels: readonly number[];
      /** The structure proposed by the file's name; null when it does not say. */
      readonly label: number | null;
    }
  | { readonly kind: 'exportMask' }
  | { readonly kind: 'review' }
  /** The guesses of this user, from the plans on this computer. */
  | { readonly kind: 'calibration'; readonly guesses: readonly SurgeonGuess[] };

/** A stored plan of the open case's patient, with its volumes as they were counted from it. */
export interface PatientPlan {
  readonly title: string;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly counted: CountedPlan;
}

/** Whether the estimate of the remnant is asked for before the figure is shown, and who gave one last. */
export interface GuessSettings {
  readonly asks: boolean;
  readonly by: string;
}

/** The dark reading room, or the light one for a bright office. */
export type Theme = 'dark' | 'light';

/** The state of the case that the last report was written of. */
export interface ReportedState {
  readonly plan: Plan;
  readonly labelsVersion: number;
}

/** A sentence to the user, with the moment it was said (ISO 8601). */
export interface Notice extends Trouble {
  readonly id: number;
  readonly tone: 'error' | 'info';
  readonly at: string;
}

/** Everything the screen shows. Immutable but for the voxel buffers inside `openCase`. */
export interface SessionState {
  readonly about: About | null;
  readonly screen: 'start' | 'series' | 'workspace';
  readonly recent: readonly RecentPlan[];
  readonly choice: SeriesChoice | null;
  readonly openCase: OpenCase | null;
  readonly view: ViewState;
  /** The rules in force: Remnant's own, or a department's. */
  readonly rules: RuleBase;
  /** Why the rules kept on this computer are not in force; null when nothing is wrong with them. */
  readonly rulesTrouble: string | null;
  readonly derived: Derived;
  /** Stored plans of the open case's patient; null before they were looked for. */
  readonly patientPlans: readonly PatientPlan[] | null;
  readonly guessing: GuessSettings;
  readonly dialog: Dialog | null;
  readonly theme: Theme;
  /** The step of the tour on screen, from 0; null outside of it. */
  readonly tourStep: number | null;
  /** What the last report says; null when none was written of the open case. */
  readonly reported: ReportedState | null;
  readonly tasks: readonly RunningTask[];
  /** Sentences the user has not dismissed yet, newest last. */
  readonly notices: readonly Notice[];
  /** Every sentence since the start, newest last; bounded. */
  readonly messages: readonly Notice[];
}

/** What the viewer asks for after a gesture; the composition root answers. */
export interface GestureRequests {
  /** A finished stroke, outline and so on; the answer arrives as an edit of the case. A promise tells when a stroke's preview can go. */
  readonly segment: (request: SegmentationRequest, label: string) => unknown;
  /** The dragged plane is let go: one edit. */
  readonly placeCut: (index: number, cut: PlaneCut) => void;
  /** Says why a gesture did nothing. */
  readonly explain?: (why: Trouble) => void;
}

/** The live state with its listeners. The only writer of state is `update`; the rules of what changes are in `commands`. */
export interface Session {
  readonly get: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Replaces the state by `change(state)` and tells the listeners when it is another object. */
  readonly update: (change: (state: SessionState) => SessionState) => void;
  /** Shorthand for the view part. */
  readonly look: (change: Partial<ViewState>) => void;
}

export const initialView: ViewState = {
  page: 'pictures',
  assessmentTab: 'verdict',
  tool: 'crosshair',
  maximised: null,
  layout: 'four',
  mainView: 'axial',
  pairPlane: 'axial',
  compared: null,
  focusedView: 'axial',
  turn: null,
  slab: null,
  slabMm: 10,
  showTexts: true,
  measurements: [],
  keyPoints: [],
  menu: null,
  window: { centre: 100, width: 350 },
  crosshair: null,
  showCrosshair: true,
  brushRadiusMm: 10,
  brushBall: false,
  thresholdRange: [80, 200],
  activeLabel: 1,
  overlayOpacity: 0.4,
  hiddenLabels: [],
  opacities: {},
  outlines: [],
  draggedCut: null,
};

export const nothingDerived: Derived = { volumetry: null, assessment: null, clinical: null, surfaces: null };

export const initialState: SessionState = {
  about: null,
  screen: 'start',
  recent: [],
  choice: null,
  openCase: null,
  view: initialView,
  rules: ruleBase,
  rulesTrouble: null,
  derived: nothingDerived,
  patientPlans: null,
  guessing: { asks: false, by: '' },
  dialog: null,
  theme: 'dark',
  tourStep: null,
  reported: null,
  tasks: [],
  notices: [],
  messages: [],
};

/** A session that starts from `start`. */
export function createSession(start: SessionState = initialState): Session {
  let state = start;
  const listeners = new Set<() => void>();
  const update: Session['update'] = (change) => {
    const next = change(state);
    if (next === state) return;
    state = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    update,
    look: (change) => update((now) => ({ ...now, view: { ...now.view, ...change } })),
  };
}
