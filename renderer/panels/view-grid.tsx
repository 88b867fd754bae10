import { useEffect, useRef } from 'react';
import type { ViewName } from '../session.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';

const views: readonly ViewName[] = ['axial', 'coronal', 'sagittal', 'volume'];

/** The four views, or the maximised one. All stay attached, so that nothing is uploaded twice. */
export function ViewGrid() {
  const maximised = useSession((state) => state.view.maximised);
  return (
    <section className="workspace-grid" aria-label="Views" data-maximised={maximised ?? 'none'}>
      {views.map((view) => (
        <ViewFrame key={view} view={view} isShown={maximised === null || maximised === view} />
      ))}
    </section>
  );
}

function ViewFrame({ view, isShown }: { readonly view: ViewName; readonly isShown: boolean }) {
  const { attach } = useAccess();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null || !isShown) return undefined;
    return attach(view, element.current);
  }, [attach, view, isShown]);
  return (
    <div
      ref={element}
      className={isShown ? 'workspace-view' : `workspace-view workspace-hidden`}
      role="application"
      tabIndex={0}
      aria-label={`${texts.views[view]} view`}
      data-view={view}
      // Keys go to the view that is worked in, not to the button pressed before.
      onPointerDown={(event) => {
        if (event.target instanceof HTMLCanvasElement) element.current?.focus({ preventScroll: true });
      }}
    />
  );
}
