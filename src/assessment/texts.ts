import type { Confirmation, Denominator, Light, Missing, Parenchyma, Phase, Verdict } from './assessment.ts';

/** The safety wording of the clinical rule base, section C5, to the letter. */
export const safetyWording =
  'For use by qualified clinicians as a planning aid. Not cleared by FDA and not CE-marked; not validated for primary diagnosis. ' +
  'Volumes, margins and published ranges must be reviewed and confirmed by the responsible surgeon and radiologist on the source images. ' +
  'The listed options are general published information, not a recommendation for this patient.';

/** Stands beside every predicted range. */
export const growthCaveat = 'population range, not a prediction for this patient';

/** What predicted shares are of where no baseline is locked. */
export const scanDenominator = 'functional liver of this scan';

/** Stands beside every interval of a percentage. */
export const intervalCaveat =
  'The interval of the share of measured TLV includes the error of that denominator; standardised TLV and body weight are taken as exact.';

/** What a percentage is related to. */
export const denominatorLabels: Readonly<Record<Denominator, string>> = {
  functional: 'functional liver (tumour-free measured volume)',
  standard: 'standard liver volume (Vauthey, Mosteller)',
  bodyWeight: 'body weight',
};

export const parenchymaLabels: Readonly<Record<Parenchyma, string>> = {
  normal: 'normal liver',
  chemotherapy: 'chemotherapy-injured',
  cirrhosis: 'fibrosis or cirrhosis',
  unknown: 'unknown',
};

export const phaseLabels: Readonly<Record<Phase, string>> = { 'portal-venous': 'portal-venous', other: 'other phase' };

/** What the user confirms of the remnant by eye. */
export const confirmationLabels: Readonly<Record<Confirmation, string>> = {
  inflow: 'Portal and arterial inflow of the remnant intact',
  outflow: 'Hepatic venous outflow of the remnant intact',
  bile: 'Biliary drainage of the remnant intact',
  segments: 'At least two contiguous segments remain',
  slice_spacing: 'A verdict is wanted although the slices are more than 5 mm apart',
};

/** Where an interval lies; never a tick. */
export const verdictLabels: Readonly<Record<Verdict, string>> = {
  above: 'above the threshold',
  crosses: 'interval crosses the threshold',
  below: 'below the threshold',
  none: 'no statement',
};

/** What each light says, as C2 of the rule base defines it. */
export const lightLabels: Readonly<Record<Light, string>> = {
  green:
    'Green: the whole interval lies above the threshold for every chosen denominator, and the remnant is confirmed.',
  amber:
    'Amber: an interval crosses a threshold, the denominators disagree, congestion would drop it below, or a rapid augmentation was done without a function test.',
  red: 'Red: the whole interval lies below the threshold for every denominator.',
  grey: 'Grey: no statement.',
};

/** What to do next about each thing that is missing. */
export const missingLabels: Readonly<Record<Missing, string>> = {
  liver: 'There is no functional liver volume: import or paint the liver.',
  plan: 'No resection is planned: place a cutting plane and choose the side to resect.',
  parenchyma: 'The state of the liver is unknown: choose normal, chemotherapy-injured, or fibrosis or cirrhosis.',
  review: 'The masks are not reviewed: check them on the images and enter the reviewer’s name.',
  phase: 'The scan is not known to be portal-venous: confirm the phase, or load the portal-venous series.',
  slice_spacing:
    'The slices are more than 5 mm apart: load a series with thinner spacing, or confirm that a verdict is wanted all the same.',
  body_size: 'Height and weight are missing: enter both for the standard liver volume and the share of body weight.',
  tumour_in_remnant:
    'Tumour lies in the remnant and is not dealt with by this plan: add its resection, or discuss how the remnant is cleared.',
  liver_state:
    'The details of the liver contradict its state, and the remnant does not clear the threshold that they ask for: choose the state that fits, or correct the details.',
  inflow: 'Portal and arterial inflow of the remnant is not confirmed: check it on the images.',
  outflow: 'Hepatic venous outflow of the remnant is not confirmed: check it on the images.',
  bile: 'Biliary drainage of the remnant is not confirmed: check it on the images.',
  segments: 'Two contiguous segments in the remnant are not confirmed: check them on the images.',
};
