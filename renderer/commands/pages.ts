import { ClipboardCheck, ClipboardList, HeartPulse, Hourglass, MessagesSquare } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { AssessmentTab, SessionState, ViewState } from '../session.ts';
import { texts } from '../texts.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import type { Place } from './workflow.ts';

/** Where a place lies, when it does not stand beside both pages. */
const homes: Readonly<Partial<Record<Place, Partial<ViewState>>>> = {
  views: { page: 'pictures' },
  resection: { page: 'pictures' },
  assessment: { page: 'assessment' },
  verdict: { page: 'assessment', assessmentTab: 'verdict' },
  parenchyma: { page: 'assessment', assessmentTab: 'patient' },
  size: { page: 'assessment', assessmentTab: 'patient' },
  function: { page: 'assessment', assessmentTab: 'patient' },
  disease: { page: 'assessment', assessmentTab: 'patient' },
  course: { page: 'assessment', assessmentTab: 'patient' },
  augmentation: { page: 'assessment', assessmentTab: 'patient' },
  options: { page: 'assessment', assessmentTab: 'options' },
  timing: { page: 'assessment', assessmentTab: 'timing' },
  measurement: { page: 'assessment', assessmentTab: 'timing' },
};

/** The page, and the tab of it, that a place lies on; nothing changes for places beside both. */
export function homeOf(place: Place): Partial<ViewState> {
  return homes[place] ?? {};
}

/** Opens the page that a place lies on, brings the place into sight and gives it the focus. */
export function goTo({ session, page }: CommandContext, place: Place): void {
  session.look(homeOf(place));
  page.goTo(place);
}

const pictureGroups: readonly Command['group'][] = ['View', 'Tools', 'Segmentation', 'Resection'];

/** Whether a command acts on the pictures: its key rests while they are not in sight. Those with Ctrl serve the whole case. */
export function actsOnPictures({ group, keys }: Command): boolean {
  return pictureGroups.includes(group) && !keys.some((key) => key.startsWith('Mod+'));
}

function withCase({ screen }: SessionState): true | string {
  return screen === 'workspace' ? true : 'Open a series first.';
}

function tabCommand(tab: AssessmentTab, icon: LucideIcon): Command {
  const place = tab === 'patient' ? 'parenchyma' : tab;
  return {
    id: `assessment.${tab}`,
    group: 'Assessment',
    label: texts.assessment.open[tab],
    keys: [],
    icon,
    enabled: withCase,
    active: ({ view }) => view.page === 'assessment' && view.assessmentTab === tab,
    perform: (context) => goTo(context, place),
  };
}

/** Changing between the pictures and the assessment, and to each part of it. */
export const pageCommands: readonly Command[] = [
  {
    id: 'page.assessment',
    group: 'Assessment',
    label: 'Assessment in place of the pictures',
    labelNow: ({ view }) => (view.page === 'pictures' ? 'Assessment' : 'From the assessment back to the pictures'),
    keys: ['d'],
    icon: ClipboardCheck,
    enabled: withCase,
    perform: (context) => goTo(context, context.session.get().view.page === 'pictures' ? 'assessment' : 'views'),
  },
  tabCommand('verdict', ClipboardList),
  tabCommand('patient', HeartPulse),
  tabCommand('options', MessagesSquare),
  tabCommand('timing', Hourglass),
];
