import { useSession } from './access.tsx';
import { AssessmentPage } from './assessment/assessment-page.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { StructuresPanel } from './structures-panel.tsx';
import { ToolBar } from './tool-bar.tsx';
import { texts } from '../texts.ts';
import { ViewGrid } from './view-grid.tsx';
import { WorkflowRail } from './workflow-rail.tsx';

/** The open case: structures at the left, views or the assessment in the middle, figures at the right. */
export function Workspace() {
  const page = useSession((state) => state.view.page);
  return (
    <main className="workspace-workspace" data-page={page}>
      <h1 className="unseen">{texts.workspace}</h1>
      {page === 'pictures' ? <ToolBar /> : null}
      <div className="workspace-left">
        <WorkflowRail />
        <StructuresPanel />
      </div>
      {page === 'pictures' ? <ViewGrid /> : <AssessmentPage />}
      <FiguresPanel />
    </main>
  );
}
