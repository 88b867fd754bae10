import { parenchymaLabels, sayRuleSet } from '../assessment/index.ts';
import type { Cut } from '../liver/index.ts';
import type { Fact } from './fact.ts';
import type { ReportInput } from './input.ts';
import { cutText, dateText, notGiven, notInImages, phaseWords } from './wording.ts';

/** Where the numbers come from: images, masks, people, cuts, software. */
export function inputFacts(input: ReportInput): readonly Fact[] {
  const { entry, volume, plan, volumetry, assessed } = input;
  const { header } = entry;
  const { segmentation } = plan;
  const [x, y, z] = volume.grid.spacing;
  return [
    { label: 'Series UID', value: header.seriesInstanceUid },
    { label: 'Study UID', value: header.studyInstanceUid ?? notInImages },
    {
      label: 'Images',
      value: `${header.modality}, ${volume.grid.size.join(' × ')} voxels, ${[x, y, z].map((step) => step.toFixed(3)).join(' × ')} mm`,
    },
    { label: 'Acquired', value: dateText(header.acquisitionDate ?? header.studyDate) },
    {
      label: 'Contrast phase',
      value: `${phaseWords(plan.phase)}${header.contrastAgent === null ? '' : `; agent: ${header.contrastAgent}`}`,
    },
    { label: 'Parenchyma', value: parenchymaLabels[plan.parenchyma] },
    {
      label: 'Confirmed by eye',
      value: plan.confirmed.length === 0 ? 'nothing' : plan.confirmed.join(', ').replace('_', ' '),
    },
    { label: 'Segmented by', value: segmentation.author ?? notGiven },
    { label: 'Edited by hand', value: segmentation.edited ? 'yes' : 'no' },
    { label: 'Reviewed by', value: segmentation.reviewedBy ?? 'not reviewed' },
    { label: 'Planned by', value: plan.plannedBy ?? notGiven },
    {
      label: plan.cuts.length > 1 ? 'Cuts (LPS, mm)' : 'Cut (LPS, mm)',
      value: plan.cuts.length === 0 ? 'no resection planned' : cutsText(plan.cuts),
    },
    { label: 'Method', value: 'voxels counted, exact fractions at cuts; spacing from slice positions' },
    {
      label: 'Intervals',
      value: `90 % (5th to 95th percentile), ${volumetry.intervalMethod}: cut SD 2 mm, boundary ± half a voxel in plane`,
    },
    { label: 'Software', value: `Remnant ${input.appVersion}, ${sayRuleSet(assessed.rules)}` },
  ];
}

/** The report names so many cuts; the rest is in the plan file. */
const mostCuts = 12;

function cutsText(cuts: readonly Cut[]): string {
  const named = cuts.slice(0, mostCuts).map(cutText).join('; or ');
  return cuts.length > mostCuts ? `${named}; and ${cuts.length - mostCuts} more in the plan file` : named;
}
