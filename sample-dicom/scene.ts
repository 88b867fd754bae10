import { colonGas, colonPieces, duodenum, mesentericVessels, smallBowel } from './anatomy/bowel.ts';
import { createAbdominalDome, createHeart, lungVessels } from './anatomy/chest.ts';
import { fissures, gallbladder, liverOutline, metastases, metastasis } from './anatomy/liver.ts';
import { kidney, pancreasTexture, psoasAndCrura, spleen, stomach } from './anatomy/organs.ts';
import {
  canal,
  costalCartilage,
  createRibs,
  discs,
  sternum,
  thecalSac,
  vertebralArches,
  vertebralBodies,
} from './anatomy/skeleton.ts';
import { createTrunk } from './anatomy/trunk.ts';
import { growLiverVessels } from './anatomy/liver-vessels.ts';
import { muscleFat } from './anatomy/muscle-fat.ts';
import { adrenalGlands, aorticPlaques, oesophagusAir, oesophagusTube, pancreasBand } from './anatomy/small-organs.ts';
import { aorta, arteries, cava, veins } from './anatomy/vessels.ts';
import { area, columns, firstX, firstY, pixel, pixelX, pixelY } from './frame.ts';
import type { Field, Point3 } from './frame.ts';
import type { Material } from './materials.ts';
import { carve, clip, computed, noisePlane, roughen } from './shapes.ts';
import { tubes } from './tubes.ts';

/** One material on one plane: it fills the pixels where the field plus `inset` is negative, over all layers before it. */
export interface Layer {
  readonly material: Material;
  readonly field: Field;
  /** Shrinks the shape by so many mm. */
  readonly inset: number;
}

/** The whole patient: the layers of the plane at height z, lowest first. Arrays are reused by the next call. */
export type Scene = (z: number) => readonly Layer[];

function valueAt(field: Field, x: number, y: number): number {
  const i = Math.round((x - firstX) / pixel);
  const j = Math.round((y - firstY) / pixel);
  return field[i + columns * j]!;
}

const scratch = (): Field => new Float32Array(area);

