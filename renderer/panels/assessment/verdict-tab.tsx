import type { CaseAssessment } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';
import { LightShape } from '../overall.tsx';
import { FindingsTable, ScoresTable } from './findings.tsx';
import { FormulasTable, SourcesDisagree } from './formulas.tsx';
import { MissingList } from './missing-list.tsx';
import { ThresholdTable } from './threshold-table.tsx';

const say = texts.sheet;

/** The verdict sheet: the light and what it misses, denominators by thresholds, disagreement, function tests and scores. */
export function VerdictTab() {
  const clinical = useSession((state) => state.derived.clinical);
  const hasLiver = useSession((state) => (state.derived.volumetry?.totalMl ?? 0) > 0);
  return (
    <div className="sheet" data-place="verdict">
      {clinical === null || !hasLiver ? <p>{texts.assessment.noFigures}</p> : <Sheet clinical={clinical} />}
    </div>
  );
}

function Sheet({ clinical }: { readonly clinical: CaseAssessment }) {
  const { sheet, quantities } = clinical;
  return (
    <>
      <Light clinical={clinical} />
      <ThresholdTable lines={sheet.lines} />
      {sheet.disagreements.length === 0 ? null : (
        <section className="sheet-section">
          <h2>{say.disagreement}</h2>
          <ul className="sheet-says">
            {sheet.disagreements.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      <FindingsTable findings={sheet.findings} />
      <ScoresTable quantities={quantities} />
      <FormulasTable quantities={quantities} />
      <SourcesDisagree rules={clinical.rules} />
    </>
  );
}

function Light({ clinical }: { readonly clinical: CaseAssessment }) {
  const { overall, condition } = clinical.sheet;
  const { light, missing } = overall;
  return (
    <section className={`sheet-light light-${light}`} data-sheet-light={light} aria-label={say.overall}>
      <LightShape light={light} />
      <div>
        <h2>{texts.lights[light]}</h2>
        {condition === null ? null : <p className="sheet-quiet">{say.means(condition)}</p>}
        {missing.length === 0 ? null : (
          <>
            <p>{light === 'grey' ? texts.missingForVerdict : texts.stillMissing}</p>
            <MissingList missing={missing} label={say.missing} />
          </>
        )}
      </div>
    </section>
  );
}
