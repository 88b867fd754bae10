import type { WorldPoint } from '../../src/geometry/index.ts';
import { measurementBy, nextMeasurement } from '../measurements.ts';
import type { Measurement, Session } from '../session.ts';
import { gripReach } from './drag.ts';
import type { Drag, DragPlace } from './drag.ts';
import { gripNear, liesIn, withGrip } from './measurement-shape.ts';
import { toPatient } from './projection.ts';
import type { CanvasPoint } from './projection.ts';

/** A press that moves less than this many CSS pixels draws nothing. */
const leastTravel = 4;

/** Draws a measurement, or moves a grip of one that is shown here. */
export function measureDrag(place: DragPlace, tool: 'ruler' | 'angle' | 'region', start: CanvasPoint): Drag {
  const { session, scratch, grid, frame } = place;
  const shown = session.get().view.measurements.filter((one) => liesIn(one, grid, frame, place.projection()));
  const held = gripNear(shown, place.projection(), start, gripReach * place.ratio);
  if (scratch.arm !== null && tool === 'angle') return secondArm(place, scratch.arm, start);
  if (held !== null) return gripDrag(place, held.measurement, held.order);
  const from = toPatient(place.projection(), start);
  const id = nextMeasurement(session.get().view);
  let drawn: Measurement | null = null;
  return {
    move: (at) => {
      if (Math.hypot(at[0] - start[0], at[1] - start[1]) < leastTravel * place.ratio) return;
      const to = toPatient(place.projection(), at);
      // The first arm of an angle is drawn like a ruler.
      drawn = measurementBy(tool === 'region' ? 'region' : 'ruler', [from, to], frame, id);
      scratch.measurement = drawn;
      place.redraw();
    },
    end: () => {
      scratch.measurement = null;
      if (drawn !== null && tool === 'angle' && drawn.kind === 'ruler') scratch.arm = drawn.points;
      else if (drawn !== null) add(session, drawn);
      place.redraw();
    },
    cancel: () => {
      scratch.measurement = null;
      place.redraw();
    },
  };
}

/** Moves the end of an angle's second arm until the button is let go. */
function secondArm(place: DragPlace, [first, vertex]: readonly [WorldPoint, WorldPoint], start: CanvasPoint): Drag {
  const { session, scratch } = place;
  let end = toPatient(place.projection(), start);
  const forget = (): void => {
    scratch.arm = null;
    scratch.measurement = null;
    place.redraw();
  };
  return {
    move: (at) => {
      end = toPatient(place.projection(), at);
      scratch.measurement = { id: 0, kind: 'angle', points: [first, vertex, end] };
      place.redraw();
    },
    end: () => {
      forget();
      add(session, { id: nextMeasurement(session.get().view), kind: 'angle', points: [first, vertex, end] });
    },
    cancel: forget,
  };
}

function gripDrag({ session, projection }: DragPlace, held: Measurement, order: number): Drag {
  const replace = (by: Measurement): void => {
    const { measurements } = session.get().view;
    session.look({ measurements: measurements.map((one) => (one.id === held.id ? by : one)) });
  };
  return {
    move: (at) => replace(withGrip(held, order, toPatient(projection(), at))),
    end: () => undefined,
    cancel: () => replace(held),
  };
}

function add(session: Session, measurement: Measurement): void {
  session.look({ measurements: [...session.get().view.measurements, measurement] });
}
