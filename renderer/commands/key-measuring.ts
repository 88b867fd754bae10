import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, MapPinPlus, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import {
  between,
  dot,
  insideGrid,
  moved,
  onSlice,
  sliceAt,
  stepAlong,
  stepOf,
  turnedFrame,
} from '../../src/geometry/index.ts';
import type { Grid, ViewFrame, WorldPoint } from '../../src/geometry/index.ts';
import { measurementBy, measuringTools, nextMeasurement, pointsOf } from '../measurements.ts';
import type { MeasuringTool } from '../measurements.ts';
import type { SessionState, Tool } from '../session.ts';
import { withCase } from './command.ts';
import type { Command } from './command.ts';
import { viewOfKeys } from './view-commands.ts';

interface Looking {
  readonly grid: Grid;
  readonly frame: ViewFrame;
  readonly crosshair: WorldPoint;
}

/** The view the keys work in, with the crosshair in it; null without a series. */
function looking(state: SessionState): Looking | null {
  const { openCase, view } = state;
  if (openCase === null || view.crosshair === null) return null;
  const { grid } = openCase.volume;
  return { grid, frame: turnedFrame(grid, viewOfKeys(state), view.turn), crosshair: view.crosshair };
}

function isMeasuring(tool: Tool): tool is MeasuringTool {
  return measuringTools.includes(tool);
}

function withMeasuringTool(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  return isMeasuring(state.view.tool) ? true : 'Choose ruler, angle or region first.';
}

/** Moves the crosshair by one voxel across the picture, as long as it stays in the scan. */
function crosshairCommand(
  way: 'left' | 'right' | 'up' | 'down',
  key: string,
  icon: LucideIcon,
  tools?: readonly Tool[],
): Command {
  return {
    id: `crosshair.${way}`,
    group: 'Tools',
    label: `Crosshair one voxel ${way}`,
    keys: [key],
    ...(tools === undefined ? {} : { tools }),
    icon,
    enabled: withCase,
    perform: ({ session }) => {
      const now = looking(session.get());
      if (now === null) return;
      const { grid, frame, crosshair } = now;
      const along = way === 'left' || way === 'right' ? frame.right : frame.up;
      const step = stepAlong(grid, along);
      const to = moved(crosshair, along, way === 'left' || way === 'down' ? -step : step);
      const off = between(to, insideGrid(grid, to));
      if (Math.hypot(...off) < 1e-6) session.look({ crosshair: to });
    },
  };
}

/** The crosshair's place in the plane that the view shows. */
function placeShown({ grid, frame, crosshair }: Looking): WorldPoint {
  return frame.isStraight ? onSlice(grid, frame, crosshair, sliceAt(grid, frame, crosshair)) : crosshair;
}

/** Measuring without a mouse: the crosshair is led by arrows, and each point is set where it stands. */
export const keyMeasureCommands: readonly Command[] = [
  crosshairCommand('left', 'ArrowLeft', ArrowLeft),
  crosshairCommand('right', 'ArrowRight', ArrowRight),
  crosshairCommand('up', 'ArrowUp', ArrowUp, measuringTools),
  crosshairCommand('down', 'ArrowDown', ArrowDown, measuringTools),
  {
    id: 'measure.point',
    group: 'Tools',
    label: 'Set a point of the measurement at the crosshair',
    labelNow: ({ view }) =>
      isMeasuring(view.tool)
        ? `Set point ${view.keyPoints.length + 1} of ${pointsOf[view.tool]} at the crosshair`
        : 'Set a point of the measurement at the crosshair',
    keys: ['Enter'],
    tools: measuringTools,
    icon: MapPinPlus,
    enabled: withMeasuringTool,
    perform: ({ session }) => {
      const state = session.get();
      const { view } = state;
      const now = looking(state);
      if (now === null || !isMeasuring(view.tool)) return;
      const { grid, frame } = now;
      const place = placeShown(now);
      const reach = stepOf(grid, frame) / 2;
      // A measurement lies in one plane: points set in another are given up.
      const before = view.keyPoints.filter((point) => Math.abs(dot(between(place, point), frame.normal)) <= reach);
      const points = [...before, place];
      const done =
        points.length === pointsOf[view.tool] ? measurementBy(view.tool, points, frame, nextMeasurement(view)) : null;
      session.look(
        done === null ? { keyPoints: points } : { keyPoints: [], measurements: [...view.measurements, done] },
      );
    },
  },
  {
    id: 'measure.forget',
    group: 'Tools',
    label: 'Give up the points set so far',
    keys: ['Escape'],
    tools: measuringTools,
    icon: Undo2,
    enabled: (state) => {
      const able = withMeasuringTool(state);
      if (able !== true) return able;
      return state.view.keyPoints.length === 0 ? 'No point is set.' : true;
    },
    perform: ({ session }) => session.look({ keyPoints: [] }),
  },
];
