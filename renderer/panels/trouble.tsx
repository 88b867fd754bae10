import { unbroken } from '../unbroken-text.ts';

/** What is wrong with what was given, said at once to a screen reader as well; nothing when nothing is. */
export function Trouble({ said }: { readonly said: string | null }) {
  if (said === null) return null;
  return (
    <p className="inputs-trouble" role="alert">
      {unbroken(said)}
    </p>
  );
}
