import type { SurgeonGuess } from '../assessment/index.ts';
import { applyPatch, inversePatch, patchBytes } from '../volume/index.ts';
import type { Labels } from '../volume/index.ts';
import type { Edit } from './edit.ts';
import { lockedIn } from './lock.ts';
import type { Plan } from './plan.ts';
import { squashEdits } from './squash.ts';

/** An edit with the states it joins; a state is a number that is never given twice. */
interface Entry {
  readonly edit: Edit;
  readonly from: number;
  readonly to: number;
}

/** What can be undone and redone, bounded in bytes. */
export interface History {
  /** Oldest first. */
  readonly past: readonly Entry[];
  /** Next to be redone last. */
  readonly future: readonly Entry[];
  /** The most bytes that past and future hold together; the newest edit stays even when it alone is larger. */
  readonly limitBytes: number;
}

/** The plan with its labels and history. The labels change in place, and only through `perform`, `undo` and `redo`. */
export interface Document {
  readonly plan: Plan;
  readonly labels: Labels;
  readonly history: History;
  /** The present state; undo returns to an earlier number, an edit makes a new one. */
  readonly state: number;
  readonly nextState: number;
  /** The state in the plan file, or null when there is none. */
  readonly savedState: number | null;
}

/** What an edit holds beside its patch: two small plans that share most of their parts. */
export const editOverheadBytes = 1024;
/** Enough for some hundred strokes; a patch that rewrites a whole liver takes about 1 MB. */
export const defaultHistoryBytes = 64 * 1024 * 1024;

/** A document at its start: nothing to undo. `saved` says whether the plan comes from its file. */
export function openDocument(
  plan: Plan,
  labels: Labels,
  options: { readonly saved: boolean; readonly limitBytes?: number },
): Document {
  const limitBytes = options.limitBytes ?? defaultHistoryBytes;
  return {
    plan,
    labels,
    history: { past: [], future: [], limitBytes },
    state: 0,
    nextState: 1,
    savedState: options.saved ? 0 : null,
  };
}

/** Memory an edit holds in the history, in bytes. */
export function editBytes(edit: Edit): number {
  return editOverheadBytes + (edit.patch === null ? 0 : patchBytes(edit.patch));
}

/** Memory the history holds, in bytes. */
export function historyBytes({ past, future }: History): number {
  return [...past, ...future].reduce((bytes, { edit }) => bytes + editBytes(edit), 0);
}

/**
 * Applies an edit: labels change in place, the redo list is dropped, the oldest entries go when the history grows too large. Throws,
 * and changes nothing, when the edit was made from another plan, changes voxels under a review that it keeps, or changes a locked
 * structure.
 */
export function perform(document: Document, edit: Edit): Document {
  if (edit.before !== document.plan) throw new Error(`"${edit.label}" was made from another state of the plan`);
  const changesVoxels = edit.patch !== null && edit.patch.starts.length > 0;
  if (changesVoxels && edit.after.segmentation.reviewedBy !== null) {
    throw new Error(`"${edit.label}" changes voxels and must take the review back`);
  }
  if (edit.patch !== null && lockedIn(edit.before, edit.patch).length > 0) {
    throw new Error(`"${edit.label}" changes a locked structure`);
  }
  if (!changesVoxels && edit.after === edit.before) return document;
  if (edit.patch !== null) applyPatch(document.labels.values, edit.patch);
  const entry = { edit, from: document.state, to: document.nextState };
  return {
    ...document,
    plan: edit.after,
    history: bounded({ ...document.history, past: [...document.history.past, entry], future: [] }),
    state: entry.to,
    nextState: document.nextState + 1,
  };
}

