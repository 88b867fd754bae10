import { allRemarks } from '../commands/reporting.ts';
import { unbroken } from '../unbroken-text.ts';
import { useSession } from './access.tsx';
import { Citation } from './assessment/citation.tsx';

/** What was said of the series, the masks and the assessment: it stands beside the figures as long as they do. */
export function Remarks() {
  const openCase = useSession((state) => state.openCase);
  const assessment = useSession((state) => state.derived.assessment);
  const volumetry = useSession((state) => state.derived.volumetry);
  const rules = useSession((state) => state.rules);
  if (openCase === null) return null;
  const remarks = allRemarks(openCase, assessment, volumetry, rules);
  if (remarks.length === 0) return null;
  return (
    <section className="figures-section">
      <h2>Remarks</h2>
      <ul className="figures-remarks">
        {remarks.map((remark) => (
          <li key={remark.message} data-code={remark.code}>
            {unbroken(remark.message)}
            {(remark.sources ?? []).map(({ text, address }) => (
              <Citation key={`${text} ${address}`} text={text} address={address} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
