import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  abandonSince,
  addCut,
  changePlan,
  changeVoxels,
  editBytes,
  editOverheadBytes,
  foldSince,
  historyBytes,
  importVoxels,
  isSaved,
  markSaved,
  openDocument,
  perform,
  recordGuess,
  redo,
  redoLabel,
  removeCut,
  replaceCut,
  undo,
  undoLabel,
} from '../../src/plan/index.ts';
import type { Document } from '../../src/plan/index.ts';
import { patchBetween } from '../../src/volume/index.ts';
import { madeLabels, madePlan } from './made-plan.ts';

const size = 7 * 5 * 4;

/** What a user may do: paint a stretch, change a plan field, undo, redo. */
type Step =
  | { readonly do: 'paint'; readonly from: number; readonly length: number; readonly label: number }
  | { readonly do: 'plan'; readonly weightKg: number }
  | { readonly do: 'undo' | 'redo' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('paint' as const),
      from: fc.nat(size - 1),
      length: fc.integer({ min: 1, max: 60 }),
      label: fc.constantFrom(0, 1, 2, 16, 17),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('plan' as const), weightKg: fc.integer({ min: 30, max: 99 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
);

function paint(document: Document, from: number, length: number, label: number): Document {
  const after = document.labels.values.slice();
  after.fill(label, from, from + length);
  return perform(document, changeVoxels(document.plan, patchBetween(document.labels.values, after), `Paint ${label}`));
}

function take(document: Document, next: Step): Document {
  switch (next.do) {
    case 'paint':
      return paint(document, next.from, next.length, next.label);
    case 'plan':
      return perform(document, changePlan(document.plan, { weightKg: next.weightKg }, 'Weight'));
    case 'undo':
      return undo(document) ?? document;
    case 'redo':
      return redo(document) ?? document;
  }
}

function open(limitBytes?: number): Document {
  const options = limitBytes === undefined ? { saved: true } : { saved: true, limitBytes };
  return openDocument(
    madePlan(),
    madeLabels((offset) => (offset % 3 === 0 ? 1 : 0)),
    options,
  );
}

/** The visible document as a value. */
function seen({ plan, labels, state }: Document) {
  return { plan, values: [...labels.values], state };
}

describe('undo and redo', () => {
  it('return exactly to every state that was seen, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let document = open();
        const states = new Map([[document.state, seen(document)]]);
        for (const next of steps) {
          document = take(document, next);
          const known = states.get(document.state);
          if (known === undefined) states.set(document.state, seen(document));
          else expect(seen(document)).toEqual(known);
        }
        const end = seen(document);
        const depth = document.history.past.length;
        for (let back = 0; back < depth; back += 1) document = undo(document)!;
        expect(undo(document)).toBe(null);
        expect(seen(document)).toEqual(states.get(0));
        for (let forth = 0; forth < depth; forth += 1) document = redo(document)!;
        expect(seen(document)).toEqual(end);
      }),
      { seed: 8_128, numRuns: 200 },
    );
  });

  it('hold no more bytes than the limit, but always the newest edit', () => {
    let dropped = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (steps, edits) => {
        const limitBytes = edits * (editOverheadBytes + 40);
        let document = open(limitBytes);
        for (const next of steps) {
          const before = document.history.past.length;
          document = take(document, next);
          if (next.do === 'paint' && before > 0 && document.history.past.length <= before) dropped += 1;
          const { past, future } = document.history;
          const newest = Math.max(
            0,
            ...[past.at(-1), ...future].flatMap((entry) => (entry ? [editBytes(entry.edit)] : [])),
          );
          expect(historyBytes(document.history)).toBeLessThanOrEqual(Math.max(limitBytes, newest));
        }
      }),
      { seed: 496, numRuns: 200 },
    );
    expect(dropped).toBeGreaterThan(100);
  });

  it('name what they do, and a new edit drops what was undone', () => {
    let document = paint(open(), 0, 4, 16);
    document = perform(document, changePlan(document.plan, { heightCm: 181 }, 'Height'));
    expect([undoLabel(document), redoLabel(document)]).toEqual(['Height', null]);
    document = undo(document)!;
    expect([undoLabel(document), redoLabel(document)]).toEqual(['Paint 16', 'Height']);
    document = paint(document, 9, 4, 17);
    expect([undoLabel(document), redoLabel(document), redo(document)]).toEqual(['Paint 17', null, null]);
  });

  it('record nothing for a stroke that changes nothing', () => {
    const document = open();
    expect(paint(document, 1, 2, 0)).toBe(document);
  });
});

