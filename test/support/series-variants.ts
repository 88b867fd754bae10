import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, runPython } from './needs.ts';

/** What is made of the sample's CT; everything else of it stays. */
export interface SeriesVariant {
  readonly name: string;
  readonly description: string;
  /** The first file taken, from 0, and every how many. */
  readonly first: number;
  readonly step: number;
  readonly slices: number;
  /** How far the slices are moved, mm (LPS). */
  readonly shift: readonly [number, number, number];
  /** Whether it lies in a frame of reference of its own. */
  readonly ownFrame: boolean;
  readonly addedHounsfield: number;
}

const program = `
import json, os, sys
import pydicom
from pydicom.uid import generate_uid
source, target, asked = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
names = sorted(name for name in os.listdir(source) if name.endswith('.dcm'))
for variant in asked:
    series = generate_uid(entropy_srcs=[variant['name'], 'series'])
    frame = generate_uid(entropy_srcs=[variant['name'], 'frame'])
    chosen = names[variant['first']::variant['step']][:variant['slices']]
    for number, name in enumerate(chosen, 1):
        slice = pydicom.dcmread(os.path.join(source, name))
        slice.SeriesInstanceUID = series
        slice.SOPInstanceUID = generate_uid(entropy_srcs=[variant['name'], name])
        slice.file_meta.MediaStorageSOPInstanceUID = slice.SOPInstanceUID
        slice.SeriesDescription = variant['description']
        slice.InstanceNumber = number
        slice.SliceThickness = float(slice.SliceThickness) * variant['step']
        slice.ImagePositionPatient = [a + b for a, b in zip(slice.ImagePositionPatient, variant['shift'])]
        slice.RescaleIntercept = float(slice.RescaleIntercept) + variant['addedHounsfield']
        if variant['ownFrame']:
            slice.FrameOfReferenceUID = frame
        slice.save_as(os.path.join(target, variant['name'] + '-' + name))
`;

/** Writes variants of the sample's CT into `folder`, each file with the variant's name in front. Needs pydicom. */
export function writeSeriesVariants(folder: string, variants: readonly SeriesVariant[]): void {
  mkdirSync(folder, { recursive: true });
  runPython(program, join(projectRoot, 'sample-dicom', 'ct'), folder, JSON.stringify(variants));
}
