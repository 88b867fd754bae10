import { roundTicks } from '../../../src/assessment/index.ts';
import type { Prediction } from '../../../src/assessment/index.ts';
import type { Percent } from '../../../src/geometry/index.ts';
import { texts } from '../../texts.ts';
import { printedNumber } from '../format.ts';

const say = texts.options;

/** The ends of both axes, the same on every card, so that cards can be compared. */
export interface PlotScale {
  readonly percent: number;
  readonly weeks: number;
}

const width = 330;
const height = 150;
// Right of the axes the threshold is named: inside, its name would stand on the range that reaches it.
const edge = { left: 36, right: 62, top: 8, bottom: 30 };

/** The published range over the weeks it is published for, against the threshold: what lies above it is filled, the rest hatched light. */
export function PredictionPlot({
  prediction,
  now,
  scale,
  title,
}: {
  readonly prediction: Prediction;
  readonly now: Percent;
  readonly scale: PlotScale;
  readonly title: string;
}) {
  const { low, high, central, weeks, thresholdPercent: threshold, caveat } = prediction;
  const x = (week: number) => edge.left + (week / scale.weeks) * (width - edge.left - edge.right);
  const y = (share: number) => height - edge.bottom - (share / scale.percent) * (height - edge.top - edge.bottom);
  // A time published as one number still is a bar to see.
  const [from, to] = weeks[1] - weeks[0] < 0.4 ? [weeks[0] - 0.2, weeks[1] + 0.2] : weeks;
  const box = { x: x(from), width: x(to) - x(from) };
  const passes = threshold === null ? null : Math.min(high, Math.max(low, threshold));
  const label = say.plot(title, printedNumber(low, 0), printedNumber(high, 0), `${weeks[0]}–${weeks[1]}`, caveat);
  return (
    <svg className="prediction" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {roundTicks(0, scale.percent, 4).map(({ at, label: printed }) => (
        <g key={at}>
          <line className="prediction-grid" x1={edge.left} x2={width - edge.right} y1={y(at)} y2={y(at)} />
          <text className="prediction-tick" x={edge.left - 5} y={y(at) + 3.5} textAnchor="end">
            {printed}
          </text>
        </g>
      ))}
      {roundTicks(0, scale.weeks, 6).map(({ at, label: printed }) => (
        <text key={at} className="prediction-tick" x={x(at)} y={height - edge.bottom + 13} textAnchor="middle">
          {printed}
        </text>
      ))}
      <text className="prediction-tick" x={(edge.left + width - edge.right) / 2} y={height - 4} textAnchor="middle">
        {say.weeksAxis}
      </text>
      <text className="prediction-tick" x={4} y={edge.top + 6}>
        %
      </text>
      <path className="prediction-fan" d={`M${x(0)} ${y(now)}L${x(from)} ${y(high)}V${y(low)}Z`} />
      <rect className="prediction-range" {...box} y={y(high)} height={y(low) - y(high)} />
      {passes === null || passes >= high ? null : (
        <rect className="prediction-reaches" {...box} y={y(high)} height={y(passes) - y(high)} />
      )}
      {central.map((share) => (
        <line key={share} className="prediction-centre" x1={x(from)} x2={x(to)} y1={y(share)} y2={y(share)} />
      ))}
      {threshold === null ? null : (
        <>
          <line
            className="prediction-threshold"
            x1={edge.left}
            x2={width - edge.right}
            y1={y(threshold)}
            y2={y(threshold)}
          />
          <text className="prediction-tick" x={width - edge.right + 5} y={y(threshold) - 2}>
            {say.threshold}
          </text>
          <text className="prediction-tick" x={width - edge.right + 5} y={y(threshold) + 10}>
            {say.thresholdAt(String(threshold))}
          </text>
        </>
      )}
      <circle className="prediction-now" cx={x(0)} cy={y(now)} r={4} />
    </svg>
  );
}