/** Takes the last edit back; null when there is nothing to undo. */
export function undo(document: Document): Document | null {
  const entry = document.history.past.at(-1);
  if (entry === undefined) return null;
  if (entry.edit.patch !== null) applyPatch(document.labels.values, inversePatch(entry.edit.patch));
  const { past, future } = document.history;
  return {
    ...document,
    plan: withGuessOf(document.plan, entry.edit.before),
    history: { ...document.history, past: past.slice(0, -1), future: [...future, entry] },
    state: entry.from,
  };
}

/** Does the edit that was undone last again; null when there is none. */
export function redo(document: Document): Document | null {
  const entry = document.history.future.at(-1);
  if (entry === undefined) return null;
  if (entry.edit.patch !== null) applyPatch(document.labels.values, entry.edit.patch);
  const { past, future } = document.history;
  return {
    ...document,
    plan: withGuessOf(document.plan, entry.edit.after),
    history: { ...document.history, past: [...past, entry], future: future.slice(0, -1) },
    state: entry.to,
  };
}

/**
 * Records the surgeon's guess for good: no undo takes it back and no later one takes its place, since the figure that followed it can
 * not be unseen.
 */
export function recordGuess(document: Document, guess: SurgeonGuess): Document {
  if (document.plan.guess !== undefined) return document;
  // Each state changes with it, so each gets a number that no plan file holds.
  const shift = document.nextState;
  const renumber = (entry: Entry): Entry => ({ ...entry, from: entry.from + shift, to: entry.to + shift });
  const { past, future, limitBytes } = document.history;
  return {
    ...document,
    plan: { ...document.plan, guess },
    history: { past: past.map(renumber), future: future.map(renumber), limitBytes },
    state: document.state + shift,
    nextState: document.nextState + shift,
  };
}

function withGuessOf(now: Plan, to: Plan): Plan {
  return now.guess === to.guess || now.guess === undefined ? to : { ...to, guess: now.guess };
}

/** What undo would take back, e.g. "Brush liver", or null. */
export function undoLabel({ history }: Document): string | null {
  return history.past.at(-1)?.edit.label ?? null;
}

/** What redo would do again, or null. */
export function redoLabel({ history }: Document): string | null {
  return history.future.at(-1)?.edit.label ?? null;
}

/** The document as stored: undoing back to here is "saved" again. Give the state that was written when edits went on meanwhile. */
export function markSaved(document: Document, state: number = document.state): Document {
  return { ...document, savedState: state };
}

/** Whether the plan file holds exactly this state. */
export function isSaved({ state, savedState }: Document): boolean {
  return state === savedState;
}

/**
 * Folds the edits since `state` (the document's state when a gesture began) into one entry with one label. A state that the history
 * no longer reaches leaves the document as it is; a gesture without effect leaves no entry.
 */
export function foldSince(document: Document, state: number, label: string): Document {
  const { past } = document.history;
  const first = past.findIndex(({ from }) => from === state);
  if (first < 0) return document;
  const folded = past.slice(first);
  const edit = folded.map((entry) => entry.edit).reduce((before, after) => squashEdits(before, after, label));
  const rest = past.slice(0, first);
  if (edit.patch === null && edit.before === edit.after) {
    return { ...document, history: { ...document.history, past: rest }, state };
  }
  const entry = { edit: { ...edit, label }, from: state, to: document.state };
  return { ...document, history: bounded({ ...document.history, past: [...rest, entry] }) };
}

/** Gives a gesture up: everything since `state` is undone and can not be redone. */
export function abandonSince(document: Document, state: number): Document {
  if (!document.history.past.some(({ from }) => from === state)) return document;
  let now = document;
  while (now.state !== state) now = undo(now)!;
  return { ...now, history: { ...now.history, future: [] } };
}

function bounded(history: History): History {
  let bytes = historyBytes(history);
  let drop = 0;
  while (bytes > history.limitBytes && drop < history.past.length - 1) {
    bytes -= editBytes(history.past[drop]!.edit);
    drop += 1;
  }
  return drop === 0 ? history : { ...history, past: history.past.slice(drop) };
}
