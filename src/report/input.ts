import type { CaseAssessment } from '../assessment/index.ts';
import type { SeriesEntry } from '../dicom/index.ts';
import type { Volumetry } from '../liver/index.ts';
import type { Plan } from '../plan/index.ts';
import type { Labels, Remark, Volume } from '../volume/index.ts';
import type { Script } from './script.ts';

/** Everything the report shows. Nothing is looked up elsewhere: same input, same bytes. */
export interface ReportInput {
  readonly entry: SeriesEntry;
  readonly volume: Volume;
  readonly labels: Labels;
  readonly plan: Plan;
  readonly volumetry: Volumetry;
  /** What the rules in force say of the case, with its inputs, dates and growth. */
  readonly assessed: CaseAssessment;
  /** Remarks of loading, masks and volumetry together. */
  readonly remarks: readonly Remark[];
  readonly appVersion: string;
  /** When the report is made, ISO 8601 with offset; injected because `src` has no clock. */
  readonly now: string;
}

/** Font files the PDF embeds, injected by the host (TrueType bytes). */
export interface ReportFonts {
  readonly regular: Uint8Array;
  readonly medium: Uint8Array;
  readonly bold: Uint8Array;
  /** The font of a script that the others lack, with basic Latin; asked for only when the report holds that script. */
  readonly other: (script: Script) => Promise<Uint8Array>;
}