/** Builds the patient. */
export function createScene(): Scene {
  const trunk = createTrunk();
  const dome = createAbdominalDome();
  const outline = liverOutline();
  const bladder = gallbladder();
  const cleft = fissures();
  const vena = tubes(cava);
  const kidneys = [kidney(0), kidney(1)] as const;
  const lesions = [metastasis(0), metastasis(1), metastasis(2)] as const;

  const liverField = (
    z: number,
    domeField: Field,
    cavityField: Field,
    cavaField: Field,
    bladderField: Field,
    kidneyField: Field,
  ): Field => {
    const field = roughen(outline.at(z), z, 1.9, 30, 91);
    carve(field, kidneyField, 2.2);
    carve(field, bladderField, 0);
    carve(field, cavaField, 0);
    carve(field, cleft.at(z));
    clip(field, cavityField, 1.1);
    return clip(field, domeField, 0.1);
  };

  const insideLiver = new Map<number, Field>();
  for (let z = 2; z >= -166; z -= 2) {
    const field = liverField(
      z,
      dome.at(z),
      trunk.cavity.at(z),
      vena.at(z),
      bladder.at(z),
      kidneys[0].whole.at(z),
    ).slice();
    for (const lesion of lesions) carve(field, lesion.at(z), 2.5);
    insideLiver.set(z, field);
  }
  const inside = (place: Point3): number => {
    const field = insideLiver.get(2 * Math.round(place[2] / 2));
    return field === undefined ? 60 : valueAt(field, place[0], place[1]);
  };
  const { portal, hepatic } = growLiverVessels(inside);
  const heart = createHeart();
  const ribs = createRibs();
  const cartilage = costalCartilage();
  const breastbone = sternum();
  const bodies = vertebralBodies();
  const arches = vertebralArches();
  const between = discs();
  const spinalCanal = canal();
  const sac = thecalSac();
  const vesselsOfLung = lungVessels();
  const artery = tubes(aorta);
  const smallArteries = tubes(arteries);
  const bigVeins = tubes(veins);
  const oesophagus = oesophagusTube();
  const gullet = oesophagusAir();
  const gland = pancreasBand();
  const adrenals = adrenalGlands();
  const plaques = aorticPlaques();
  const milt = spleen();
  const belly = stomach();
  const colon = tubes(colonPieces(), 8);
  const colonAir = tubes(colonGas(), 8);
  const duodenal = tubes(duodenum, 8);
  const jejunum = tubes(smallBowel(), 8);
  const strands = tubes(mesentericVessels(), 4);
  const muscles = psoasAndCrura();
  const cradle = computed([-185, 185, 60, 195], (x, y) => y - 121 + (x * x) / 850);
  const fields = {
    muscleFat: scratch(),
    lung: scratch(),
    marrowArch: scratch(),
    gas: scratch(),
    mediastinum: scratch(),
    pancreas: scratch(),
    tableShell: scratch(),
    tableTop: scratch(),
    hilar: [scratch(), scratch()],
    pyramids: [scratch(), scratch()],
    rib: scratch(),
    liver: scratch(),
    portalIn: scratch(),
    hepaticIn: scratch(),
    bladder: scratch(),
    cava: scratch(),
    medulla: scratch(),
    aorta: scratch(),
    stomachGas: scratch(),
    diaphragm: scratch(),
    lungVessel: scratch(),
  };

  return (z) => {
    const layers: Layer[] = [];
    const add = (material: Material, field: Field, inset = 0): void => {
      layers.push({ material, field, inset });
    };
    const skin = trunk.skin.at(z);
    const wall = clip(trunk.wall.at(z), skin, 4);
    const cavity = clip(trunk.cavity.at(z), wall, 5);
    const under = dome.at(z);
    const bed = cradle.at(z);

    for (let p = 0; p < area; p += 1) fields.tableShell[p] = Math.max(Math.abs(bed[p]! - 14) - 13, 1 - skin[p]!);
    add('foam', fields.tableShell);
    const { tableTop } = fields;
    for (let p = 0; p < area; p += 1)
      tableTop[p] = Math.max(Math.min(Math.abs(bed[p]! - 1.4) - 1, Math.abs(bed[p]! - 27) - 1), 1 - skin[p]!);
    add('table', tableTop);
    add('skin', skin);
    add('fat', skin, 1.9);
    add('muscle', wall);

    const streaks = noisePlane(z, 17, 101, 3);
    const fine = noisePlane(z, 7, 102, 3);
    muscleFat(z, wall, cavity, streaks, fine, fields.muscleFat);
    add('fat', fields.muscleFat);
    add('deepFat', cavity);

    const heartSac = clip(carve(heart.sac.at(z), under, 0.5), cavity, 3);
    const gulletField = oesophagus.at(z);
    const main = artery.at(z);
    const venaField = vena.at(z);
    for (let p = 0; p < area; p += 1) {
      fields.mediastinum[p] = Math.min(heartSac[p]!, gulletField[p]! - 2.5, main[p]! - 2.2, venaField[p]! - 1.5);
      const x = pixelX[p]!;
      const y = pixelY[p]!;
      const septum = Math.max(
        Math.abs(x + 3 - (y < -50 ? 6 : 0)) - (y < -60 ? 3 + (y < -78 ? (-78 - y) * 1.2 : 0) : 14),
        y - 45,
      );
      fields.lung[p] = Math.max(cavity[p]! + 1.5, 2.4 - under[p]!, -fields.mediastinum[p]!, -septum);
      fields.diaphragm[p] = Math.max(cavity[p]! + 0.6, under[p]! - 2.2);
    }
    const chest = z > -124;
    if (chest) {
      add('diaphragm', fields.diaphragm);
      for (let p = 0; p < area; p += 1) fields.gas[p] = Math.max(under[p]!, cavity[p]! + (under[p]! > -9 ? 1.2 : 0));
      add('deepFat', fields.gas);
      add('lung', fields.lung);
      const twigs = vesselsOfLung.at(z);
      for (let p = 0; p < area; p += 1) fields.lungVessel[p] = Math.max(twigs[p]!, fields.lung[p]! + 1);
      add('lungVessel', fields.lungVessel);
    }

    const bone = bodies.at(z);
    const arch = arches.at(z);
    const ring = spinalCanal.at(z);
    add('disc', between.at(z));
    const crura = carve(carve(clip(muscles.at(z), cavity, -14), main, 1.2), bone, 0.4);
    add('muscle', crura);
    add('bone', arch);
    add('marrow', arch, 1.7);
    add('bone', bone);
    add('marrow', bone, 1.3);
    add('deepFat', ring);
    add('csf', sac.at(z));
    if (z > -100) {
      const strip = clip(cartilage.at(z), wall, 0.8);
      add('cartilage', strip);
      const plate = clip(breastbone.at(z), wall, 0.5);
      add('bone', plate);
      add('marrow', plate, 1.3);
    }
    const rib = ribs(z, cavity);
    add('bone', rib);
    add('marrow', rib, 1.5);

    if (z > -40) {
      const muscle = clip(heart.muscle.at(z), heartSac, 2);
      add('myocardium', muscle);
      add('bloodPool', clip(roughen(heart.left.at(z), z, 2, 9, 111), muscle, 4));
      add('bloodPool', clip(roughen(heart.right.at(z), z, 1.5, 9, 112), muscle, 2));
    }

    const renal = kidneys.map(({ whole, sinus }) => ({ whole: clip(whole.at(z), cavity, 3), sinus: sinus.at(z) }));
    const bladderField = bladder.at(z);
    const liver = liverField(z, under, cavity, venaField, bladderField, renal[0]!.whole);
    fields.liver.set(liver);
    const miltField = clip(clip(milt.at(z), cavity, 1.2), under, 0.3);
    carve(miltField, renal[1]!.whole, 2);
    const stomachField = carve(carve(clip(clip(belly.at(z), cavity, 3), under, 0.5), liver, 1), miltField, 1.6);
    add('oesophagus', gulletField);
    add('gas', gullet.at(z));

    if (z < -90) {
      const strandsField = strands.at(z);
      add('vein', clip(clip(strandsField, cavity, 4), under, 4));
      const loops = roughen(jejunum.at(z), z, 1.2, 9, 121);
      for (const { whole } of renal) carve(loops, whole, 3);
      carve(carve(clip(loops, cavity, 4), main, 5), stomachField, 1);
      add('bowelWall', loops);
      add('bowelContent', loops, 3);
      const tract = roughen(duodenal.at(z), z, 1, 9, 122);
      carve(carve(carve(tract, liver, 1.2), renal[0]!.whole, 2), venaField, 1.5);
      carve(carve(tract, main, 2), bladderField, 1);
      add('bowelWall', tract);
      add('bowelContent', tract, 3.2);
    } else add('vein', clip(carve(strands.at(z), liver, 1), under, 4));

    if (z < -76) {
      const band = gland.at(z);
      for (let p = 0; p < area; p += 1) {
        if (band[p]! > 6) {
          fields.pancreas[p] = band[p]!;
          continue;
        }
        const x = pixelX[p]!;
        const y = pixelY[p]!;
        fields.pancreas[p] = band[p]! + 1.2 + pancreasTexture(x, y, z);
      }
      carve(carve(carve(fields.pancreas, liver, 1.5), stomachField, 1.5), main, 2);
      carve(carve(fields.pancreas, miltField, 2), renal[1]!.whole, 2);
      add('pancreas', fields.pancreas);
    }
    if (z < -70) {
      const gut = roughen(colon.at(z), z, 1.4, 12, 123);
      carve(carve(clip(gut, cavity, 3), liver, 1.6), bladderField, 1.2);
      carve(carve(gut, stomachField, 1.4), miltField, 1.6);
      for (const { whole } of renal) carve(gut, whole, 3);
      add('bowelWall', gut);
      add('stool', gut, 1.9);
      add('gas', clip(roughen(colonAir.at(z), z, 2.6, 8, 124), gut, 2.2));
    }
    add('stomachWall', stomachField);
    add('stomachContent', stomachField, 3.4);
    for (let p = 0; p < area; p += 1) {
      const y = pixelY[p]!;
      fields.stomachGas[p] = Math.max(stomachField[p]! + 3.2, y + 52);
    }
    add('gas', fields.stomachGas);

    add('adrenal', adrenals.at(z));
    add('artery', smallArteries.at(z));
    add('aorta', main);
    add('calcification', clip(plaques.at(z), main, -0.8));
    add('vein', carve(bigVeins.at(z), main, 1));
    const portalField = portal.at(z);
    add('vein', portalField);
    add('spleen', miltField);
    const inner = z < -70 ? noisePlane(z, 9, 131) : streaks;
    for (const [at, { whole, sinus }] of renal.entries()) {
      if (z > -70) break;
      add('cortex', whole);
      const pyramids = fields.pyramids[at]!;
      for (let p = 0; p < area; p += 1) pyramids[p] = Math.max(whole[p]! + 7, -7 * (inner[p]! + 0.25), -60);
      add('medulla', pyramids);
      add('deepFat', sinus);
      const hilar = fields.hilar[at]!;
      for (let p = 0; p < area; p += 1) hilar[p] = Math.max(sinus[p]! + 1, 5 * (0.12 - fine[p]! - 0.5 * inner[p]!));
      add('vein', hilar);
    }
    add('cava', venaField);
    add('gallbladderWall', bladderField);
    add('gallbladder', bladderField, 1.5);
    add('liver', fields.liver);
    const hepaticField = hepatic.at(z);
    fields.hepaticIn.set(hepaticField);
    add('hepatic', clip(fields.hepaticIn, fields.liver, 0));
    fields.portalIn.set(portalField);
    add('portal', clip(fields.portalIn, fields.liver, 0));
    lesions.forEach((lesion, number) => {
      const { centre, radius } = metastases[number]!;
      if (Math.abs(z - centre[2]) > radius * 1.6) return;
      const field = clip(lesion.at(z), fields.liver, 0);
      add((['tumourRim1', 'tumourRim2', 'tumourRim3'] as const)[number]!, field);
      add((['tumourCore1', 'tumourCore2', 'tumourCore3'] as const)[number]!, field, radius * 0.16);
    });
    return layers;
  };
}
