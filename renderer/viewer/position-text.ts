import type { Grid, ViewFrame, WorldPoint } from '../../src/geometry/index.ts';

const sides = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const;

/** Which patient coordinate names the slices of a view. */
const stacked = { axial: 2, coronal: 1, sagittal: 0 } as const;

/** One patient coordinate with its side: −12.34 along x is "R 12.3". */
export function coordinateText(component: 0 | 1 | 2, mm: number): string {
  const rounded = Math.abs(mm).toFixed(1);
  return `${sides[component][mm < 0 && rounded !== '0.0' ? 1 : 0]} ${rounded}`;
}

/** A place in the patient, in mm from the scan's origin. */
export function patientCoordinates(point: WorldPoint): string {
  return `${coordinateText(0, point[0])}  ${coordinateText(1, point[1])}  ${coordinateText(2, point[2])} mm`;
}

/** A place in the patient for a narrow picture: across it, and along the patient. */
export function inTwoLines(coordinates: string): readonly string[] {
  const at = coordinates.lastIndexOf('  ');
  return [coordinates.slice(0, at), coordinates.slice(at + 2)];
}

/** How far an oblique view is tilted, and how far its plane lies from the middle of the scan towards the viewer. */
export function obliqueText(degrees: number, mm: number): string {
  return `oblique ${degrees.toFixed(1)}°   ${mm < -0.05 ? '−' : '+'}${Math.abs(mm).toFixed(1)} mm`;
}

/** The slice's number (from 1, in the order of the voxels) and its position in mm. */
export function sliceText(frame: ViewFrame, grid: Grid, slice: number, middle: WorldPoint): string {
  const component = stacked[frame.view];
  return `${slice + 1} / ${grid.size[frame.through]}   ${coordinateText(component, middle[component])} mm`;
}
