import { CalendarPlus, FileSearch, FileUp, Lock, Ruler } from 'lucide-react';
import type { SessionState } from '../session.ts';
import { texts } from '../texts.ts';
import type { Command } from './command.ts';
import { withCase } from './command.ts';
import { isFigureHidden } from './guessing.ts';
import { goTo } from './pages.ts';
import {
  countOpenPlan,
  countPickedPlan,
  findPatientPlans,
  lockDenominator,
  lockFunctional,
  takeMeasurement,
} from './patient-plans.ts';

function withDenominator(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  return (state.openCase.plan.inputs?.growth ?? null) === null ? texts.growth.denominatorFirst : true;
}

function unlocked(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  return (state.openCase.plan.inputs?.growth ?? null) === null ? true : texts.growth.isLocked;
}

/** Growth of the remnant: its denominator and its dated measurements. */
export const growthCommands: readonly Command[] = [
  {
    id: 'growth.lockStandard',
    group: 'Assessment',
    label: 'Lock the standard liver volume as denominator of growth',
    labelNow: ({ derived }) => texts.growth.lockStandard(derived.volumetry?.standardLiverMl ?? null),
    keys: [],
    icon: Lock,
    enabled: (state) => {
      const isOpen = unlocked(state);
      if (isOpen !== true) return isOpen;
      return (state.derived.volumetry?.standardLiverMl ?? null) === null ? texts.growth.needsBodySize : true;
    },
    perform: (context) => {
      const volumeMl = context.session.get().derived.volumetry?.standardLiverMl ?? null;
      if (volumeMl !== null) lockDenominator(context, { kind: 'standard', volumeMl, intervalMl: null });
    },
  },
  {
    id: 'growth.lockFunctional',
    group: 'Assessment',
    label: 'Lock the functional liver of this plan as denominator of growth',
    labelNow: ({ derived }) => texts.growth.lockFunctional(derived.volumetry?.functionalMl ?? null),
    keys: [],
    icon: Lock,
    enabled: (state) => {
      const isOpen = unlocked(state);
      if (isOpen !== true) return isOpen;
      return (state.derived.volumetry?.functionalMl ?? 0) > 0 ? true : 'There is no liver mask yet.';
    },
    perform: async (context) => {
      const counted = await countOpenPlan(context);
      if (counted !== null) lockFunctional(context, counted);
    },
  },
  {
    id: 'growth.takeThis',
    group: 'Assessment',
    label: 'Take this plan as a measurement',
    keys: [],
    icon: Ruler,
    enabled: (state) => {
      const isLocked = withDenominator(state);
      if (isLocked !== true) return isLocked;
      // The measurement would tell the figure before the estimate that is asked for.
      if (isFigureHidden(state)) return texts.guess.first;
      return (state.derived.volumetry?.remnantMl ?? null) === null ? 'Place a cutting plane first.' : true;
    },
    perform: async (context) => {
      const counted = await countOpenPlan(context);
      if (counted !== null) takeMeasurement(context, counted);
    },
  },
  {
    id: 'growth.find',
    group: 'Assessment',
    label: 'Look for saved plans of this patient',
    keys: [],
    icon: FileSearch,
    enabled: withCase,
    perform: findPatientPlans,
  },
  {
    id: 'growth.takeFile',
    group: 'Assessment',
    label: 'Take a plan file as a measurement',
    keys: [],
    icon: FileUp,
    enabled: withDenominator,
    perform: async (context) => {
      const counted = await countPickedPlan(context);
      if (counted !== null) takeMeasurement(context, counted);
    },
  },
  {
    id: 'growth.add',
    group: 'Assessment',
    label: 'Type in a dated measurement of the remnant',
    keys: [],
    icon: CalendarPlus,
    enabled: withDenominator,
    perform: (context) => goTo(context, 'measurement'),
  },
];
