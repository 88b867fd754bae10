import {
  ArrowRightCircle,
  ClipboardList,
  Command as CommandIcon,
  Flag,
  GraduationCap,
  ListTree,
  MapPin,
  SunMoon,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { texts } from '../texts.ts';
import { always } from './command.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { goTo } from './pages.ts';
import { copyFigures, withShownFigures } from './reporting.ts';
import { openSamplePlan } from './sample.ts';
import { save } from './saving.ts';
import type { SessionState } from '../session.ts';
import type { Place } from './workflow.ts';
import { nextStep, workflow } from './workflow.ts';

function onWorkspace({ screen }: SessionState): true | string {
  return screen === 'workspace' ? true : 'Open a series first.';
}

function goToCommand(place: Place, label: string, icon: LucideIcon = MapPin): Command {
  return {
    id: `goTo.${place}`,
    group: 'Workflow',
    label,
    keys: [],
    icon,
    enabled: onWorkspace,
    perform: (context) => goTo(context, place),
  };
}

/** Opens the sample case and starts the tour at its first step. Work on another case is stored before it makes room. */
async function startTour(context: CommandContext): Promise<void> {
  const { session } = context;
  const { openCase } = session.get();
  if (openCase !== null && openCase.saved !== 'saved' && !(await save(context))) return;
  await openSamplePlan(context);
  if (session.get().screen !== 'workspace') return;
  // The tour says what the sample's own sentence says, and more.
  session.update((state) => ({
    ...state,
    tourStep: 0,
    notices: state.notices.filter((notice) => notice.tone === 'error'),
  }));
}

/** The frame of the work: finding commands, going to a step, the theme, the figures as text, the tour. */
export const appCommands: readonly Command[] = [
  {
    id: 'help.palette',
    group: 'Help',
    label: 'Find a command',
    keys: ['Mod+k'],
    icon: CommandIcon,
    enabled: always,
    perform: ({ session }) => session.update((state) => ({ ...state, dialog: { kind: 'palette' } })),
  },
  {
    id: 'help.tour',
    group: 'Help',
    label: 'Guided tour of the sample case',
    keys: ['F1'],
    icon: GraduationCap,
    enabled: ({ tasks }) => (tasks.length > 0 ? 'Wait until the running work is done.' : true),
    perform: startTour,
  },
  {
    id: 'view.theme',
    group: 'View',
    label: 'Light or dark theme',
    labelNow: ({ theme }) => (theme === 'dark' ? 'Light theme' : 'Dark theme'),
    keys: ['Mod+Shift+l'],
    icon: SunMoon,
    enabled: always,
    perform: ({ session, page }) => {
      const theme = session.get().theme === 'dark' ? 'light' : 'dark';
      session.update((state) => ({ ...state, theme }));
      page.wear(theme);
    },
  },
  {
    id: 'figures.copy',
    group: 'Assessment',
    label: 'Copy the figures as text',
    keys: ['y'],
    icon: ClipboardList,
    enabled: withShownFigures,
    perform: copyFigures,
  },
  {
    id: 'goTo.next',
    group: 'Workflow',
    label: 'Go to what is missing next',
    labelNow: (state) => {
      const next = nextStep(workflow(state));
      return next === null ? 'Nothing is missing' : `Go to what is missing next: ${texts.workflow.steps[next.id]}`;
    },
    keys: ['g'],
    icon: ArrowRightCircle,
    enabled: (state) => {
      if (state.screen !== 'workspace') return 'Open a series first.';
      return nextStep(workflow(state)) === null ? 'Every step is done.' : true;
    },
    perform: (context) => {
      const next = nextStep(workflow(context.session.get()));
      if (next !== null) goTo(context, next.place);
    },
  },
  goToCommand('structures', 'Go to the structures', ListTree),
  goToCommand('resection', 'Go to the cutting plane'),
  goToCommand('review', 'Go to the review of the masks'),
  goToCommand('report', 'Go to the report', Flag),
];
