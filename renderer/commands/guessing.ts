import { EyeOff, Eye, Target } from 'lucide-react';
import type { SurgeonGuess } from '../../src/assessment/index.ts';
import { success } from '../../src/volume/index.ts';
import type { GuessSettings, SessionState } from '../session.ts';
import { texts } from '../texts.ts';
import type { Command } from './command.ts';
import { always } from './command.ts';
import type { CommandContext } from './context.ts';
import { runTask } from './tasks.ts';

/** Whether the remnant's figures wait for the surgeon's estimate: asked for, not answered yet, and there is something to estimate. */
export function isFigureHidden({ guessing, openCase, derived }: SessionState): boolean {
  const { volumetry } = derived;
  if (!guessing.asks || openCase === null || volumetry === null) return false;
  return openCase.plan.guess === undefined && volumetry.flrPercent !== null && volumetry.units.resected !== 0;
}

/** Keeps the answer beside the figure that it was given of; null percent = skipped. */
function record({ session, keeper, page }: CommandContext, given: Pick<SurgeonGuess, 'flrPercent' | 'by'>): void {
  const shownPercent = session.get().derived.volumetry?.flrPercent ?? null;
  keeper.guess({ ...given, on: page.now().slice(0, 10), shownPercent });
}

/** Keeps a surgeon's estimate with the plan and remembers the name for the next case. */
export function giveGuess(context: CommandContext, flrPercent: number, name: string): void {
  const by = name.trim();
  setGuessing(context, { ...context.session.get().guessing, by });
  record(context, { flrPercent, by });
}

function setGuessing({ session, page }: CommandContext, guessing: GuessSettings): void {
  session.update((state) => ({ ...state, guessing }));
  page.rememberGuess(guessing);
}

/** Gathers the estimates of this user from the plans on this computer, the open one as it is now, and shows how they agreed. */
async function showCalibration(context: CommandContext): Promise<void> {
  const { session, host, compute, origin } = context;
  const { by } = session.get().guessing;
  const guesses = await runTask(session, texts.guess.gathering, async ({ signal }) => {
    const stored = await host.api.recentPlans({});
    if (!stored.ok) return stored;
    const found: SurgeonGuess[] = [];
    const here = session.get().openCase?.plan.guess;
    if (here !== undefined) found.push(here);
    for (const { id } of stored.value) {
      if (signal?.cancelled === true) break;
      if (id === origin?.planId && session.get().openCase !== null) continue;
      const bytes = await host.readPlan(id);
      const guess = bytes.ok ? await compute.planGuess({ bytes: bytes.value }) : bytes;
      if (guess.ok && guess.value !== null) found.push(guess.value);
    }
    return success(found.filter((guess) => guess.by === by));
  });
  if (guesses !== null) session.update((state) => ({ ...state, dialog: { kind: 'calibration', guesses } }));
}

/** The surgeon's estimate before the figure. */
export const guessCommands: readonly Command[] = [
  {
    id: 'guess.ask',
    group: 'Assessment',
    label: 'Ask for my estimate before the figure is shown',
    labelNow: ({ guessing }) =>
      guessing.asks
        ? 'Show the figure without asking for my estimate'
        : 'Ask for my estimate before the figure is shown',
    keys: [],
    icon: EyeOff,
    enabled: always,
    active: ({ guessing }) => guessing.asks,
    perform: (context) => {
      const { guessing } = context.session.get();
      setGuessing(context, { ...guessing, asks: !guessing.asks });
    },
  },
  {
    id: 'guess.skip',
    group: 'Assessment',
    label: 'Skip my estimate and show the figure',
    keys: [],
    icon: Eye,
    enabled: (state) => (isFigureHidden(state) ? true : 'No estimate is asked for now.'),
    perform: (context) => record(context, { flrPercent: null, by: null }),
  },
  {
    id: 'guess.calibration',
    group: 'Assessment',
    label: 'How my estimates agreed with the figures',
    keys: [],
    icon: Target,
    enabled: ({ tasks }) => (tasks.length > 0 ? 'Wait until the running work is done.' : true),
    perform: showCalibration,
  },
];
