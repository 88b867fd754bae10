/** Where what is said can be read. */
export interface SaidIn {
  readonly text: string;
  /** An https address. */
  readonly address: string;
}

/** A coded sentence a radiologist can act on; the code is stable, the message is for people. */
export interface Remark {
  readonly code: string;
  readonly message: string;
  /** The sources that the sentence names, where they have an address. */
  readonly sources?: readonly SaidIn[];
}

/** An expected trouble as a value: bad input is refused with its reason and changes nothing. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  /** The field at fault as a reader writes it (disease.lesions[0].sizeCm), where the trouble lies in one. */
  readonly path?: string;
}

/** A value, or the named reason why there is none. */
export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Trouble };

/** A good outcome. */
export function success<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

/** A refused outcome with its code, its sentence and, where it lies in a field, the path of that field. */
export function failure(code: string, message: string, path = ''): { readonly ok: false; readonly error: Trouble } {
  return { ok: false, error: path === '' ? { code, message } : { code, message, path } };
}
