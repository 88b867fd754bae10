import type { DataSet } from 'dicom-parser';
import { momentOf } from './acquisition.ts';
import type { AcquisitionFacts } from './acquisition.ts';
import { attributesOf } from './attributes.ts';
import type { Attributes } from './attributes.ts';

/** The functional groups whose attributes describe a frame (PS3.3, C.7.6.16); others only refer to other objects. */
const describing = [
  'x00209113', // plane position
  'x00209116', // plane orientation
  'x00289110', // pixel measures
  'x00289145', // pixel value transformation
  'x00289132', // VOI LUT
  'x00189329', // CT image frame type
  'x00189226', // MR image frame type
  'x00209111', // frame content
  'x00209310', // temporal position
  'x00189118', // cardiac synchronization
  'x00189112', // MR timing
  'x00189114', // MR echo
  'x00189117', // MR diffusion
  'x00189115', // MR modifier
  'x00189314', // CT reconstruction
  'x00189325', // CT X-ray details
  'x00209171', // unassigned per-frame converted attributes (legacy converted objects)
  'x00209170', // unassigned shared converted attributes
];

/** DiffusionGradientDirectionSequence, which stands inside the group of MR diffusion. */
const diffusionGradient = 'x00189076';

/**
 * Where to look for the attributes of each frame of an enhanced or legacy converted object, nearest first: its own functional groups,
 * then the shared ones. Null when the object has no functional groups; `[]` when they do not fit its number of frames.
 */
export function frameGroups(dataSet: DataSet, frames: number): readonly (readonly DataSet[])[] | null {
  const perFrame = dataSet.elements['x52009230']?.items;
  const shared = dataSet.elements['x52009229']?.items;
  if (perFrame === undefined && shared === undefined) return null;
  const common = groupsIn(shared?.[0]?.dataSet);
  if (perFrame?.length !== frames) return [];
  return perFrame.map((item) => [...groupsIn(item.dataSet), ...common]);
}

function groupsIn(macros: DataSet | undefined): readonly DataSet[] {
  if (macros === undefined) return [];
  return describing.flatMap((tag) => {
    const group = macros.elements[tag]?.items?.[0]?.dataSet;
    if (group === undefined) return [];
    const gradient = group.elements[diffusionGradient]?.items?.[0]?.dataSet;
    return gradient === undefined ? [group] : [group, gradient];
  });
}

/** The dimensions of an enhanced object (DimensionIndexSequence), in the order of its frames' indices. */
export function dimensionNames(dataSet: DataSet): readonly string[] {
  const items = dataSet.elements['x00209222']?.items ?? [];
  return items.map(({ dataSet: item }) => {
    const label = item === undefined ? null : attributesOf(dataSet, [item]).text('x00209421', 'LO');
    const pointer = [0, 1].map((half) => (item?.uint16('x00209165', half) ?? 0).toString(16).padStart(4, '0'));
    return label ?? `(${pointer.join()})`;
  });
}

/** What tells volumes apart, from the attributes that enhanced objects have in place of the classic ones. */
export function frameAcquisition(
  attributes: Attributes,
  classic: AcquisitionFacts,
  dimensions: readonly string[],
): AcquisitionFacts {
  const { code, double, uint16, uint32s, has } = attributes;
  const indices = uint32s('x00209157');
  return {
    ...classic,
    acquisitionNumber: has('x00209156') ? uint16('x00209156') : classic.acquisitionNumber,
    temporalPosition: has('x00209128')
      ? (uint32s('x00209128')[0] ?? null)
      : (double('x0020930d') ?? classic.temporalPosition),
    triggerTime: double('x00209153') ?? classic.triggerTime,
    acquisitionTime: momentOf(code('x00189074')) ?? momentOf(code('x00189151')) ?? classic.acquisitionTime,
    echoTime: double('x00189082') ?? classic.echoTime,
    inversionTime: double('x00189079') ?? classic.inversionTime,
    concatenation: code('x00209161'),
    bValue: double('x00189087') ?? classic.bValue,
    dimensions: dimensions.map((name, at) => ({ name, index: indices[at] ?? null })),
  };
}
