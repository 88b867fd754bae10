import { angleAt, distanceBetween } from '../src/geometry/index.ts';
import { regionStatistics } from '../src/volume/index.ts';
import type { Ellipse, RegionStatistics, Volume } from '../src/volume/index.ts';
import type { Measurement } from './session.ts';

/** Statistics by ellipse, for the volume they were counted in: a measurement is drawn many times and counted once. */
const counted = new WeakMap<Ellipse, { readonly volume: Volume; readonly statistics: RegionStatistics | null }>();

/** The statistics of a region, counted once for each ellipse. */
export function statisticsOf(volume: Volume, ellipse: Ellipse): RegionStatistics | null {
  const known = counted.get(ellipse);
  if (known?.volume === volume) return known.statistics;
  const statistics = regionStatistics(volume, ellipse);
  counted.set(ellipse, { volume, statistics });
  return statistics;
}

/** What a measurement is called. */
export const measurementNames = { ruler: 'Length', angle: 'Angle', region: 'Region' } as const;

/** A value as it is read, with a real minus sign. */
export function signed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

/** What a measurement says, as lines; MR has signal, not HU. */
export function measurementText(measurement: Measurement, volume: Volume): readonly string[] {
  switch (measurement.kind) {
    case 'ruler':
      return [`${distanceBetween(...measurement.points).toFixed(1)} mm`];
    case 'angle': {
      const [first, vertex, second] = measurement.points;
      return [`${angleAt(vertex, first, second).toFixed(1)}°`];
    }
    case 'region':
      return regionText(statisticsOf(volume, measurement.ellipse), volume.unit);
  }
}

function regionText(found: RegionStatistics | null, unit: Volume['unit']): readonly string[] {
  if (found === null) return ['No voxel inside'];
  const { mean, deviation, lowest, highest, area, count } = found;
  const [before, after] = unit === 'HU' ? ['', ' HU'] : ['signal ', ''];
  const spread = deviation === null ? '' : `, SD ${deviation.toFixed(1)}`;
  const size = area < 100 ? `${area.toFixed(1)} mm²` : `${(area / 100).toFixed(2)} cm²`;
  return [
    `Mean ${before}${signed(mean, 1)}${spread}${after}`,
    `Min ${signed(lowest, 0)}, max ${signed(highest, 0)}${after}`,
    `Area ${size}, ${count} ${count === 1 ? 'voxel' : 'voxels'}`,
  ];
}
