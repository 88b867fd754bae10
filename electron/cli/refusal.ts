import type { Outcome } from '../../src/volume/index.ts';

/** An expected trouble on its way to the one place that prints it: a stable code and a sentence. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The value of an outcome; throws its trouble as a Refusal. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Refusal(outcome.error.code, outcome.error.message);
  return outcome.value;
}
