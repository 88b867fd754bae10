import { useEffect, useRef } from 'react';
import { labelAt } from '../../src/volume/index.ts';
import type { Session, ViewName, ViewState } from '../session.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { ComparedView, PairBar } from './compared-view.tsx';
import { focusByMouse } from './view-focus.ts';
import { ViewMenu } from './view-menu.tsx';

const views: readonly ViewName[] = ['axial', 'coronal', 'sagittal', 'volume'];

/** The views of the open series that are on the screen. */
function isShown(view: ViewName, { layout, maximised, pairPlane }: ViewState): boolean {
  if (maximised !== null) return view === maximised;
  switch (layout) {
    case 'four':
    case 'large':
      return true;
    case 'slices':
      return view !== 'volume';
    case 'volume':
      return view === 'volume';
    case 'pair':
      return view === pairPlane;
  }
}

/** The views of the layout, or the maximised one; with them the menu of the view that was asked for it. */
export function ViewGrid() {
  const maximised = useSession((state) => state.view.maximised);
  const layout = useSession((state) => state.view.layout);
  const mainView = useSession((state) => state.view.mainView);
  const isPair = layout === 'pair' && maximised === null;
  return (
    <section
      className="workspace-grid"
      aria-label="Views"
      data-maximised={maximised ?? 'none'}
      data-layout={layout}
      data-place="views"
    >
      {isPair ? <PairBar /> : null}
      {views.map((view) => (
        <ViewFrame key={view} view={view} isMain={view === mainView} />
      ))}
      {isPair ? <ComparedView /> : null}
      <ViewMenu />
    </section>
  );
}

interface ViewFrameProps {
  readonly view: ViewName;
  /** Whether it is the large one, where the layout has one. */
  readonly isMain: boolean;
}

function ViewFrame({ view, isMain }: ViewFrameProps) {
  const { attach, context } = useAccess();
  const isOn = useSession((state) => isShown(view, state.view));
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null || !isOn) return undefined;
    return attach(view, element.current);
  }, [attach, view, isOn]);
  return (
    <div
      ref={element}
      className={isOn ? 'workspace-view' : `workspace-view workspace-hidden`}
      role="application"
      tabIndex={0}
      aria-label={`${texts.views[view]} view`}
      data-view={view}
      data-main={isMain}
      onContextMenu={(event) => {
        event.preventDefault();
        // The mouse is answered by the view itself; this is the menu key or Shift+F10, which ask for the middle of the crosshair.
        if (!(event.target instanceof HTMLCanvasElement)) openMenuByKey(context.session, view, event.currentTarget);
      }}
      onFocus={() => {
        if (view !== 'volume') context.session.look({ focusedView: view });
      }}
      // Keys go to the view that is worked in, not to the button pressed before.
      onPointerDown={(event) => {
        if (event.target instanceof HTMLCanvasElement) focusByMouse(event.currentTarget);
      }}
    />
  );
}

function openMenuByKey(session: Session, view: ViewName, element: HTMLElement): void {
  const { openCase, view: look } = session.get();
  if (openCase === null) return;
  const box = element.getBoundingClientRect();
  const place = view === 'volume' ? null : look.crosshair;
  session.look({
    menu: {
      view,
      at: [box.left + box.width / 2, box.top + box.height / 2],
      place,
      label: place === null ? 0 : labelAt(openCase.labels, place),
      measurement: null,
    },
  });
}
