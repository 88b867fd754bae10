import type { PlotBand } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { Mark } from './growth-mark.tsx';
import type { PlotScales } from './growth-scales.ts';

/** Least height of a range, px: a published range may be narrower than a line. */
const leastHeight = 3;

/** Every published range by itself, on the same scale of shares: where it leads by the end of its weeks, and its centre as a dot. */
export function RangeStrip({ bands, scales }: { readonly bands: readonly PlotBand[]; readonly scales: PlotScales }) {
  const { y, split, end, bottom } = scales;
  if (bands.length === 0) return null;
  const column = (end - split) / bands.length;
  return (
    <g>
      <Patterns />
      {bands.map(({ ruleId, end: { low, high, central }, method, mark, weeks }, index) => {
        const x = split + (index + 0.5) * column;
        const height = Math.max(leastHeight, y(low) - y(high));
        const box = { x: x - 6, y: (y(low) + y(high) - height) / 2, width: 12, height };
        return (
          <g key={ruleId} data-range={ruleId}>
            <rect {...box} className="growth-ground" />
            <rect {...box} fill={`url(#growth-${method})`} />
            <rect {...box} className={`growth-band growth-band-${method}`} />
            {central === null ? null : <circle cx={x} cy={y(central)} r="3.5" className="growth-centre" />}
            <Mark x={x} y={bottom + 13} text={mark} />
            <text x={x} y={bottom + 32} textAnchor="middle" className="growth-weeks">
              {weeks}
            </text>
          </g>
        );
      })}
      <text x={end} y={bottom + 47} textAnchor="end">
        {texts.growth.axisRanges}
      </text>
    </g>
  );
}

/** Every method has its own hatching. */
function Patterns() {
  const hatch = { width: 7, height: 7, patternUnits: 'userSpaceOnUse' } as const;
  return (
    <defs>
      <pattern id="growth-LVD" {...hatch} patternTransform="rotate(45)">
        <path d="M0 0V7" className="growth-hatch" />
      </pattern>
      <pattern id="growth-ALPPS" {...hatch}>
        <circle cx="2" cy="2" r="1" className="growth-dot" />
      </pattern>
      <pattern id="growth-TSH" {...hatch}>
        <path d="M0 2H7" className="growth-hatch" />
      </pattern>
      <pattern id="growth-PVE" {...hatch}>
        <rect width="7" height="7" className="growth-plain" />
      </pattern>
    </defs>
  );
}
