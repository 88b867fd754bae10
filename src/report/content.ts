import {
  conclusionText,
  decimalsFor,
  growthCaveat,
  lightLabels,
  missingLabels,
  safetyWording,
} from '../assessment/index.ts';
import type { Denominator } from '../assessment/index.ts';
import { structureName } from '../liver/index.ts';
import type { ReportInput } from './input.ts';
import type { Fact } from './fact.ts';
import { clinicalFacts, quantityFacts } from './clinical-facts.ts';
import { growthContent } from './growth-content.ts';
import type { GrowthContent } from './growth-content.ts';
import { inputFacts } from './input-facts.ts';
import { optionContent, predictionContent, withheldLines } from './option-content.ts';
import type { OptionContent, PredictionContent } from './option-content.ts';
import { sheetGroups } from './sheet-content.ts';
import type { SheetGroup } from './sheet-content.ts';
import { sourceList } from './sources.ts';
import type { Source } from './sources.ts';
import { volumeRows } from './volume-rows.ts';
import type { VolumeRow } from './volume-rows.ts';
import {
  dateText,
  intervalText,
  lightTitles,
  momentText,
  notInImages,
  percentText,
  personText,
  volumeInterval,
  volumeText,
} from './wording.ts';

/** One of the figures that are read first. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly note: string;
}

/** All words of the report, laid out by nobody yet: the PDF and the plain text say the same. */
export interface ReportContent {
  readonly product: string;
  readonly title: string;
  readonly status: string;
  readonly identity: readonly Fact[];
  readonly keyFigures: readonly KeyFigure[];
  readonly light: { readonly title: string; readonly meaning: string; readonly missing: readonly string[] };
  /** The conclusion as it is copied: C4 of the rule base, whole. */
  readonly conclusion: string;
  /** Its lines that nothing else in the pages says. */
  readonly conclusionLines: readonly string[];
  readonly volumes: readonly VolumeRow[];
  readonly denominators: readonly string[];
  readonly tumours: readonly Fact[];
  /** The verdict sheet: denominators by thresholds. */
  readonly sheet: readonly SheetGroup[];
  readonly quantities: readonly Fact[];
  readonly clinical: readonly Fact[];
  readonly options: readonly OptionContent[];
  readonly predictions: PredictionContent | null;
  /** What is not listed and why, one reason a line. */
  readonly withheld: readonly string[];
  /** Days and windows with what they are. */
  readonly dates: readonly Fact[];
  readonly growth: GrowthContent | null;
  readonly sources: readonly Source[];
  readonly inputs: readonly Fact[];
  readonly remarks: readonly string[];
  readonly safety: string;
  /** One line for the foot of every page: whose report this is. */
  readonly footer: string;
  /** A second line: which images, which software, when. */
  readonly origin: string;
}

export const populationCaveat = `Growth is published as a ${growthCaveat}. Options are listed, not ranked or chosen.`;
/** How the verdict sheet is read. */
export const sheetCaveat =
  'Triangle up: the whole interval lies above; diamond: it crosses; triangle down: it lies below. The light follows the rule that decides, in bold; every other published threshold stands beside it as text.';

/** Turns the input into the words of the report. */
export function reportContent(input: ReportInput): ReportContent {
  const { entry, plan, volumetry, assessed } = input;
  const { assessment, rules, dateLine, growth } = assessed;
  const sources = sourceList();
  const { header } = entry;
  const patient = personText(header.patientName);
  const patientId = header.patientId ?? notInImages;
  const conclusion = conclusionText(
    { remnantName: null, parenchyma: plan.parenchyma, reviewedBy: plan.segmentation.reviewedBy, growth },
    volumetry,
    assessment,
    rules,
  );
  // In the order of the pages, so that the numbers of the sources ascend.
  const sheet = sheetGroups(assessed, sources);
  const quantities = quantityFacts(assessed, sources);
  const options = assessment.options.map((option) => optionContent(option, rules, sources));
  const withheld = withheldLines(assessment.withheld);
  const dates = dateLine.marks.map(({ id, from, to, label, citation, address }) => ({
    label: from === to ? from : `${from} to ${to}`,
    // On paper “today” is another day when it is read.
    value:
      id === 'as-of'
        ? 'Day of this assessment'
        : citation === null
          ? label
          : `${label} ${sources.cite(citation, address)}`,
  }));
  const grown = growthContent(growth, sources);
  const missing = assessment.overall.missing.map((code) => missingLabels[code]);
  const saidElsewhere = new Set([
    safetyWording,
    `Missing: ${missing.join(' ')}`,
    assessment.remarks.map(({ message }) => message).join(' '),
  ]);
  return {
    product: `Remnant ${input.appVersion}`,
    title: 'Hepatectomy plan: future liver remnant',
    status: 'DRAFT — not signed',
    identity: [
      { label: 'Patient', value: patient },
      { label: 'Patient ID', value: patientId },
      { label: 'Born', value: dateText(header.patientBirthDate) },
      { label: 'Sex', value: header.patientSex ?? notInImages },
      { label: 'Study', value: header.studyDescription ?? notInImages },
      { label: 'Series', value: seriesName(input) },
      { label: 'Study date', value: dateText(header.studyDate) },
      { label: 'Report made', value: momentText(input.now) },
    ],
    keyFigures: keyFigures(input),
    light: {
      title: lightTitles[assessment.overall.light],
      meaning: capitalised(lightLabels[assessment.overall.light].replace(/^\w+: /, '')),
      missing,
    },
    conclusion,
    conclusionLines: conclusion
      .split('\n')
      .filter((line) => !saidElsewhere.has(line) && !line.startsWith('Other published thresholds:')),
    volumes: volumeRows(volumetry),
    denominators: denominators(input),
    tumours: volumetry.tumours.map(({ label, volumeMl, diameterMm }) => ({
      label: plan.structures.find((structure) => structure.label === label)?.name ?? structureName(label),
      value: `${volumeMl.toFixed(1)} mL, Ø ${diameterMm.toFixed(0)} mm`,
    })),
    ...{ sheet, quantities, options, withheld, dates, growth: grown, sources: sources.listed() },
    predictions: predictionContent(assessment.options, presentShare(input)),
    clinical: clinicalFacts(assessed.inputs),
    inputs: inputFacts(input),
    remarks: unique(
      [...input.remarks, ...plan.remarks, ...assessment.remarks, ...dateLine.remarks].map(({ message }) => message),
    ),
    safety: safetyWording,
    footer: `${shortened(patient)} · ID ${shortened(patientId)} · ${seriesName(input)}`,
    origin: `Series UID ${header.seriesInstanceUid} · Remnant ${input.appVersion} · ${momentText(input.now)}`,
  };
}

