import type { AssessmentInputs, CaseAssessment } from '../assessment/index.ts';
import type { Fact } from './fact.ts';
import type { SourceList } from './sources.ts';

/** The clinical inputs that were given, in words; what was not given is not named. The surgeon's guess is no input and is never here. */
export function clinicalFacts(inputs: AssessmentInputs): readonly Fact[] {
  const { liver, body, laboratory, functionTests, disease, plan, contraindications, bevacizumab } = inputs;
  const { chemotherapy } = liver;
  return [
    fact('Chemotherapy', [
      ...(chemotherapy?.drugs ?? []),
      unit(chemotherapy?.cycles, 'cycles'),
      unit(chemotherapy?.weeksSince, 'weeks since'),
      chemotherapy === null || chemotherapy.startedOn === null ? null : `started ${chemotherapy.startedOn}`,
    ]),
    fact('Bevacizumab', [
      bevacizumab === null || bevacizumab.lastDoseOn === null ? null : `last dose ${bevacizumab.lastDoseOn}`,
      unit(bevacizumab?.cycles, 'cycles'),
    ]),
    fact('Liver', [
      unit(liver.steatosisPercent, '% steatosis'),
      liver.fibrosisStage === null ? null : `fibrosis F${liver.fibrosisStage}`,
      liver.childPugh === null ? null : `Child-Pugh ${liver.childPugh}`,
      said('cholestasis', liver.cholestasis),
    ]),
    fact('Body', [
      body.sex,
      unit(body.ageYears, 'years'),
      said('ascites or oedema', body.ascites),
      body.measuredOn === null ? null : `height and weight of ${body.measuredOn}`,
    ]),
    fact('Laboratory', [
      measured('bilirubin', laboratory.bilirubin),
      measured('albumin', laboratory.albumin),
      laboratory.platelets === null ? null : `platelets ${laboratory.platelets} × 10⁹/L`,
    ]),
    fact('Function tests', [
      functionTests.icgR15Percent === null ? null : `ICG-R15 ${functionTests.icgR15Percent} %`,
      unit(functionTests.hbsPercentPerMinPerM2, '%/min/m² by scintigraphy of the remnant'),
      functionTests.limaxMicrogramsPerKgPerHour === null
        ? null
        : `LiMAx ${functionTests.limaxMicrogramsPerKgPerHour} µg/kg/h`,
    ]),
    fact('Disease', [
      disease.diagnosis,
      said('on both sides', disease.bilobar),
      unit(disease.lesionCount, 'lesions'),
      disease.largestCm === null ? null : `largest ${disease.largestCm} cm`,
      unit(disease.involvedPercent, '% of the liver involved'),
      unit(disease.involvedSegments, 'segments involved'),
      said('both portal veins invaded', disease.bothPortalVeins),
      said('all hepatic veins invaded', disease.allHepaticVeins),
      said('node-positive primary', disease.nodePositivePrimary),
      unit(disease.diseaseFreeMonths, 'months disease-free'),
      disease.ceaNanogramsPerMl === null ? null : `CEA ${disease.ceaNanogramsPerMl} ng/mL`,
    ]),
    fact('Plan', [
      said('a smaller operation would do', plan.smallerOperationPossible),
      said('extended to the right', plan.extendedRight),
      unit(plan.congestedMl, 'mL of the remnant congested'),
      unit(plan.weeksAvailable, 'weeks available'),
      plan.surgeryOn === null ? null : `resection planned for ${plan.surgeryOn}`,
    ]),
    fact('Against growth', [
      onSide('portal vein thrombosis', contraindications.portalVeinThrombosis),
      onSide('portal vein invasion', contraindications.portalVeinInvasion),
      said('portal hypertension', contraindications.portalHypertension),
      said('bile ducts of the remnant dilated', contraindications.biliaryDilatation),
      said('coagulopathy', contraindications.coagulopathy),
      said('hepatic veins unsuitable', contraindications.hepaticVeinsUnsuitable),
      said('renal impairment', contraindications.renalImpairment),
    ]),
    fact('Done already', [
      inputs.augmentation === null ? null : `${inputs.augmentation.kind} on ${inputs.augmentation.on}`,
      inputs.firstStageOn === null ? null : `first stage on ${inputs.firstStageOn}`,
    ]),
  ].filter((one) => one !== null);
}

/** The quantities of B1 beside the volumes, each only where it is known. */
export function quantityFacts({ quantities, sheet }: CaseAssessment, sources: SourceList): readonly Fact[] {
  const { bsaM2, standardShares, remnantPerBsa, albi, tumourBurdenScore, clinicalRiskScore } = quantities;
  const shares = standardShares.flatMap(({ name, percent, verified }) =>
    percent === null ? [] : [`${name} ${percent.toFixed(1)}${verified ? '' : ' (not verified)'}`],
  );
  return [
    fact('Body surface', [
      bsaM2 === null ? null : `${bsaM2.mosteller.toFixed(2)} m² (Mosteller)`,
      bsaM2 === null ? null : `${bsaM2.dubois.toFixed(2)} m² (DuBois)`,
      remnantPerBsa === null ? null : `remnant ${remnantPerBsa.value.toFixed(0)} mL/m²`,
    ]),
    fact('FLR in % by formula', [shares.length === 0 ? null : shares.join('; ')]),
    fact('Scores', [
      albi === null ? null : `ALBI ${albi.score.toFixed(2).replace('-', '−')}, grade ${albi.grade}`,
      tumourBurdenScore === null
        ? null
        : `tumour burden score ${tumourBurdenScore.toFixed(1)} (not verified; shown, not acted on)`,
      clinicalRiskScore.unknown === clinicalRiskScore.criteria.length
        ? null
        : `clinical risk score ${clinicalRiskScore.points} of 5${clinicalRiskScore.unknown === 0 ? '' : ` (${clinicalRiskScore.unknown} criteria not known)`}`,
    ]),
    fact(
      'Beside cut-offs',
      sheet.findings.map(({ quantity, value, unit: measure, cutoff, holds, citation, address }) => {
        const limit = typeof cutoff === 'number' ? String(cutoff) : `${cutoff[0]}–${cutoff[1]}`;
        const word = holds === null ? 'published range' : holds ? 'meets the cut-off' : 'does not meet the cut-off';
        return `${quantity} ${value} ${measure}: ${word} ${limit} ${sources.cite(citation, address)}`;
      }),
    ),
  ].filter((one) => one !== null);
}

function fact(label: string, parts: readonly (string | null)[]): Fact | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : { label, value: known.join('; ') };
}

function unit(value: number | null | undefined, words: string): string | null {
  return value === null || value === undefined ? null : `${value} ${words}`;
}

function said(what: string, holds: boolean | null): string | null {
  return holds === null ? null : holds ? what : `not: ${what}`;
}

function onSide(what: string, side: AssessmentInputs['contraindications']['portalVeinThrombosis']): string | null {
  if (side === null) return null;
  if (side === 'none') return `not: ${what}`;
  return `${what} (${side === 'both' ? 'both sides' : side === 'resected' ? 'side to be resected' : 'side of the remnant'})`;
}

function measured(name: string, value: { readonly value: number; readonly unit: string } | null): string | null {
  return value === null ? null : `${name} ${value.value} ${value.unit}`;
}
