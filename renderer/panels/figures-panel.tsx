import { decimalsFor, safetyWording } from '../../src/assessment/index.ts';
import { printedVolumes } from '../../src/liver/index.ts';
import type { Figure, Volumetry } from '../../src/liver/index.ts';
import { isFigureHidden } from '../commands/guessing.ts';
import { texts } from '../texts.ts';
import { useSession } from './access.tsx';
import { CheckedOnImages } from './checked-on-images.tsx';
import { printedNumber, printedRange } from './format.ts';
import { GivenGuess, GuessCard } from './guess-card.tsx';
import { Gauges } from './gauges.tsx';
import { Overall } from './overall.tsx';
import { Remarks } from './remarks.tsx';

/** The figures of the plan, always in sight: FLR first, the volumes that sum, the gauges, what the verdict still needs, and what is checked by eye. */
export function FiguresPanel() {
  const volumetry = useSession((state) => state.derived.volumetry);
  const reviewedBy = useSession((state) => state.openCase?.plan.segmentation.reviewedBy ?? null);
  const isHidden = useSession(isFigureHidden);
  const hasLiver = volumetry !== null && volumetry.totalMl > 0;
  return (
    <aside className="figures-panel" aria-label="Figures and assessment">
      {hasLiver && isHidden ? (
        <GuessCard />
      ) : hasLiver ? (
        <>
          <div className="figures-head" data-place="figures">
            <Remnant volumetry={volumetry} />
            <Overall />
          </div>
          {reviewedBy === null ? <p className="figures-unreviewed">{texts.unreviewed}</p> : null}
          <VolumeTable volumetry={volumetry} />
          <Gauges />
        </>
      ) : (
        <section className="figures-empty">
          <h2>{texts.flr}</h2>
          <p>{texts.noLiver}</p>
        </section>
      )}
      <CheckedOnImages />
      {isHidden ? null : <Remarks />}
      <p className="figures-safety">{safetyWording}</p>
    </aside>
  );
}

function Remnant({ volumetry }: { readonly volumetry: Volumetry }) {
  const { flrPercent, intervals, remnantMl } = volumetry;
  const line = useSession((state) =>
    state.derived.assessment?.verdicts.find(({ denominator }) => denominator === 'functional'),
  );
  const decimals = line === undefined ? 1 : decimalsFor(line);
  if (flrPercent === null) {
    return (
      <section className="figures-remnant">
        <h2>{texts.flr}</h2>
        <p className="figures-none">—</p>
        <p className="figures-hint">{texts.noCuts}</p>
      </section>
    );
  }
  return (
    <section className="figures-remnant" aria-label={texts.flr}>
      <h2>{texts.flr}</h2>
      <p className="figures-large">
        <output data-figure="flrPercent" data-value={flrPercent}>
          {printedNumber(flrPercent, decimals)}
        </output>
        <span className="figures-unit">%</span>
        {intervals.flrPercent === undefined ? null : (
          <span className="figures-interval" data-interval="flrPercent">
            {printedRange(intervals.flrPercent, decimals)} %<small>{texts.interval}</small>
          </span>
        )}
      </p>
      <p className="figures-hint">
        {texts.ofFunctional}
        {remnantMl === null
          ? ''
          : ` · ${printedVolumes(volumetry).remnant} mL of ${printedNumber(volumetry.functionalMl, 0)} mL`}
      </p>
      <GivenGuess />
    </section>
  );
}

interface Row {
  readonly figure: Figure;
  readonly name: string;
  readonly printed: string | null;
  readonly value: number | null;
  readonly kind: 'part' | 'sum' | 'detail';
}

function VolumeTable({ volumetry }: { readonly volumetry: Volumetry }) {
  const printed = printedVolumes(volumetry);
  const rows: readonly Row[] = [
    { figure: 'remnantMl', name: 'Remnant', printed: printed.remnant, value: volumetry.remnantMl, kind: 'part' },
    { figure: 'resectedMl', name: 'Resected', printed: printed.resected, value: volumetry.resectedMl, kind: 'part' },
    {
      figure: 'excludedMl',
      name: 'Stays, not counted',
      printed: printed.excluded,
      value: volumetry.excludedMl,
      kind: 'part',
    },
    { figure: 'totalMl', name: 'Total liver', printed: printed.total, value: volumetry.totalMl, kind: 'sum' },
    {
      figure: 'tumourMl',
      name: 'Tumour',
      printed: volumetry.tumourMl === 0 ? null : printedNumber(volumetry.tumourMl, volumetry.tumourMl < 10 ? 1 : 0),
      value: volumetry.tumourMl,
      kind: 'detail',
    },
    {
      figure: 'functionalMl',
      name: 'Functional',
      printed: printedNumber(volumetry.functionalMl, 0),
      value: volumetry.functionalMl,
      kind: 'detail',
    },
  ];
  return (
    <section className="figures-section">
      <h2 id="volumes-title">Volumes</h2>
      <table className="figures-table" aria-labelledby="volumes-title">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">mL</th>
            <th scope="col">90 % interval</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <VolumeRow key={row.figure} row={row} interval={volumetry.intervals[row.figure]} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function VolumeRow({ row, interval }: { readonly row: Row; readonly interval: readonly [number, number] | undefined }) {
  const decimals = row.figure === 'tumourMl' && (row.value ?? 0) < 10 ? 1 : 0;
  return (
    <tr className={`figures-${row.kind}`}>
      <th scope="row">
        <span className={`figures-dot figures-dot-${row.figure}`} aria-hidden="true" />
        {row.name}
      </th>
      <td data-figure={row.figure} data-value={row.value ?? ''}>
        {row.printed ?? '—'}
      </td>
      <td data-interval={row.figure}>
        {interval === undefined || row.printed === null ? '' : printedRange(interval, decimals)}
      </td>
    </tr>
  );
}
