import type { Light, Verdict } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { LightShape } from '../overall.tsx';

const lights: Readonly<Record<Verdict, Light>> = { above: 'green', crosses: 'amber', below: 'red', none: 'grey' };

/** Where an interval lies: by shape, word and colour, so that greyscale and any eye can read it. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  return (
    <span className={`verdict-mark light-${lights[verdict]}`} data-verdict-mark={verdict}>
      <LightShape light={lights[verdict]} />
      {texts.sheet.verdicts[verdict]}
    </span>
  );
}
