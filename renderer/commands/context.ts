import type { SurgeonGuess } from '../../src/assessment/index.ts';
import type { ComputeApi, Connected, FolderSource, HostApi, LoadedSeries } from '../../src/boundary/index.ts';
import type { Edit, Plan } from '../../src/plan/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import type { GuessSettings, Session, Theme } from '../session.ts';
import type { Place } from './workflow.ts';

/** The host's calls and its store of plan files, as commands use them. */
export interface HostAccess {
  readonly api: HostApi;
  readonly readPlan: (id: string) => Promise<Outcome<Uint8Array>>;
  readonly writePlan: (
    id: string,
    bytes: Uint8Array,
    about: { readonly title: string; readonly grant: string | null },
  ) => Promise<Outcome<null>>;
  readonly writeThumbnail: (id: string, png: Uint8Array) => Promise<Outcome<null>>;
  /** One file of a granted folder, by its path below it. */
  readonly readFile: (grant: string, name: string) => Promise<Outcome<Uint8Array>>;
}

/** What the page can do beside: dialogs and files of the browser, the clock, new identifiers. */
export interface PageAccess {
  /** Asks for a file, or for as many as wanted; empty when the user cancels. `accept` as in an input element. */
  readonly pickFiles: (accept: string, many?: boolean) => Promise<readonly File[]>;
  readonly download: (name: string, bytes: Uint8Array, type: string) => void;
  /** Brings a place of the screen into sight and gives its first control the focus. */
  readonly goTo: (place: Place) => void;
  /** Dresses the page in a theme and remembers it on this computer. */
  readonly wear: (theme: Theme) => void;
  /** Remembers on this computer whether the estimate is asked for, and of whom. */
  readonly rememberGuess: (settings: GuessSettings) => void;
  readonly copyText: (text: string) => Promise<Outcome<null>>;
  /** ISO 8601 with offset. */
  readonly now: () => string;
  readonly newId: () => string;
}

/** The document's only writer: edits with their history. */
export interface CaseKeeper {
  /** Starts a case on a loaded series with its plan; `saved` says whether the plan lies in the store as it is. */
  readonly start: (loaded: LoadedSeries, plan: Plan, saved: boolean) => void;
  readonly close: () => void;
  /** Carries out the edit that `make` builds from the present plan, as one undoable step. Nothing happens without an open case. */
  readonly edit: (make: (plan: Plan) => Edit) => void;
  /** Keeps the surgeon's guess with the plan, once and for good: it is not undone. */
  readonly guess: (given: SurgeonGuess) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Stores what is shown now with `write`; true when nothing changed meanwhile and it is the stored state. */
  readonly store: (write: (plan: Plan) => Promise<boolean>) => Promise<boolean>;
}

/** Where the open case came from and the name under which it is stored. */
export interface Origin {
  readonly source: FolderSource<File>;
  readonly folderName: string;
  readonly planId: string;
}

/** A stored plan that waits for its series. */
export interface WaitingPlan {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly seriesInstanceUid: string;
}

/** Everything a command may touch. */
export interface CommandContext {
  readonly session: Session;
  readonly compute: Connected<ComputeApi<File>>;
  readonly host: HostAccess;
  readonly page: PageAccess;
  readonly keeper: CaseKeeper;
  /** The folder on screen; null on the start page. */
  origin: Origin | null;
  /** What was asked for last to be opened or left: an opening that still runs for anything else is given up. */
  opening?: object | null;
  /** A stored plan whose folder is not known: it opens with its series, wherever that is found. */
  waitingPlan?: WaitingPlan | null;
}
