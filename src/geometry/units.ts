/** Units as types: a number of mL can not be passed where mm, % or percentage points are meant. */

declare const unit: unique symbol;
type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

export type Millimetres = Quantity<'mm'>;
export type SquareMillimetres = Quantity<'mm²'>;
export type Millilitres = Quantity<'mL'>;
/** A ratio times 100. Never the difference of two such ratios: that is `PercentagePoints`. */
export type Percent = Quantity<'%'>;
/** The difference of two percentages (degree of hypertrophy, kinetic growth rate). */
export type PercentagePoints = Quantity<'pp'>;
export type Centimetres = Quantity<'cm'>;
export type Kilograms = Quantity<'kg'>;
/** Body surface area. */
export type SquareMetres = Quantity<'m²'>;

function finite<Unit extends string>(value: number, name: Unit): Quantity<Unit> {
  if (!Number.isFinite(value)) throw new RangeError(`Expected a finite number of ${name}, got ${String(value)}`);
  return value as Quantity<Unit>;
}

/** A length in mm; throws RangeError unless finite. */
export function millimetres(value: number): Millimetres {
  return finite(value, 'mm');
}

/** An area in mm²; throws RangeError unless finite. */
export function squareMillimetres(value: number): SquareMillimetres {
  return finite(value, 'mm²');
}

/** A volume in mL (1 mL = 1000 mm³); throws RangeError unless finite. */
export function millilitres(value: number): Millilitres {
  return finite(value, 'mL');
}

/** A percentage (50 means half); throws RangeError unless finite. */
export function percent(value: number): Percent {
  return finite(value, '%');
}

/** A difference of percentages in percentage points; throws RangeError unless finite. */
export function percentagePoints(value: number): PercentagePoints {
  return finite(value, 'pp');
}

/** A body height in cm; throws RangeError unless finite. */
export function centimetres(value: number): Centimetres {
  return finite(value, 'cm');
}

/** A body weight in kg; throws RangeError unless finite. */
export function kilograms(value: number): Kilograms {
  return finite(value, 'kg');
}

/** A body surface area in m²; throws RangeError unless finite. */
export function squareMetres(value: number): SquareMetres {
  return finite(value, 'm²');
}
