import { calibrateGuesses, citationOf, guessedCase } from '../../src/assessment/index.ts';
import type { Calibration, SurgeonGuess } from '../../src/assessment/index.ts';
import { texts } from '../texts.ts';
import { useSession } from './access.tsx';
import { Citation } from './assessment/citation.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import { printedNumber } from './format.ts';

const say = texts.guess;

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${printedNumber(value, 1)}`;
}

/** How this user's estimates agreed with the figures: bias, spread and number of cases, and what is published of such estimates. */
export function CalibrationDialog({ guesses }: { readonly guesses: readonly SurgeonGuess[] }) {
  const by = useSession((state) => state.guessing.by);
  const cases = guesses.map((guess) => ({ guess, pair: guessedCase(guess) })).filter(({ pair }) => pair !== null);
  const calibration = calibrateGuesses(cases.map(({ pair }) => pair!));
  return (
    <DialogFrame title={say.calibration}>
      <p className="dialog-note">{by === '' ? say.noName : say.whose(by)}</p>
      {calibration === null ? by === '' ? null : <p>{say.noCases}</p> : <Agreement calibration={calibration} />}
      {cases.length === 0 ? null : (
        <table className="growth-table" aria-label={say.calibration}>
          <thead>
            <tr>
              <th scope="col">{say.list.on}</th>
              <th scope="col">{say.list.guess}</th>
              <th scope="col">{say.list.shown}</th>
              <th scope="col">{say.list.error}</th>
            </tr>
          </thead>
          <tbody>
            {cases.map(({ guess, pair }, index) => (
              <tr key={index}>
                <th scope="row">{guess.on ?? '—'}</th>
                <td>{printedNumber(pair!.guessed, 1)}</td>
                <td>{printedNumber(pair!.measured, 1)}</td>
                <td>{signed(pair!.guessed - pair!.measured)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </DialogFrame>
  );
}

function Agreement({ calibration }: { readonly calibration: Calibration }) {
  const published = useSession((state) => state.rules.references.find(({ id }) => id === 'guess-overestimate'));
  const { cases, meanError, meanAbsoluteError, meanRelativeError, limits } = calibration;
  const value = published === undefined || typeof published.value === 'number' ? null : published.value;
  const rows: readonly (readonly [name: string, text: string, id: string])[] = [
    [say.cases, String(cases), 'cases'],
    [say.meanError, say.points(signed(meanError)), 'meanError'],
    [say.absolute, say.points(printedNumber(meanAbsoluteError, 1)), 'meanAbsoluteError'],
    [say.limits, limits === null ? say.fewCases : say.points(`${signed(limits[0])} to ${signed(limits[1])}`), 'limits'],
    [say.relative, say.percent(signed(meanRelativeError)), 'meanRelativeError'],
  ];
  return (
    <>
      <dl className="guess-agreement">
        {rows.map(([name, text, id]) => (
          <div key={id} data-calibration={id}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        {published === undefined || value === null ? null : (
          <div data-calibration="published">
            <dt>{say.published}</dt>
            <dd>{say.publishedFigure(String(value[0]), String(value[1]))}</dd>
          </div>
        )}
      </dl>
      {published === undefined ? null : (
        <p className="dialog-note">
          {published.population}. <Citation text={citationOf(published)} address={published.address} />
        </p>
      )}
    </>
  );
}
