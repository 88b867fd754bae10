import { z } from 'zod';
import { failure } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import { dayNumber } from './calendar.ts';
import { albuminGramsPerLitre, bilirubinMicromolar } from './scores.ts';

// Without this zod compiles schemas with `new Function`, which the page's content security policy forbids and reports.
z.config({ jitless: true });

/** A field that may be left out or null; both mean "not known". */
export function optional<Schema extends z.ZodType>(schema: Schema): z.ZodDefault<z.ZodNullable<Schema>> {
  return schema.nullable().default(null as never);
}

/** A number with the range a patient can have; outside it the named code is reported with value, unit and range. */
export function inRange(name: string, code: string, low: number, high: number, unit: string): z.ZodNumber {
  return z.number().check((context) => {
    const { value } = context;
    if (value >= low && value <= high) return;
    const [said, range] = [`${value} ${unit}`, `${low} to ${high} ${unit}`].map((text) => text.trimEnd());
    const message = `${name} of ${said} is not plausible (${range})`;
    context.issues.push({ code: 'custom', input: value, message, params: { code } });
  });
}

/** The same for counts. */
export function countInRange(name: string, code: string, low: number, high: number): z.ZodNumber {
  return inRange(name, code, low, high, '').int(`${name} is a whole number`);
}

/** Days of a patient's course lie in these years; another is a slip. */
const years = { first: '1900', last: '2099' } as const;

/** A day that exists, as "2026-03-02", in a year that a patient's course can lie in. */
export const calendarDay = z.string().check((context) => {
  const year = context.value.slice(0, 4);
  if (dayNumber(context.value) !== null) {
    if (year >= years.first && year <= years.last) return;
    const message = `a day of the year ${year} is not plausible (${years.first} to ${years.last})`;
    context.issues.push({ code: 'custom', input: context.value, message, params: { code: 'date_implausible' } });
    return;
  }
  context.issues.push({
    code: 'custom',
    input: context.value,
    message: `there is no day “${context.value}”; write it as 2026-03-02`,
    params: { code: 'date_invalid' },
  });
});

/** Bilirubin with its unit; refused where the value in that unit can not be one, which is mostly a slip of the unit. */
export const bilirubin = z.strictObject({ value: z.number(), unit: z.enum(['µmol/L', 'mg/dL']) }).check((context) => {
  const micromolar = bilirubinMicromolar(context.value);
  if (micromolar >= 1 && micromolar <= 1000) return;
  const { value, unit } = context.value;
  const message = `bilirubin of ${value} ${unit} is not plausible (1 to 1000 µmol/L, 0.06 to 58 mg/dL): check the unit`;
  context.issues.push({ code: 'custom', input: value, message, params: { code: 'bilirubin_implausible' } });
});

/** Albumin with its unit; refused where the value in that unit can not be one. */
export const albumin = z.strictObject({ value: z.number(), unit: z.enum(['g/L', 'g/dL']) }).check((context) => {
  const grams = albuminGramsPerLitre(context.value);
  if (grams >= 8 && grams <= 70) return;
  const { value, unit } = context.value;
  const message = `albumin of ${value} ${unit} is not plausible (8 to 70 g/L, 0.8 to 7 g/dL): check the unit`;
  context.issues.push({ code: 'custom', input: value, message, params: { code: 'albumin_implausible' } });
});

/** The first fault of a check: the code the check names, or `otherwise`, and what is wrong, without a full stop. */
export function sayFault(error: z.ZodError, otherwise: string): { readonly code: string; readonly sentence: string } {
  const issue = error.issues[0]!;
  const named: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return {
    code: typeof named === 'string' ? named : otherwise,
    sentence: issue.message.replace(/^Invalid input: /, ''),
  };
}

/** The first fault of a check as a refusal: the code the check names, or `otherwise`, and where it is. */
export function faultOf(error: z.ZodError, otherwise: string, what: string): Extract<Outcome<never>, { ok: false }> {
  const { code, sentence } = sayFault(error, otherwise);
  const place = placeOf(error.issues[0]!.path);
  return failure(
    code,
    `In ${what}${place === '' ? '' : `, at ${place}`}: ${sentence}. Correct it, or leave the field out.`,
    place,
  );
}

/** A path as a reader writes it: disease.lesions[0].sizeCm. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}
