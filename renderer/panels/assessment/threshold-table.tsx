import { Fragment } from 'react';
import { intervalCaveat } from '../../../src/assessment/index.ts';
import type { SheetLine, SheetThreshold } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';
import { printedNumber, printedRange } from '../format.ts';
import { isParenchymaStated } from '../overall.tsx';
import { Citation } from './citation.tsx';
import { VerdictMark } from './verdict-mark.tsx';

const say = texts.sheet;

/** Denominators by thresholds: the deciding one with shape and colour, every other published one as text beside it. */
export function ThresholdTable({ lines }: { readonly lines: readonly SheetLine[] }) {
  return (
    <section className="sheet-section">
      <h2 id="thresholds-title">{say.thresholds}</h2>
      <div className="sheet-wide">
        <table className="sheet-table" aria-labelledby="thresholds-title">
          <thead>
            <tr>
              <th scope="col">{say.relatedTo}</th>
              <th scope="col">{say.remnant}</th>
              <th scope="col">{say.threshold}</th>
              <th scope="col">{say.where}</th>
              <th scope="col">{say.population}</th>
            </tr>
          </thead>
          {lines.map((line) => (
            <tbody key={line.denominator} data-sheet-line={line.denominator}>
              <Line line={line} />
            </tbody>
          ))}
        </table>
      </div>
      <p className="sheet-quiet">{intervalCaveat}</p>
    </section>
  );
}

function Line({ line }: { readonly line: SheetLine }) {
  const isStated = useSession(isParenchymaStated);
  const { thresholds, label, unit, value, interval, denominator } = line;
  const decimals = unit === 'mL/m²' ? 0 : denominator === 'bodyWeight' ? 2 : 1;
  const ordered = [...thresholds].sort((a, b) => Number(b.decides) - Number(a.decides));
  const rows = Math.max(1, ordered.length);
  const head = (
    <>
      <th scope="rowgroup" rowSpan={rows}>
        {label}
      </th>
      <td rowSpan={rows} className="sheet-figure">
        {value === null ? (
          <span className="sheet-quiet">{texts.notGiven}</span>
        ) : (
          <>
            <strong data-sheet-value={value}>
              {printedNumber(value, decimals)} {unit}
            </strong>
            {interval === null ? null : <small>{printedRange(interval, decimals)}</small>}
          </>
        )}
      </td>
    </>
  );
  if (ordered.length === 0) {
    return (
      <tr>
        {head}
        <td colSpan={3} className="sheet-quiet">
          {isStated ? say.noThreshold : say.noState}
        </td>
      </tr>
    );
  }
  return ordered.map((threshold, order) => (
    <tr
      key={threshold.ruleId}
      className={threshold.decides ? 'sheet-decides' : 'sheet-beside'}
      data-rule={threshold.ruleId}
    >
      {order === 0 ? head : null}
      <Threshold threshold={threshold} />
    </tr>
  ));
}

function Threshold({ threshold }: { readonly threshold: SheetThreshold }) {
  const { text, decides, verdict, population, citation, address, evidence } = threshold;
  return (
    <Fragment>
      <td className="sheet-limit">
        {text.replace(/ of .*$/, '')}
        {decides ? <small className="sheet-tag">{say.decides}</small> : null}
      </td>
      <td>{decides ? <VerdictMark verdict={verdict} /> : say.verdicts[verdict]}</td>
      <td title={evidence}>
        {population}. <Citation text={citation} address={address} />
      </td>
    </Fragment>
  );
}
