import { verdictLabels } from '../../../src/assessment/index.ts';
import type { GrowthJudgement, GrowthStep, MeasuredGrowth, PlotCutoff, Ranged } from '../../../src/assessment/index.ts';
import { growthPlot } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { unbroken } from '../../unbroken-text.ts';
import { printedNumber } from '../format.ts';
import { Citation } from './citation.tsx';

/** Degree, relative growth and rates with their intervals, the published cut-offs they are held against, and what is to be said of them. */
export function GrowthFigures({ growth }: { readonly growth: MeasuredGrowth }) {
  const { steps, between, judged, judgements, remarks, method } = growth;
  const cutoffs = growthPlot(growth, []).cutoffs;
  return (
    <div role="group" aria-labelledby="growth-figures-title" className="growth-figures">
      <h3 id="growth-figures-title">{texts.growth.figures}</h3>
      <Steps caption={texts.growth.figures} steps={steps} judgedOn={judged?.on ?? null} kind="steps" />
      {between.length < 2 ? null : (
        <details>
          <summary>{texts.growth.between}</summary>
          <Steps caption={texts.growth.between} steps={between} judgedOn={null} kind="between" />
        </details>
      )}
      {remarks.length === 0 ? null : (
        <ul className="figures-remarks">
          {remarks.map(({ code, message }) => (
            <li key={message} data-code={code}>
              {unbroken(message)}
            </li>
          ))}
        </ul>
      )}
      {judgements.length === 0 ? (
        <p className="figures-hint">{texts.growth.notJudged}</p>
      ) : (
        <Cutoffs judgements={judgements} cutoffs={cutoffs} />
      )}
      <p className="growth-method">{method}</p>
    </div>
  );
}

function Steps({
  caption,
  steps,
  judgedOn,
  kind,
}: {
  readonly caption: string;
  readonly steps: readonly GrowthStep[];
  readonly judgedOn: string | null;
  readonly kind: 'steps' | 'between';
}) {
  const heads = texts.growth.steps;
  return (
    <table className="growth-table" aria-label={caption}>
      <thead>
        <tr>
          <th scope="col">{kind === 'steps' ? heads.period : texts.growth.between}</th>
          <th scope="col">{heads.days}</th>
          <th scope="col">{heads.share}</th>
          <th scope="col">{heads.degree}</th>
          <th scope="col">{heads.relative}</th>
          <th scope="col">{heads.kinetic}</th>
          <th scope="col">{heads.daily}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.on} data-step={`${kind} ${step.on}`}>
            <th scope="row">
              {kind === 'steps' ? step.on : `${step.from} – ${step.on}`}
              {step.on === judgedOn ? <small> {texts.growth.judged}</small> : null}
            </th>
            <td>
              {step.days}
              <small>
                {texts.growth.since[step.since]}, {texts.growth.weeks(printedNumber(step.weeks, 1))}
              </small>
            </td>
            <Cell name="share" figure={step.share} decimals={1} />
            <Cell name="degree" figure={step.degree} decimals={1} signed />
            <Cell name="relative" figure={step.relative} decimals={1} signed />
            <Cell name="kinetic" figure={step.kinetic} decimals={2} signed />
            <Cell name="daily" figure={step.daily} decimals={1} signed />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly name: string;
  readonly figure: Ranged<number>;
  readonly decimals: number;
  readonly signed?: boolean;
}

function Cell({ name, figure: { value, interval }, decimals, signed = false }: CellProps) {
  const print = (number: number) => `${signed && number > 0 ? '+' : ''}${printedNumber(number, decimals)}`;
  return (
    <td data-growth={name} data-value={value}>
      {print(value)}
      {interval === null ? null : (
        <small data-low={interval[0]} data-high={interval[1]}>
          {print(interval[0])} to {print(interval[1])}
        </small>
      )}
    </td>
  );
}

function Cutoffs({
  judgements,
  cutoffs,
}: {
  readonly judgements: readonly GrowthJudgement[];
  readonly cutoffs: readonly PlotCutoff[];
}) {
  return (
    <>
      <h4 id="growth-cutoffs-title">{texts.growth.cutoffs}</h4>
      <ul className="growth-cutoffs" aria-labelledby="growth-cutoffs-title">
        {judgements.map(({ ruleId, verdict, pointReaches, citation, address }) => {
          const drawn = cutoffs.find((cutoff) => cutoff.ruleId === ruleId);
          return (
            <li key={ruleId} data-cutoff={ruleId} data-verdict={verdict}>
              <span className="growth-mark">{drawn?.mark}</span>
              <span>
                {drawn?.label}: <strong className={`gauge-word-${verdict}`}>{verdictLabels[verdict]}</strong>,{' '}
                {texts.growth.pointReached(pointReaches)}
                <small>
                  <Citation text={citation} address={address} />
                </small>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