/** The remnant over the baseline denominator of the predictions. */
function presentShare({ volumetry, assessed: { growth } }: ReportInput): number | null {
  if (growth === null || volumetry.remnantMl === null) return volumetry.flrPercent;
  return (volumetry.remnantMl / growth.denominator.volumeMl) * 100;
}

function seriesName({ entry }: ReportInput): string {
  const { seriesNumber, modality, description } = entry.header;
  const number = seriesNumber === null ? '' : ` ${seriesNumber}`;
  return `${modality}${number}, ${description ?? 'no description'}`;
}

function keyFigures({ volumetry, assessed: { assessment } }: ReportInput): readonly KeyFigure[] {
  const { intervals } = volumetry;
  const show = (denominator: Denominator): ((value: number) => string) => {
    const line = assessment.verdicts.find((one) => one.denominator === denominator);
    return (value) => (line === undefined ? percentText(value, denominator) : value.toFixed(decimalsFor(line)));
  };
  const figure = (
    label: string,
    value: string | null,
    unit: string,
    interval: string,
    otherwise: string,
  ): KeyFigure => ({
    label,
    value: value ?? '–',
    unit: value === null ? '' : unit,
    note: value === null ? otherwise : `90 % interval ${interval}`,
  });
  const needsPlan = 'No resection planned';
  const needsSize = volumetry.remnantMl === null ? needsPlan : 'Needs height and weight';
  return [
    figure(
      `FLR of functional liver${volumetry.flrPercent === null ? '' : ` (${volumeText(volumetry.functionalMl)} mL, measured)`}`,
      volumetry.flrPercent === null ? null : show('functional')(volumetry.flrPercent),
      '%',
      intervalText(intervals.flrPercent, show('functional')),
      needsPlan,
    ),
    figure(
      'Remnant (FLR)',
      volumetry.remnantMl === null ? null : volumeText(volumetry.remnantMl),
      'mL',
      volumeInterval(intervals.remnantMl),
      needsPlan,
    ),
    figure(
      'Standardised FLR',
      volumetry.sflrPercent === null ? null : show('standard')(volumetry.sflrPercent),
      '%',
      intervalText(intervals.sflrPercent, show('standard')),
      needsSize,
    ),
    figure(
      'FLR / body weight',
      volumetry.flrBodyWeightPercent === null ? null : show('bodyWeight')(volumetry.flrBodyWeightPercent),
      '%',
      intervalText(intervals.flrBodyWeightPercent, show('bodyWeight')),
      needsSize,
    ),
  ];
}

function denominators({ volumetry, plan }: ReportInput): readonly string[] {
  const lines = [
    `Functional ${volumeText(volumetry.functionalMl)} mL, measured: total without tumour and non-functional tissue.`,
  ];
  if (volumetry.standardLiverMl === null || volumetry.bsaM2 === null) {
    lines.push('Standard liver volume: needs height and weight.');
  } else {
    lines.push(
      `Standard ${volumeText(volumetry.standardLiverMl)} mL: Vauthey 2002, −794.41 + 1267.28 × BSA; ` +
        `BSA ${volumetry.bsaM2.toFixed(2)} m² (Mosteller).`,
    );
  }
  if (plan.heightCm !== null && plan.weightKg !== null) {
    lines.push(`Height ${plan.heightCm} cm, body weight ${plan.weightKg} kg.`);
  }
  return lines;
}

/** Short enough that name and ID stand beside each other at the foot of a page. */
function shortened(text: string): string {
  return text.length > 36 ? `${text.slice(0, 35)}…` : text;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}
