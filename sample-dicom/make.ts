import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMaskFile } from '../src/exchange/index.ts';
import { heightOf, instanceNumber, writeSlice } from './dicom-file.ts';
import { area, slices } from './frame.ts';
import { countMasks, groups, masks, masksOfSlice, voxelGrid } from './masks.ts';
import { scan } from './scanner.ts';
import { sampleSlice } from './sampling.ts';
import { createScene } from './scene.ts';
import { planFile, referenceCut, truthOf } from './truth.ts';

/** Writes the whole sample beside this script: `ct/`, `masks/`, `truth.json` and the plan of a right hepatectomy. */
const here = dirname(fileURLToPath(import.meta.url));
for (const folder of ['ct', 'masks']) {
  rmSync(join(here, folder), { recursive: true, force: true });
  mkdirSync(join(here, folder));
}

const scene = createScene();
const volumes = new Map(masks.map((mask) => [mask.file, new Uint8Array(area * slices)]));
let tally: Float64Array | null = null;
for (let k = 0; k < slices; k += 1) {
  const samples = sampleSlice(scene, heightOf(k), groups, referenceCut);
  const name = `${String(instanceNumber(k)).padStart(3, '0')}.dcm`;
  writeFileSync(join(here, 'ct', name), writeSlice(scan(samples.hounsfield, k), k));
  for (const [file, labels] of masksOfSlice(samples)) volumes.get(file)!.set(labels, area * k);
  tally ??= new Float64Array(samples.tally.length);
  for (let at = 0; at < tally.length; at += 1) tally[at] = tally[at]! + samples.tally[at]!;
}
for (const [file, labels] of volumes) writeFileSync(join(here, 'masks', file), writeMaskFile(labels, voxelGrid));
writeFileSync(join(here, 'truth.json'), `${JSON.stringify(truthOf(tally!, countMasks(volumes)), null, 2)}\n`);
writeFileSync(join(here, 'right-hepatectomy.plan.json'), `${JSON.stringify(planFile, null, 2)}\n`);
