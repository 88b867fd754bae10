import { parseArgs } from 'node:util';
import { confirmations } from '../../src/assessment/index.ts';
import type { Confirmation, Parenchyma, Phase } from '../../src/assessment/index.ts';
import { Refusal } from './refusal.ts';

/** A mask file and the labels chosen in it (null: it must hold exactly one). */
export interface MaskArgument {
  readonly file: string;
  readonly labels: readonly number[] | null;
}

/** The options that volumetry and report share. Null = not given. */
export interface CaseOptions {
  readonly folder: string;
  /** A SeriesInstanceUID or the id of a volume. */
  readonly series: string | null;
  readonly resampleUneven: boolean;
  readonly liver: MaskArgument | null;
  readonly tumours: readonly MaskArgument[];
  readonly vessels: MaskArgument | null;
  readonly outside: MaskArgument | null;
  readonly nonFunctional: MaskArgument | null;
  readonly plan: string | null;
  readonly heightCm: number | null;
  readonly weightKg: number | null;
  readonly parenchyma: Parenchyma | null;
  readonly reviewedBy: string | null;
  readonly phase: Phase | null;
  readonly confirmed: readonly Confirmation[] | null;
  /** Files of clinical inputs and of a department's rules. */
  readonly inputs: string | null;
  readonly rules: string | null;
  readonly out: string | null;
  readonly json: boolean;
}

/** Reads the words of one command strictly, after the one folder or file that it works on: an unknown option or a second folder is refused. */
export function readWords(
  words: readonly string[],
  names: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean }>>,
  { called, missing } = {
    called: 'folder',
    missing: new Refusal('folder_missing', 'Name the folder that holds the DICOM files.'),
  },
): {
  readonly folder: string;
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
} {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...words],
      options: { ...names, json: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (trouble) {
    throw new Refusal('bad_option', trouble instanceof Error ? trouble.message : String(trouble));
  }
  const [folder, second] = parsed.positionals;
  if (folder === undefined) throw missing;
  if (second !== undefined) throw new Refusal('bad_option', `One ${called} at a time; what is “${second}”?`);
  return { folder, values: parsed.values };
}

const caseOptions = {
  series: { type: 'string' },
  'resample-uneven': { type: 'boolean' },
  liver: { type: 'string' },
  tumour: { type: 'string', multiple: true },
  vessels: { type: 'string' },
  outside: { type: 'string' },
  'non-functional': { type: 'string' },
  plan: { type: 'string' },
  height: { type: 'string' },
  weight: { type: 'string' },
  parenchyma: { type: 'string' },
  'reviewed-by': { type: 'string' },
  phase: { type: 'string' },
  confirmed: { type: 'string' },
  inputs: { type: 'string' },
  rules: { type: 'string' },
  out: { type: 'string' },
} as const;

/** Reads the options of `volumetry` and `report`; throws a Refusal that names the option at fault. */
export function readCaseOptions(words: readonly string[]): CaseOptions {
  const { folder, values } = readWords(words, caseOptions);
  const text = (name: keyof typeof caseOptions): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  const mask = (name: keyof typeof caseOptions): MaskArgument | null => {
    const value = text(name);
    return value === null ? null : readMaskArgument(value);
  };
  const tumours = values['tumour'];
  const confirmed = text('confirmed');
  const reviewedBy = text('reviewed-by');
  if (reviewedBy !== null && reviewedBy.trim() === '') {
    throw new Refusal('bad_option', '--reviewed-by needs the name of the person who reviewed the masks.');
  }
  return {
    folder,
    series: text('series'),
    resampleUneven: values['resample-uneven'] === true,
    liver: mask('liver'),
    tumours: Array.isArray(tumours) ? tumours.map((value) => readMaskArgument(String(value))) : [],
    vessels: mask('vessels'),
    outside: mask('outside'),
    nonFunctional: mask('non-functional'),
    plan: text('plan'),
    heightCm: readNumber('height', text('height')),
    weightKg: readNumber('weight', text('weight')),
    parenchyma: oneOf('parenchyma', text('parenchyma'), ['normal', 'chemotherapy', 'cirrhosis', 'unknown']),
    reviewedBy: reviewedBy?.trim() ?? null,
    phase: oneOf('phase', text('phase'), ['portal-venous', 'other']),
    confirmed:
      confirmed === null
        ? null
        : confirmed
            .split(',')
            .filter((word) => word !== '')
            .map((word) => oneOf('confirmed', word, confirmations)!),
    inputs: text('inputs'),
    rules: text('rules'),
    out: text('out'),
    json: values['json'] === true,
  };
}

/** `FILE#3,5` names labels 3 and 5 of FILE; a `#` that is not followed by numbers belongs to the name. */
export function readMaskArgument(word: string): MaskArgument {
  const match = /^(.*)#(\d+(?:,\d+)*)$/u.exec(word);
  if (match === null) return { file: word, labels: null };
  return { file: match[1]!, labels: match[2]!.split(',').map(Number) };
}

function readNumber(name: string, word: string | null): number | null {
  if (word === null) return null;
  const value = Number(word);
  if (word.trim() === '' || !Number.isFinite(value)) {
    throw new Refusal('bad_option', `--${name} needs a number, got “${word}”.`);
  }
  return value;
}

function oneOf<Word extends string>(name: string, word: string | null, words: readonly Word[]): Word | null {
  if (word === null) return null;
  const found = words.find((candidate) => candidate === word);
  if (found === undefined) throw new Refusal('bad_option', `--${name} is one of ${words.join(', ')}; got “${word}”.`);
  return found;
}
