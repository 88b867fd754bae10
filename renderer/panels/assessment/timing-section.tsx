import { useMemo } from 'react';
import { dateLine, emptyInputs } from '../../../src/assessment/index.ts';
import type { DateLine } from '../../../src/assessment/index.ts';
import { scanOf } from '../../commands/patient-plans.ts';
import { texts } from '../../texts.ts';
import { unbroken } from '../../unbroken-text.ts';
import { useSession } from '../access.tsx';
import { Citation } from './citation.tsx';
import { DateAxisDrawing } from './date-axis-drawing.tsx';

/** The days that matter and the published windows that follow from them: each a line of text with its place on the axis beside it. */
export function TimingSection() {
  const openCase = useSession((state) => state.openCase);
  const rules = useSession((state) => state.rules);
  const inputs = openCase?.plan.inputs ?? emptyInputs;
  const scannedOn = openCase === null ? null : scanOf(openCase).takenOn;
  const line = useMemo(
    () => dateLine(inputs, rules, scannedOn === null ? [] : [scannedOn]),
    [inputs, rules, scannedOn],
  );
  return (
    <section className="assessment-section" aria-labelledby="timing-title">
      <h2 id="timing-title">{texts.dates.title}</h2>
      {line.marks.length === 0 ? <p className="figures-hint">{texts.dates.none}</p> : <Dates line={line} />}
    </section>
  );
}

function Dates({ line: { marks, remarks } }: { readonly line: DateLine }) {
  const sources = new Map(marks.flatMap(({ citation, address }) => (citation === null ? [] : [[citation, address]])));
  const citations = [...sources.keys()];
  return (
    <>
      <div className="dates">
        <ol className="dates-list">
          {marks.map(({ id, from, to, label, citation, kind }) => (
            <li key={`${id} ${from}`} data-mark={id} data-from={from} data-to={to}>
              <span>
                {label}
                {citation === null ? null : (
                  <>
                    {' '}
                    <small>[{citations.indexOf(citation) + 1}]</small>
                  </>
                )}
              </span>
              <small>{kind === 'event' ? <time dateTime={from}>{from}</time> : texts.dates.range(from, to)}</small>
            </li>
          ))}
        </ol>
        <DateAxisDrawing marks={marks} />
      </div>
      {remarks.length === 0 ? null : (
        <ul className="figures-remarks" aria-label={texts.dates.conflicts}>
          {remarks.map(({ code, message }) => (
            <li key={code} data-code={code}>
              {unbroken(message)}
            </li>
          ))}
        </ul>
      )}
      {sources.size === 0 ? null : (
        <ol className="dates-sources" aria-label={texts.dates.sources}>
          {citations.map((citation, index) => (
            <li key={citation}>
              [{index + 1}] <Citation text={citation} address={sources.get(citation) ?? null} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
