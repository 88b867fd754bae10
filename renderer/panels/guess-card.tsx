import { useState } from 'react';
import { giveGuess } from '../commands/guessing.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { typedNumber } from './assessment/typed-number.ts';
import { CommandButton } from './command-button.tsx';
import { printedNumber } from './format.ts';
import { Trouble } from './trouble.tsx';

/** Asks for the surgeon's estimate in the place of the figures; they follow once it is given or skipped. */
export function GuessCard() {
  const { context } = useAccess();
  const known = useSession((state) => state.guessing.by);
  const [estimate, setEstimate] = useState('');
  const [name, setName] = useState(known);
  const [trouble, setTrouble] = useState<string | null>(null);
  const give = () => {
    const value = typedNumber(estimate);
    const isWrong = value === null || value < 0 || value > 100;
    if (isWrong) setTrouble(texts.guess.range);
    else if (name.trim() === '') setTrouble(texts.guess.nameFirst);
    else giveGuess(context, value, name);
  };
  return (
    <form
      className="guess-card"
      data-place="figures"
      aria-labelledby="guess-title"
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <h2 id="guess-title">{texts.guess.title}</h2>
      <label className="field">
        <span>{texts.guess.ask}</span>
        <input inputMode="decimal" value={estimate} onChange={(event) => setEstimate(event.currentTarget.value)} />
      </label>
      <label className="field">
        <span>{texts.guess.name}</span>
        <input value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <Trouble said={trouble} />
      <div className="growth-choice">
        <button type="submit" className="control-button control-primary">
          {texts.guess.give}
        </button>
        <CommandButton id="guess.skip" look="text" short={texts.guess.skip} />
      </div>
      <p className="figures-hint">{texts.guess.why}</p>
    </form>
  );
}

/** The estimate beside the figure it was made of, while the question is asked for on this computer. */
export function GivenGuess() {
  const guess = useSession((state) => (state.guessing.asks ? state.openCase?.plan.guess : undefined));
  if (guess === undefined) return null;
  const { laterPercent } = guess;
  const later = laterPercent === undefined ? '' : texts.guess.later(printedNumber(laterPercent, 1));
  if (guess.flrPercent === null || guess.shownPercent === null)
    return later === '' ? null : <p className="figures-hint">{later}</p>;
  const difference = guess.flrPercent - guess.shownPercent;
  const side = difference < 0 ? texts.guess.under : texts.guess.over;
  return (
    <p className="figures-hint" data-guess={guess.flrPercent}>
      {texts.guess.given(printedNumber(guess.flrPercent, 1), printedNumber(Math.abs(difference), 1), side)} {later}
    </p>
  );
}
