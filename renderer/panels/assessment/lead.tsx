import { goTo } from '../../commands/pages.ts';
import type { Place } from '../../commands/workflow.ts';
import { useAccess } from '../access.tsx';

/** A press that leads to where something is entered. */
export function Lead({ place, words }: { readonly place: Place; readonly words: string }) {
  const { context } = useAccess();
  return (
    <button type="button" className="light-lead" onClick={() => goTo(context, place)}>
      {words}
    </button>
  );
}