describe('saved or not', () => {
  // Labels change in place, so the steps are taken one after another and never twice from one document.
  it('is unsaved after an edit, saved again after undo, and not after another edit', () => {
    let document = open();
    const says: boolean[] = [];
    for (const next of [
      (now: Document) => now,
      (now: Document) => paint(now, 2, 5, 2),
      (now: Document) => undo(now)!,
      (now: Document) => redo(now)!,
      (now: Document) => markSaved(now),
      (now: Document) => undo(now)!,
      (now: Document) => redo(now)!,
      (now: Document) => undo(now)!,
      (now: Document) => paint(now, 2, 5, 17),
    ]) {
      document = next(document);
      says.push(isSaved(document));
    }
    expect(says).toEqual([true, false, true, false, true, false, true, false, false]);
  });

  it('counts a state written while edits went on', () => {
    const written = paint(open(), 2, 5, 2);
    const document = markSaved(paint(written, 30, 5, 16), written.state);
    expect(isSaved(document)).toBe(false);
    expect(isSaved(undo(document)!)).toBe(true);
  });

  it('is unsaved when there never was a file', () => {
    expect(isSaved(openDocument(madePlan(), madeLabels(), { saved: false }))).toBe(false);
  });
});

describe('one gesture, one entry', () => {
  it('folds the edits of a gesture into one that undoes and redoes as they did', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 8 }),
        fc.array(step, { minLength: 1, maxLength: 8 }),
        (first, gesture) => {
          let document = open();
          for (const next of first) document = take(document, next);
          const before = seen(document);
          const mark = document.state;
          for (const next of gesture.filter(({ do: kind }) => kind === 'paint' || kind === 'plan')) {
            document = take(document, next);
          }
          const after = seen(document);
          const entries = document.history.past.length;
          const folded = foldSince(document, mark, 'Gesture');
          expect({ ...seen(folded), state: 0 }).toEqual({ ...after, state: 0 });
          if (folded.state === mark) {
            expect(folded.history.past.length).toBeLessThanOrEqual(entries);
            return;
          }
          expect(undoLabel(folded)).toBe('Gesture');
          const back = undo(folded)!;
          expect(seen(back)).toEqual(before);
          expect({ ...seen(redo(back)!), state: 0 }).toEqual({ ...after, state: 0 });
        },
      ),
      { seed: 33_550_336, numRuns: 200 },
    );
  });

  it('leaves no entry when the gesture ends where it began', () => {
    const start = open();
    const away = perform(start, changePlan(start.plan, { weightKg: 80 }, 'Weight'));
    const back = perform(away, { label: 'Weight', before: away.plan, after: start.plan, patch: null });
    const folded = foldSince(back, start.state, 'Nothing');
    expect([folded.history.past.length, isSaved(folded)]).toEqual([0, true]);
  });

  it('gives a gesture up without a trace', () => {
    const start = paint(open(), 3, 7, 16);
    const given = abandonSince(paint(paint(start, 40, 3, 2), 42, 9, 17), start.state);
    expect(seen(given)).toEqual({ ...seen(start), values: [...start.labels.values] });
    expect([undoLabel(given), redoLabel(given)]).toEqual(['Paint 16', null]);
    expect([...given.labels.values].filter((label) => label === 17 || label === 2)).toEqual([]);
  });
});

