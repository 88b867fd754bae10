import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assessCase, emptyInputs } from '../../src/assessment/index.ts';
import type { AssessmentInput, AssessmentInputs } from '../../src/assessment/index.ts';
import { createGrid, direction, worldPoint } from '../../src/geometry/index.ts';
import type { WorldPoint } from '../../src/geometry/index.ts';
import { measure, prepareMeasurement } from '../../src/liver/index.ts';
import type { Cut } from '../../src/liver/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import type { ReportFonts, ReportInput } from '../../src/report/index.ts';
import { projectRoot } from '../support/needs.ts';
import { paintedLabels, rotation } from '../support/phantom.ts';

/** Middle of the phantom's liver, LPS, mm. */
export const middle = worldPoint(-42, 31, 1207);

/** Offset of a place from the middle of the liver. */
export function from(point: WorldPoint): readonly [number, number, number] {
  return [point[0] - middle[0], point[1] - middle[1], point[2] - middle[2]];
}

function inBall(point: WorldPoint, centre: readonly [number, number, number], radius: number): boolean {
  const [x, y, z] = from(point);
  return Math.hypot(x - centre[0], y - centre[1], z - centre[2]) <= radius;
}

/** An oblique grid with all-different sizes and spacings around the middle. */
export function phantomGrid(): ReportInput['volume']['grid'] {
  const axes = rotation(0.21, -0.13, 0.34);
  const size = [71, 67, 43] as const;
  const spacing = [3.3, 3.1, 4.7] as const;
  const origin = [0, 1, 2].map(
    (component) =>
      middle[component]! -
      [0, 1, 2].reduce((sum, axis) => sum + axes[axis]![component]! * spacing[axis]! * ((size[axis]! - 1) / 2), 0),
  ) as [number, number, number];
  return createGrid({ size, spacing, origin, axes });
}

/** An ellipsoid liver with two tumours, a vessel and a cyst, as labels. */
export function phantomLabels(): ReportInput['labels'] {
  return paintedLabels(phantomGrid(), (point) => {
    const [x, y, z] = from(point);
    if ((x / 88) ** 2 + (y / 67) ** 2 + (z / 74) ** 2 > 1) return 0;
    if (inBall(point, [-51, 7, 11], 17)) return 16;
    if (inBall(point, [37, -21, -13], 11)) return 17;
    if (inBall(point, [29, 25, 31], 13)) return 4;
    if (Math.hypot(y - 3, z + 9) < 6 && x < 20) return 2;
    return 1;
  });
}

/** The cut of the phantom: what lies to the patient's right of it is resected. */
export const phantomCut: Cut = {
  kind: 'plane',
  point: worldPoint(middle[0] + 9, middle[1], middle[2]),
  normal: direction(-0.93, 0.31, 0.17),
  resect: 'positive',
};

/** A whole report input on the phantom; parts may be replaced. */
export function phantomCase(
  change: {
    readonly cuts?: readonly Cut[];
    readonly labels?: ReportInput['labels'];
    readonly header?: Partial<ReportInput['entry']['header']>;
    readonly plan?: Partial<Plan>;
    readonly remarks?: ReportInput['remarks'];
    readonly parenchyma?: AssessmentInput['parenchyma'];
    readonly reviewedBy?: string | null;
    readonly inputs?: AssessmentInputs;
    readonly confirmed?: AssessmentInput['confirmed'];
    readonly size?: { readonly heightCm: number; readonly weightKg: number } | null;
  } = {},
): ReportInput {
  const labels = change.labels ?? phantomLabels();
  const { grid } = labels;
  const values = Int16Array.from(labels.values, (label) => (label === 0 ? -60 : label >= 16 ? 55 : 115));
  const cuts = change.cuts ?? [phantomCut];
  const size = change.size === undefined ? { heightCm: 171, weightKg: 68 } : change.size;
  const parenchyma = change.parenchyma ?? 'chemotherapy';
  const reviewedBy = change.reviewedBy === undefined ? 'Dr. R. Reader' : change.reviewedBy;
  const volumetry = measure(prepareMeasurement(labels), cuts, size);
  const confirmed = change.confirmed ?? (['inflow', 'outflow'] as const);
  const uid = '1.2.826.0.1.3680043.8.498.1';
  return {
    entry: {
      header: {
        seriesInstanceUid: uid,
        studyInstanceUid: '1.2.826.0.1.3680043.8.498.2',
        frameOfReferenceUid: null,
        modality: 'CT',
        description: 'Abdomen PV 2.0',
        studyDescription: 'CT abdomen',
        seriesNumber: 4,
        patientName: 'Łukasiewicz^Jürgen',
        patientId: 'PH-0815',
        patientBirthDate: '19610203',
        patientSex: 'M',
        patientHeightCm: null,
        patientWeightKg: null,
        studyDate: '20240607',
        acquisitionDate: '20240608',
        contrastAgent: null,
        window: null,
        ...change.header,
      },
      slices: grid.size[2],
      size: grid.size,
      spacing: grid.spacing,
      volumeId: uid,
      part: null,
      coverageMm: grid.size[2] * grid.spacing[2],
      phase: null,
      status: 'volume',
      resampling: 'none',
      reasons: [],
      remarks: [],
      files: [],
      copies: [],
    },
    volume: { grid, values, unit: 'HU' },
    labels,
    plan: {
      version: 1,
      series: { seriesInstanceUid: uid, fingerprint: 'f', description: null },
      structures: [{ label: 17, name: 'Lesion in segment III' }],
      cuts,
      heightCm: size?.heightCm ?? null,
      weightKg: size?.weightKg ?? null,
      parenchyma,
      phase: 'portal-venous',
      confirmed,
      segmentation: { author: 'liver.nii.gz, imported', edited: true, reviewedBy },
      plannedBy: 'Dr. S. Surgeon',
      remarks: [],
      ...change.plan,
    },
    volumetry,
    assessed: assessCase({
      volumetry,
      inputs: change.inputs ?? emptyInputs,
      size,
      sliceSpacingMm: grid.spacing[2],
      parenchyma,
      reviewedBy,
      phase: 'portal-venous',
      confirmed,
    }),
    remarks: change.remarks ?? [{ code: 'slice_thickness', message: 'SliceThickness differs from the spacing.' }],
    appVersion: '9.8.7',
    now: '2026-03-04T05:06:07+01:00',
  };
}

/** The fonts as the hosts inject them. */
export function reportFonts(): ReportFonts {
  const read = (name: string): Uint8Array =>
    new Uint8Array(readFileSync(join(projectRoot, 'node_modules/@expo-google-fonts', name)));
  const others = { han: 'SC', hangul: 'KR', arabic: 'Arabic', hebrew: 'Hebrew', thai: 'Thai' } as const;
  return {
    regular: read('inter/400Regular/Inter_400Regular.ttf'),
    medium: read('inter/500Medium/Inter_500Medium.ttf'),
    bold: read('inter/700Bold/Inter_700Bold.ttf'),
    other: (script) => {
      const family = others[script];
      return Promise.resolve(read(`noto-sans-${family.toLowerCase()}/400Regular/NotoSans${family}_400Regular.ttf`));
    },
  };
}
