import { TriangleAlert } from 'lucide-react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { ruleBase, sayRuleSet } from '../../../src/assessment/index.ts';
import { isFigureHidden } from '../../commands/guessing.ts';
import type { AssessmentTab } from '../../session.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { CommandButton } from '../command-button.tsx';
import { OptionsTab } from './options-tab.tsx';
import { PatientTab } from './patient-tab.tsx';
import { TimingTab } from './timing-tab.tsx';
import { VerdictTab } from './verdict-tab.tsx';

const contents: Readonly<Record<AssessmentTab, () => React.ReactNode>> = {
  verdict: VerdictTab,
  patient: PatientTab,
  options: OptionsTab,
  timing: TimingTab,
};
/** What would tell the figure before the estimate that is asked for. */
const tellsFigures: readonly AssessmentTab[] = ['verdict', 'options'];
const order = Object.keys(contents) as readonly AssessmentTab[];

/** The assessment in place of the pictures: verdict, what it rests on, what may be discussed, and what happened when. */
export function AssessmentPage() {
  const { session } = useAccess().context;
  const chosen = useSession((state) => state.view.assessmentTab);
  const rules = useSession((state) => state.rules);
  const trouble = useSession((state) => state.rulesTrouble);
  const isHidden = useSession(isFigureHidden);
  return (
    <Tabs
      className="assessment-page"
      selectedKey={chosen}
      onSelectionChange={(key) => session.look({ assessmentTab: key as AssessmentTab })}
    >
      <div className="assessment-strip">
        <TabList className="assessment-tabs" aria-label={texts.assessment.title} data-place="assessment">
          {order.map((tab) => (
            <Tab key={tab} id={tab} className="assessment-tab">
              {texts.assessment.tabs[tab]}
            </Tab>
          ))}
        </TabList>
        <div className="assessment-rules" role="group" aria-label={texts.assessment.rules}>
          {trouble === null ? null : (
            <span className="assessment-rules-trouble" title={trouble}>
              <TriangleAlert size={14} aria-hidden="true" /> {texts.rules.builtInInstead}
            </span>
          )}
          <span className="assessment-rules-name" title={sayRuleSet(rules)} data-rules={rules.name}>
            {sayRuleSet(rules)}
          </span>
          <CommandButton id="rules.department" />
          {rules === ruleBase && trouble === null ? null : <CommandButton id="rules.builtIn" />}
        </div>
      </div>
      {order.map((tab) => {
        const Content = contents[tab];
        return (
          <TabPanel key={tab} id={tab} className="assessment-panel">
            {isHidden && tellsFigures.includes(tab) ? <p>{texts.guess.hiddenHere}</p> : <Content />}
          </TabPanel>
        );
      })}
    </Tabs>
  );
}