describe('what an edit takes back', () => {
  const patch = patchBetween(Uint8Array.of(0, 0, 1), Uint8Array.of(0, 2, 1));

  it('the review, when voxels are changed by hand', () => {
    const { after } = changeVoxels(madePlan(), patch, 'Brush');
    expect(after.segmentation).toEqual({ author: 'liver.nii.gz', edited: true, reviewedBy: null });
  });

  it('the review, but not "as imported", when an import changes voxels', () => {
    const plan = { ...madePlan(), segmentation: { author: 'liver.nii.gz', edited: false, reviewedBy: 'Dr Müller' } };
    const from = { author: 'tumour.nii', structures: [{ label: 17, name: 'Tumour 2' }], remarks: [] };
    const { after } = importVoxels(plan, patch, from, 'Import');
    expect(after.segmentation).toEqual({ author: 'liver.nii.gz; tumour.nii', edited: false, reviewedBy: null });
    expect(after.structures.map(({ label }) => label)).toEqual([1, 16, 17]);
  });

  it('the confirmations, when the cuts change: they were given for another remnant', () => {
    const plan = madePlan();
    const [first] = plan.cuts;
    for (const edit of [
      addCut(plan, first!, 'Add'),
      replaceCut(plan, 1, first!, 'Drag'),
      removeCut(plan, 0, 'Remove'),
    ]) {
      expect(edit.after.confirmed).toEqual([]);
      expect(edit.after.segmentation.reviewedBy).toBe('Dr Müller');
    }
    expect(removeCut(plan, 0, 'Remove').after.cuts).toEqual([plan.cuts[1]]);
    expect(() => replaceCut(plan, 2, first!, 'Drag')).toThrow(RangeError);
    expect(() => removeCut(plan, -1, 'Remove')).toThrow(RangeError);
  });

  it('is never forgotten: an edit that keeps the review over changed voxels is refused and changes nothing', () => {
    const document = open();
    const before = seen(document);
    const after = document.labels.values.slice();
    after.fill(2, 10, 20);
    const kept = {
      label: 'Sly',
      before: document.plan,
      after: document.plan,
      patch: patchBetween(document.labels.values, after),
    };
    expect(() => perform(document, kept)).toThrow('take the review back');
    expect(() => perform(document, changePlan(madePlan(), { weightKg: 50 }, 'Stale'))).toThrow('another state');
    expect(seen(document)).toEqual(before);
  });
});

describe('the guess of a surgeon', () => {
  const guess = { flrPercent: 34.5, by: 'Dr Guess', on: '2026-03-02', shownPercent: 27.25 };
  const weigh = (document: Document, weightKg: number): Document =>
    perform(document, changePlan(document.plan, { weightKg }, `Weigh ${weightKg}`));

  it('is taken back by no undo and replaced by no later one; the edits around it are undone as ever', () => {
    const start = weigh(openDocument(madePlan(), madeLabels(), { saved: true }), 61);
    const guessed = weigh(recordGuess(start, guess), 62);
    expect(recordGuess(guessed, { ...guess, flrPercent: 12 })).toBe(guessed);
    const back = undo(undo(guessed)!)!;
    expect(back.plan).toEqual({ ...madePlan(), guess });
    expect(undo(back)).toBeNull();
    const again = redo(redo(back)!)!;
    expect(again.plan).toEqual({ ...madePlan(), weightKg: 62, guess });
    expect(undoLabel(again)).toBe('Weigh 62');
  });

  it('leaves no state that counts as saved without it', () => {
    const start = weigh(openDocument(madePlan(), madeLabels(), { saved: true }), 61);
    // The plan was on its way to the disk when the guess came.
    const guessed = markSaved(recordGuess(start, guess), start.state);
    const states = [guessed, undo(guessed)!, redo(undo(guessed)!)!, weigh(guessed, 63)];
    expect(states.map(isSaved)).toEqual([false, false, false, false]);
    expect(isSaved(markSaved(guessed))).toBe(true);
  });
});
