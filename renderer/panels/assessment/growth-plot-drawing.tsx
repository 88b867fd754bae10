import { spread } from '../../../src/assessment/index.ts';
import type { GrowthPlot, PlotBand, PlotPlace, PlotPoint } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { printedNumber } from '../format.ts';
import { useWidth } from './use-width.ts';

const height = 380;
const [left, right, top, bottom] = [52, 84, 18, 330];
/** Least distance of two marks, px. */
const markGap = 15;

interface Scales {
  readonly x: (day: number) => number;
  readonly y: (share: number) => number;
  readonly end: number;
}

/** The growth plot in pixels: every method has its own hatching and every published thing its mark, so that grey prints tell them apart. */
export function GrowthPlotDrawing({ plot }: { readonly plot: GrowthPlot }) {
  const [width, ref] = useWidth();
  const { days, shares, points } = plot;
  const end = width - right;
  const scales: Scales = {
    x: (day) => left + ((day - days.low) / (days.high - days.low)) * (end - left),
    y: (share) => bottom - ((share - shares.low) / (shares.high - shares.low)) * (bottom - top),
    end,
  };
  const said = points.map(({ on, share }) => texts.growth.plotPoint(on, printedNumber(share, 1))).join(', ');
  return (
    <div ref={ref} className="growth-plot">
      {width < 200 ? null : (
        <svg width={width} height={height} role="img" aria-label={texts.growth.plotLabel(said)}>
          <Patterns />
          <Axes plot={plot} scales={scales} />
          {plot.bands.map((band) => (
            <Band key={band.ruleId} band={band} scales={scales} />
          ))}
          <Cutoffs plot={plot} scales={scales} />
          <BandMarks bands={plot.bands} scales={scales} />
          <path d={pathOf(points, scales)} className="growth-line" />
          {points.map((point) => (
            <Point key={point.on} point={point} scales={scales} />
          ))}
        </svg>
      )}
    </div>
  );
}

function pathOf(places: readonly PlotPlace[], { x, y }: Scales): string {
  return places
    .map(({ day, share }, index) => `${index === 0 ? 'M' : 'L'}${x(day).toFixed(1)} ${y(share).toFixed(1)}`)
    .join('');
}

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

