/** Every reason for which a series is no trustworthy volume. The codes are stable: scripts and tests rely on them. */
export const seriesRefusalCodes = [
  'transfer_syntax_unsupported',
  'not_ct_or_mr',
  'localizer',
  'multi_frame_unsupported',
  'colour_image',
  'bits_unsupported',
  'truncated_pixels',
  'value_table_unsupported',
  'no_rescale',
  'mixed_patient',
  'mixed_modality',
  'mixed_frame_of_reference',
  'too_few_slices',
  'no_position',
  'no_orientation',
  'no_pixel_spacing',
  'mixed_size',
  'mixed_pixel_spacing',
  'mixed_orientation',
  'duplicate_slice',
  'missing_slice',
  'uneven_spacing',
  'gantry_tilt',
  'too_large',
] as const;

export type SeriesRefusalCode = (typeof seriesRefusalCodes)[number];

/** Why a series is refused: a closed code and the facts in a sentence. */
export interface SeriesRefusal {
  readonly code: SeriesRefusalCode;
  readonly message: string;
}
