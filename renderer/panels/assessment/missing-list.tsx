import { ArrowRight } from 'lucide-react';
import { missingLabels } from '../../../src/assessment/index.ts';
import type { Missing } from '../../../src/assessment/index.ts';
import { goTo } from '../../commands/pages.ts';
import { suppliedAt } from '../../commands/workflow.ts';
import { useAccess } from '../access.tsx';

/** What a verdict still misses, as sentences; each leads to where it is supplied. */
export function MissingList({ missing, label }: { readonly missing: readonly Missing[]; readonly label: string }) {
  const { context } = useAccess();
  if (missing.length === 0) return null;
  return (
    <ul className="missing-list" aria-label={label}>
      {missing.map((code) => (
        <li key={code}>
          <button type="button" data-lead={code} onClick={() => goTo(context, suppliedAt[code])}>
            <ArrowRight size={14} aria-hidden="true" />
            {missingLabels[code]}
          </button>
        </li>
      ))}
    </ul>
  );
}
