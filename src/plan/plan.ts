import type { AssessmentInputs, Confirmation, Parenchyma, Phase, SurgeonGuess } from '../assessment/index.ts';
import type { Cut, StructureColour } from '../liver/index.ts';
import type { RuleSetRecord } from './rule-set.ts';
import type { ScanFacts } from './scan.ts';
import type { Remark } from '../volume/index.ts';

/** The series a plan belongs to; a plan is refused on any other. */
export interface SeriesReference {
  readonly seriesInstanceUid: string;
  /** Which of the volumes of the series, where it holds several. */
  readonly volumeId?: string | undefined;
  /** Digest of grid and voxels, see `fingerprint` in `dicom`. */
  readonly fingerprint: string;
  readonly description: string | null;
  /** Whose scan it is, and of which day; plans of before do not have it. */
  readonly scan?: ScanFacts | undefined;
}

/** One structure of the anatomy layer as the user sees it. */
export interface StructureEntry {
  readonly label: number;
  readonly name: string;
  /** The colour the user chose; absent = the usual one of its kind. */
  readonly colour?: StructureColour | undefined;
  /** A locked structure is neither painted nor painted over, whatever asks for it. */
  readonly isLocked?: boolean | undefined;
}

/** A remark on the masks; it lapses when one of the structures it speaks of becomes another. */
export interface MaskRemark extends Remark {
  readonly labels?: readonly number[] | undefined;
}

/** What is edited, undone, saved and opened again: small and immutable; the labels live beside it. */
export interface Plan {
  readonly version: 1;
  readonly series: SeriesReference;
  readonly structures: readonly StructureEntry[];
  readonly cuts: readonly Cut[];
  readonly heightCm: number | null;
  readonly weightKg: number | null;
  readonly parenchyma: Parenchyma;
  readonly phase: Phase | null;
  readonly confirmed: readonly Confirmation[];
  readonly segmentation: {
    /** Who or what made the masks: a user's name, or the imported file with its remark. */
    readonly author: string | null;
    /** Whether voxels were edited by hand since the import. */
    readonly edited: boolean;
    /** Who reviewed the masks; any later change of voxels takes the review back. */
    readonly reviewedBy: string | null;
  };
  readonly plannedBy: string | null;
  /** Resampling on import, overlaps in mL and the like: said on every result. */
  readonly remarks: readonly MaskRemark[];
  /** What else is known of the patient for the assessment; plans of before do not have it. */
  readonly inputs?: AssessmentInputs | undefined;
  /** What the surgeon guessed before the figure was shown. */
  readonly guess?: SurgeonGuess | undefined;
  /** The rules in force when the plan was stored last; written with the file, never edited. */
  readonly rules?: RuleSetRecord | undefined;
}
