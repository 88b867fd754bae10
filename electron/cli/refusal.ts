import type { Outcome } from '../../src/volume/index.ts';

/** An expected trouble on its way to the one place that prints it: a stable code and a sentence. */
export class Refusal extends Error {
  readonly code: string;
  /** The field at fault in a file, null where the trouble lies in none. */
  readonly path: string | null;

  constructor(code: string, message: string, path: string | null = null) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** The value of an outcome; throws its trouble as a Refusal. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Refusal(outcome.error.code, outcome.error.message, outcome.error.path);
  return outcome.value;
}
