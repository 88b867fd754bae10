import {
  isSaved,
  markSaved,
  openDocument,
  perform,
  recordGuess,
  redo,
  redoLabel,
  undo,
  undoLabel,
} from '../../src/plan/index.ts';
import type { Document } from '../../src/plan/index.ts';
import { changedSlices } from '../../src/volume/index.ts';
import type { VoxelPatch } from '../../src/volume/index.ts';
import { nothingDerived } from '../session.ts';
import type { OpenCase, Session } from '../session.ts';
import type { CaseKeeper } from './context.ts';

/** Keeps the document with its history and mirrors it into the session: the only place where labels change. */
export function createCaseKeeper(session: Session): CaseKeeper {
  let document: Document | null = null;
  let storing = false;

  const savedNow = (): OpenCase['saved'] => {
    if (storing) return 'saving';
    return document !== null && isSaved(document) ? 'saved' : 'unsaved';
  };
  const show = (change: Partial<OpenCase>): void => {
    session.update((state) => {
      if (state.openCase === null || document === null) return state;
      const { plan } = document;
      const mirrored = { plan, canUndo: undoLabel(document), canRedo: redoLabel(document), saved: savedNow() };
      return { ...state, openCase: { ...state.openCase, ...mirrored, ...change } };
    });
  };
  const follow = (next: Document | null, patch: VoxelPatch | null): void => {
    if (next === null || next === document) return;
    document = next;
    const { openCase } = session.get();
    if (patch === null || openCase === null) show({});
    else {
      const slices = changedSlices(openCase.labels.grid, patch);
      show({ labelsVersion: openCase.labelsVersion + 1, changedSlices: slices });
    }
  };

  return {
    start: (loaded, plan, saved) => {
      document = openDocument(plan, loaded.labels, { saved });
      const version = session.get().openCase?.labelsVersion ?? 0;
      const openCase: OpenCase = {
        entry: loaded.entry,
        volume: loaded.volume,
        labels: loaded.labels,
        fingerprint: loaded.fingerprint,
        plan,
        labelsVersion: version + 1,
        changedSlices: null,
        canUndo: null,
        canRedo: null,
        saved: saved ? 'saved' : 'unsaved',
      };
      session.update((state) => ({ ...state, openCase, derived: nothingDerived, patientPlans: null, reported: null }));
    },
    close: () => {
      document = null;
      session.update((state) => ({
        ...state,
        openCase: null,
        derived: nothingDerived,
        patientPlans: null,
        reported: null,
      }));
    },
    edit: (make) => {
      if (document === null) return;
      const edit = make(document.plan);
      follow(perform(document, edit), edit.patch);
    },
    guess: (given) => {
      if (document !== null) follow(recordGuess(document, given), null);
    },
    undo: () => {
      const patch = document?.history.past.at(-1)?.edit.patch ?? null;
      if (document !== null) follow(undo(document), patch);
    },
    redo: () => {
      const patch = document?.history.future.at(-1)?.edit.patch ?? null;
      if (document !== null) follow(redo(document), patch);
    },
    store: async (write) => {
      const written = document;
      if (written === null) return false;
      storing = true;
      show({});
      const stored = await write(written.plan);
      storing = false;
      // Another case may have been opened meanwhile: its labels are others.
      const now = document;
      if (stored && now?.labels === written.labels) document = markSaved(now, written.state);
      show({});
      return stored && document !== null && isSaved(document);
    },
  };
}
