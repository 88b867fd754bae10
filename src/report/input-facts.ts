import { parenchymaLabels } from '../assessment/index.ts';
import type { Fact } from './content.ts';
import type { ReportInput } from './input.ts';
import { cutText, dateText, notGiven, notInImages, phaseWords } from './wording.ts';

/** Where the numbers come from: images, masks, people, cuts, software. */
export function inputFacts(input: ReportInput): readonly Fact[] {
  const { entry, volume, plan, volumetry, assessment } = input;
  const { header } = entry;
  const { segmentation } = plan;
  const [x, y, z] = volume.grid.spacing;
  return [
    { label: 'Series UID', value: header.seriesInstanceUid },
    { label: 'Study UID', value: header.studyInstanceUid ?? notInImages },
    {
      label: 'Images',
      value:
        `${header.modality}, ${volume.grid.size.join(' × ')} voxels of ${[x, y, z].map((step) => step.toFixed(3)).join(' × ')} mm ` +
        '(slice spacing from positions)',
    },
    { label: 'Acquired', value: dateText(header.acquisitionDate ?? header.studyDate) },
    {
      label: 'Contrast phase',
      value: `${phaseWords(plan.phase)}${header.contrastAgent === null ? '' : `; agent: ${header.contrastAgent}`}`,
    },
    { label: 'Parenchyma', value: parenchymaLabels[plan.parenchyma] },
    { label: 'Confirmed by eye', value: plan.confirmed.length === 0 ? 'nothing' : plan.confirmed.join(', ') },
    { label: 'Segmented by', value: segmentation.author ?? notGiven },
    { label: 'Edited by hand', value: segmentation.edited ? 'yes' : 'no' },
    { label: 'Reviewed by', value: segmentation.reviewedBy ?? 'not reviewed' },
    { label: 'Planned by', value: plan.plannedBy ?? notGiven },
    {
      label: plan.cuts.length > 1 ? 'Cuts (LPS, mm)' : 'Cut (LPS, mm)',
      value: plan.cuts.length === 0 ? 'no resection planned' : plan.cuts.map(cutText).join('; or '),
    },
    {
      label: 'Method',
      value: `voxels counted with exact fractions at cuts, one voxel ${(volumetry.voxelMl * 1000).toFixed(3)} mm³`,
    },
    {
      label: 'Intervals',
      value: `90 % (5th to 95th percentile), method ${volumetry.intervalMethod}: cut ± 2 mm (standard deviation), boundary ± half a voxel in plane`,
    },
    { label: 'Rule base', value: assessment.rules },
    { label: 'Software', value: `Remnant ${input.appVersion}` },
  ];
}
