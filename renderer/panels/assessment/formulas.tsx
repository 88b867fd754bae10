import type { Quantities, RuleBase } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { printedNumber, printedRange } from '../format.ts';
import { Citation } from './citation.tsx';

const say = texts.sheet;

/** The remnant over every published standard liver volume: how far the choice of the formula carries. */
export function FormulasTable({ quantities }: { readonly quantities: Quantities }) {
  const { standardShares, shareSpread, bsaM2 } = quantities;
  if (standardShares.length === 0) return null;
  return (
    <details className="sheet-section sheet-fold">
      <summary>
        <h2>{say.formulas}</h2>
        {shareSpread === null ? null : <span className="sheet-quiet">{say.spread(printedRange(shareSpread, 1))}</span>}
      </summary>
      {bsaM2 === null ? null : (
        <p className="sheet-quiet">{say.bsa(printedNumber(bsaM2.mosteller, 2), printedNumber(bsaM2.dubois, 2))}</p>
      )}
      <table className="sheet-table" aria-label={say.formulas}>
        <thead>
          <tr>
            <th scope="col">{say.formula}</th>
            <th scope="col">mL</th>
            <th scope="col">{say.remnant}</th>
            <th scope="col">{say.population}</th>
          </tr>
        </thead>
        <tbody>
          {standardShares.map(({ id, name, formula, volumeMl, percent, interval, population, source, ...share }) => (
            <tr key={id} data-formula={id}>
              <th scope="row" title={formula}>
                {name}
                <small className="sheet-formula">{formula}</small>
              </th>
              <td className="sheet-figure">{volumeMl === null ? say.needsSex : printedNumber(volumeMl, 0)}</td>
              <td className="sheet-figure">
                {percent === null ? '—' : `${printedNumber(percent, 1)} %`}
                {interval === null ? null : <small>{printedRange(interval, 1)}</small>}
              </td>
              <td>
                {population}. <Citation text={source} address={share.address} />
                {share.verified ? null : <em> {texts.unverified}</em>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Where the sources themselves disagree, and what is to be kept in mind with any of them. */
export function SourcesDisagree({ rules }: { readonly rules: RuleBase }) {
  const said = rules.statements.filter(({ topic }) => topic === 'disagreement' || topic === 'caution');
  if (said.length === 0) return null;
  return (
    <details className="sheet-section sheet-fold">
      <summary>
        <h2>{say.sources}</h2>
      </summary>
      <ul className="sheet-says">
        {said.map(({ id, statement, source, address, verified }) => (
          <li key={id}>
            {statement} <Citation text={source} address={address} />
            {verified ? null : <em> {texts.unverified}</em>}
          </li>
        ))}
      </ul>
    </details>
  );
}
