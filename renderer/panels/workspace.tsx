import { FiguresPanel } from './figures-panel.tsx';
import { StructuresPanel } from './structures-panel.tsx';
import { ToolBar } from './tool-bar.tsx';
import { texts } from '../texts.ts';
import { ViewGrid } from './view-grid.tsx';
import { WorkflowRail } from './workflow-rail.tsx';

/** The open case: structures at the left, views in the middle, figures at the right. */
export function Workspace() {
  return (
    <main className="workspace-workspace">
      <h1 className="unseen">{texts.workspace}</h1>
      <ToolBar />
      <div className="workspace-left">
        <WorkflowRail />
        <StructuresPanel />
      </div>
      <ViewGrid />
      <FiguresPanel />
    </main>
  );
}
