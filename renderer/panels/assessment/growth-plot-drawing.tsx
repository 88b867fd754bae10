import { gathered, spread } from '../../../src/assessment/index.ts';
import type { GrowthPlot, PlotBand, PlotPlace, PlotPoint } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { printedNumber } from '../format.ts';
import { Mark } from './growth-mark.tsx';
import { RangeStrip } from './growth-range-strip.tsx';
import type { PlotScales as Scales } from './growth-scales.ts';
import { useWidth } from './use-width.ts';

const height = 380;
const [left, right, top, bottom] = [52, 102, 18, 330];
/** Least distance of two marks, px. */
const markGap = 15;
/** Cut-offs closer than this are one line to the eye, px. */
const sameLine = 4;

type Corner = readonly [x: number, y: number];

/** The growth plot in pixels: published ranges lie under it as tints and stand by themselves at its right, each with its mark, so that grey prints tell them apart. */
export function GrowthPlotDrawing({ plot }: { readonly plot: GrowthPlot }) {
  const [{ width, scale }, ref] = useWidth();
  const { days, shares, points } = plot;
  const end = width - right;
  const count = plot.bands.length;
  const strip = count === 0 ? 0 : Math.min(44 * count, Math.max(22 * count, (end - left) * 0.3));
  const split = end - strip;
  const scales: Scales = {
    x: (day) => left + ((day - days.low) / (days.high - days.low)) * (split - left),
    y: (share) => bottom - ((share - shares.low) / (shares.high - shares.low)) * (bottom - top),
    split,
    end,
    bottom,
  };
  const said = points.map(({ on, share }) => texts.growth.plotPoint(on, printedNumber(share, 1))).join(', ');
  return (
    <div ref={ref} className="growth-plot">
      {width < 200 ? null : (
        <svg
          width={width * scale}
          height={height * scale}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={texts.growth.plotLabel(said)}
        >
          <Axes plot={plot} scales={scales} />
          {plot.bands.map((band) => (
            <Band key={band.ruleId} band={band} scales={scales} />
          ))}
          <Cutoffs plot={plot} scales={scales} />
          <RangeStrip bands={plot.bands} scales={scales} />
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

function Axes({ plot, scales }: { readonly plot: GrowthPlot; readonly scales: Scales }) {
  const { x, y, split, end } = scales;
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
      {split === end ? null : <path d={`M${split} ${top}V${bottom}`} className="growth-axis" />}
      <text x={left - 44} y={top - 6}>
        {texts.growth.axisShare}
      </text>
      <text x={end + 8} y={top - 6}>
        {texts.growth.axisVolume}
      </text>
      <text x={(left + split) / 2} y={bottom + 47} textAnchor="middle">
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

/** The area a published range covers over its weeks: a tint without an edge, so that it is darker where more of them agree. */
function Band({ band: { outline, ruleId }, scales }: { readonly band: PlotBand; readonly scales: Scales }) {
  return <path data-band={ruleId} d={`${pathOf(outline, scales)}Z`} className="growth-tint" />;
}

/** Level cut-offs run through to the right, where those that fall on one another share a place; a rising one is marked at its end. */
function Cutoffs({ plot, scales }: { readonly plot: GrowthPlot; readonly scales: Scales }) {
  const { y, x, end, split } = scales;
  const level = plot.cutoffs.filter(({ measure }) => measure !== 'kinetic');
  const wanted = level.map(({ line }) => y(line[1].share));
  const groups = gathered(wanted, sameLine);
  const centres = groups.map((group) => group.reduce((sum, index) => sum + wanted[index]!, 0) / group.length);
  const places = spread(centres, markGap, top, bottom);
  return (
    <>
      {plot.cutoffs.map(({ ruleId, mark, line, measure }) => {
        const [from, to] = line.map(({ day, share }) => [x(day), y(share)] as const) as [Corner, Corner];
        return (
          <g key={ruleId} data-cutoff-line={ruleId}>
            <path
              d={`M${from[0]} ${from[1]}L${to[0]} ${to[1]}${measure === 'kinetic' ? '' : `H${end}`}`}
              className={`growth-cutoff growth-cutoff-${measure}`}
            />
            {measure === 'kinetic' ? (
              <Mark x={Math.min(to[0], split) - 10} y={Math.max(to[1], top) + 9} text={mark} />
            ) : null}
          </g>
        );
      })}
      {groups.map((group, index) => (
        <g key={group.join()}>
          <path d={`M${end} ${centres[index]!}L${end + 44} ${places[index]!}`} className="growth-leader" />
          {group.map((member, place) => (
            <Mark key={member} x={end + 54 + 17 * place} y={places[index]!} text={level[member]!.mark} />
          ))}
        </g>
      ))}
    </>
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
