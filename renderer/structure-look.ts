import { kindOf } from '../src/liver/index.ts';
import type { ViewState } from './session.ts';

/** How solid a structure is in 3D unless the user changed it: the liver is glass, so that what lies in it is seen. */
export function usualOpacity(label: number): number {
  const kind = kindOf(label);
  if (kind === 'liver') return 0.7;
  return kind === 'outside' ? 0.5 : 1;
}

/** How solid a structure is, 0 … 1: in 3D as it is, in 2D as a share of the overlay's strength where the usual one is full strength. */
export function opacityOf({ opacities }: Pick<ViewState, 'opacities'>, label: number): number {
  return opacities[label] ?? usualOpacity(label);
}