function Axes({ plot, scales }: { readonly plot: GrowthPlot; readonly scales: Scales }) {
  const { x, y, end } = scales;
  const [first, second] = plot.days.ticks;
  const isRoomy = second === undefined || x(second.at) - x(first!.at) > 78;
  const zero = plot.zero === 'baseline' ? texts.growth.axisWeeks.baseline : texts.growth.axisWeeks.augmented;
  return (
    <g className="growth-axes">
      {plot.shares.ticks.map(({ at, label }) => (
        <g key={at}>
          <path d={`M${left} ${y(at)}H${end}`} className="growth-grid" />
          <text x={left - 7} y={y(at) + 4} textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {plot.millilitres.map(({ at, label }) => (
        <g key={at}>
          <path d={`M${end} ${y(at)}h5`} className="growth-axis" />
          <text x={end + 8} y={y(at) + 4}>
            {label}
          </text>
        </g>
      ))}
      {plot.days.ticks.map(({ at, label, on }) => (
        <g key={at}>
          <path d={`M${x(at)} ${top}V${bottom + 5}`} className={at === 0 ? 'growth-zero' : 'growth-grid'} />
          <text x={x(at)} y={bottom + 18} textAnchor="middle">
            {label}
          </text>
          <text x={x(at)} y={bottom + 32} textAnchor="middle" className="growth-date">
            {isRoomy ? on : on.slice(5)}
          </text>
        </g>
      ))}
      <path d={`M${left} ${top}V${bottom}H${end}V${top}`} className="growth-axis" />
      <text x={left - 44} y={top - 6}>
        {texts.growth.axisShare}
      </text>
      <text x={end + 8} y={top - 6}>
        {texts.growth.axisVolume}
      </text>
      <text x={(left + end) / 2} y={bottom + 47} textAnchor="middle">
        {zero}
      </text>
      {plot.zero === 'baseline' ? null : (
        <text x={x(0) + 5} y={bottom - 7} className="growth-halo">
          {plot.zero} {plot.zeroOn}
        </text>
      )}
    </g>
  );
}

function Band({
  band: { outline, central, method, ruleId },
  scales,
}: {
  readonly band: PlotBand;
  readonly scales: Scales;
}) {
  const shape = `${pathOf(outline, scales)}Z`;
  return (
    <g data-band={ruleId}>
      <path d={shape} fill={`url(#growth-${method})`} />
      <path d={shape} className={`growth-band growth-band-${method}`} />
      {central === null ? null : <path d={pathOf(central, scales)} className="growth-central" />}
    </g>
  );
}

/** The numbers of bands that end on one day stand beneath each other at its right, each led to its corner. */
function BandMarks({ bands, scales: { x, y } }: { readonly bands: readonly PlotBand[]; readonly scales: Scales }) {
  const ends = [...new Set(bands.map(({ outline }) => outline[2].day))];
  return ends.flatMap((day) => {
    const group = bands.filter(({ outline }) => outline[2].day === day);
    const wanted = group.map(({ outline }) => y((outline[2].share + outline[3].share) / 2));
    const places = spread(wanted, markGap, top + 8, bottom - 8);
    return group.map(({ mark, ruleId, outline }, index) => {
      const corner = y((outline[2].share + outline[3].share) / 2);
      return (
        <g key={ruleId}>
          <path d={`M${x(day)} ${corner}L${x(day) + 7} ${places[index]!}`} className="growth-leader" />
          <Mark x={x(day) + 15} y={places[index]!} text={mark} />
        </g>
      );
    });
  });
}

function Cutoffs({ plot, scales }: { readonly plot: GrowthPlot; readonly scales: Scales }) {
  const { y, x, end } = scales;
  const wanted = plot.cutoffs.map(({ line }) => y(line[1].share));
  const places = spread(wanted, markGap, top, bottom);
  return plot.cutoffs.map(({ ruleId, mark, line, measure }, index) => (
    <g key={ruleId} data-cutoff-line={ruleId}>
      <path d={pathOf(line, scales)} className={`growth-cutoff growth-cutoff-${measure}`} />
      <path d={`M${x(line[1].day)} ${wanted[index]!}L${end + 44} ${places[index]!}`} className="growth-leader" />
      <Mark x={end + 54} y={places[index]!} text={mark} />
    </g>
  ));
}

function Mark({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) {
  return (
    <g className="growth-label">
      <rect x={x - 8} y={y - 7} width="16" height="14" rx="3" />
      <text x={x} y={y + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

function Point({ point, scales: { x, y } }: { readonly point: PlotPoint; readonly scales: Scales }) {
  const { day, share, interval, role, on } = point;
  const [px, py] = [x(day), y(share)];
  const above = y(interval?.[1] ?? share) - 8;
  return (
    <g data-point={on}>
      {interval === null ? null : (
        <path
          d={`M${px} ${y(interval[0])}V${y(interval[1])}M${px - 5} ${y(interval[0])}h10M${px - 5} ${y(interval[1])}h10`}
          className="growth-interval"
        />
      )}
      {role === 'judged' ? (
        <path d={`M${px} ${py - 7}l7 7l-7 7l-7 -7Z`} className="growth-point" />
      ) : role === 'baseline' ? (
        <rect x={px - 5} y={py - 5} width="10" height="10" className="growth-point" />
      ) : (
        <circle cx={px} cy={py} r="5.5" className="growth-point" />
      )}
      <text x={px} y={above} textAnchor="middle" className="growth-value growth-halo">
        {printedNumber(share, 1)} %
      </text>
    </g>
  );
}
