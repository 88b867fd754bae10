import type { Session } from './session.ts';

/**
 * Keeps `data-settled` on the page's root: `true` while no task runs, nothing is computed and every view shows the present state;
 * `false` otherwise. Screen readers learn the same through `aria-busy`. Tests and screenshots wait for it.
 */
export function keepSettledMark(
  root: HTMLElement,
  session: Session,
  viewer: { readonly settled: () => Promise<void> },
): { readonly computing: (isComputing: boolean) => void } {
  let isComputing = false;
  let turn = 0;
  const show = (isSettled: boolean): void => {
    root.dataset['settled'] = String(isSettled);
    root.ariaBusy = String(!isSettled);
  };
  const look = (): void => {
    turn += 1;
    const mine = turn;
    show(false);
    const { tasks, view } = session.get();
    if (isComputing || tasks.length > 0 || view.draggedCut !== null) return;
    void viewer.settled().then(() => {
      if (turn === mine) show(true);
    });
  };
  session.subscribe(look);
  look();
  return {
    computing: (is) => {
      isComputing = is;
      look();
    },
  };
}
