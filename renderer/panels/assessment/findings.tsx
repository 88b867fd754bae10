import type { Quantities, SheetFinding } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { printedNumber } from '../format.ts';
import { Citation } from './citation.tsx';
import { Lead } from './lead.tsx';

const say = texts.sheet;

function printedCutoff(cutoff: SheetFinding['cutoff']): string {
  return typeof cutoff === 'number' ? String(cutoff) : `${cutoff[0]}–${cutoff[1]}`;
}

/** Function tests and extent beside their published cut-offs: shown, never the ground of the light. */
export function FindingsTable({ findings }: { readonly findings: readonly SheetFinding[] }) {
  return (
    <section className="sheet-section">
      <h2 id="findings-title">{say.findings}</h2>
      {findings.length === 0 ? (
        <p className="sheet-quiet">
          {say.noFindings} <Lead place="function" words={say.enterFunction} />
        </p>
      ) : (
        <table className="sheet-table" aria-labelledby="findings-title">
          <thead>
            <tr>
              <th scope="col">{say.test}</th>
              <th scope="col">{say.value}</th>
              <th scope="col">{say.cutoff}</th>
              <th scope="col">{say.holds}</th>
              <th scope="col">{say.population}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map(({ ruleId, quantity, value, unit, cutoff, holds, population, citation, address }) => (
              <tr key={ruleId} data-finding={ruleId}>
                <th scope="row">{quantity}</th>
                <td className="sheet-figure">
                  {value} {unit}
                </td>
                <td>
                  {printedCutoff(cutoff)} {unit}
                </td>
                <td>{holds === null ? say.noCondition : holds ? say.met : say.notMet}</td>
                <td>
                  {population}. <Citation text={citation} address={address} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The scores computed from the inputs, with what each still asks: shown, never acted on. */
export function ScoresTable({ quantities }: { readonly quantities: Quantities }) {
  const { albi, tumourBurdenScore: burden, clinicalRiskScore: risk } = quantities;
  return (
    <section className="sheet-section">
      <h2 id="scores-title">{say.scores}</h2>
      <table className="sheet-table" aria-labelledby="scores-title">
        <tbody>
          <tr>
            <th scope="row">{say.albi}</th>
            <td className="sheet-figure" data-score="albi">
              {albi === null ? '—' : `${printedNumber(albi.score, 2)}, ${say.grade(albi.grade)}`}
            </td>
            <td>
              {say.albiScale} <em>{texts.unverified}</em>
              {albi === null ? <Lead place="function" words={say.enterLaboratory} /> : null}
            </td>
          </tr>
          <tr>
            <th scope="row">{say.burden}</th>
            <td className="sheet-figure" data-score="tbs">
              {burden === null ? '—' : printedNumber(burden, 1)}
            </td>
            <td>
              {say.burdenScale} <em>{texts.unverified}</em>
              {burden === null ? <Lead place="disease" words={say.enterLesions} /> : null}
            </td>
          </tr>
          <tr>
            <th scope="row">{say.risk}</th>
            <td className="sheet-figure" data-score="crs">
              {risk.unknown === 0 ? risk.points : `${risk.points}–${risk.points + risk.unknown}`} {say.ofFive}
            </td>
            <td>
              {risk.criteria.map(({ name, met }) => `${name}: ${say.criterion(met)}`).join('; ')}.
              {risk.unknown === 0 ? null : <Lead place="disease" words={say.enterRisk} />}
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
