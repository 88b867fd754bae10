import { dateAxis, placeOnAxis } from '../../../src/assessment/index.ts';
import type { DateMark } from '../../../src/assessment/index.ts';
import { useWidth } from './use-width.ts';

/** Height of one line, the same as that of the text beside it (`growth.css`). */
const rowHeight = 48;
const axisHeight = 26;
const side = 10;

/** The marks on a time axis, one line each: days as points, windows as hatched bars. The text beside says the same. */
export function DateAxisDrawing({ marks }: { readonly marks: readonly DateMark[] }) {
  const [{ width, scale }, ref] = useWidth();
  const axis = dateAxis(marks, Math.max(2, Math.floor(width / 78)));
  const bottom = marks.length * rowHeight;
  return (
    <div ref={ref} className="dates-drawing" aria-hidden="true">
      {width < 4 * side || axis === null ? null : (
        <svg
          width={width * scale}
          height={(bottom + axisHeight) * scale}
          viewBox={`0 0 ${width} ${bottom + axisHeight}`}
        >
          <defs>
            <pattern id="dates-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0V6" className="dates-hatch" />
            </pattern>
          </defs>
          {axis.ticks.map(({ on, label }) => (
            <g key={on}>
              <path d={`M${at(on)} 0V${bottom + 4}`} className="dates-grid" />
              <text x={at(on)} y={bottom + 18} textAnchor={anchorOf(at(on), width)}>
                {label}
              </text>
            </g>
          ))}
          {axis.pieces.slice(1).map(({ from, start }, place) => (
            <Break key={from} from={onScreen(axis.pieces[place]!.end)} to={onScreen(start)} bottom={bottom} />
          ))}
          {marks.map((mark, row) => (
            <Mark
              key={`${mark.id} ${mark.from}`}
              mark={mark}
              from={at(mark.from)}
              to={at(mark.to)}
              y={(row + 0.5) * rowHeight}
              bottom={bottom}
            />
          ))}
        </svg>
      )}
    </div>
  );

  function at(on: string): number {
    return onScreen(placeOnAxis(axis!, on));
  }

  function onScreen(share: number): number {
    return Math.round(side + share * (width - 2 * side)) + 0.5;
  }
}

/** Days left out: the ground is cut between two jagged lines. */
function Break({ from, to, bottom }: { readonly from: number; readonly to: number; readonly bottom: number }) {
  const tooth = 8;
  const edge = (x: number) =>
    Array.from(
      { length: Math.ceil(bottom / tooth) + 1 },
      (_, step) => `L${x + (step % 2 === 0 ? -2 : 2)} ${step * tooth}`,
    )
      .join('')
      .replace('L', 'M');
  return (
    <g className="dates-break">
      <path d={edge(from)} />
      <path d={edge(to)} />
    </g>
  );
}

/** Labels near an edge lean away from it. */
function anchorOf(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < 34) return 'start';
  return x > width - 34 ? 'end' : 'middle';
}

interface MarkProps {
  readonly mark: DateMark;
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly bottom: number;
}

function Mark({ mark: { kind, id }, from, to, y, bottom }: MarkProps) {
  if (kind === 'window') {
    const size = { x: from, y: y - 8, width: Math.max(3, to - from), height: 16 };
    return (
      <>
        <rect {...size} className="dates-window" />
        <rect {...size} fill="url(#dates-hatch)" />
      </>
    );
  }
  // The day of the assessment and of the operation are what all windows are held against: their line goes through.
  const isDecisive = id === 'as-of' || id === 'surgery';
  return (
    <>
      {isDecisive ? <path d={`M${from} 0V${bottom}`} className={`dates-through dates-through-${id}`} /> : null}
      {id === 'scan' ? (
        <circle cx={from} cy={y} r="5" className="dates-scan" />
      ) : (
        <path d={`M${from} ${y - 6.5}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z`} className="dates-event" />
      )}
    </>
  );
}
