import { brushRange } from '../commands/tool-commands.ts';
import { slabRange } from '../commands/viewport-commands.ts';
import { pointsOf } from '../measurements.ts';
import type { MeasuringTool } from '../measurements.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';

/** Tools, their options near them, windows and the cutting plane. */
export function ToolBar() {
  return (
    <div className="workspace-tool-bar" role="toolbar" aria-label="Tools">
      <Group name="Look">
        <CommandButton id="tool.crosshair" />
        <CommandButton id="tool.window" />
        <CommandButton id="tool.pan" />
        <CommandButton id="tool.zoom" />
      </Group>
      <Group name="Measure">
        <CommandButton id="tool.ruler" />
        <CommandButton id="tool.angle" />
        <CommandButton id="tool.region" />
      </Group>
      <Group name="Segment">
        <CommandButton id="tool.brush" />
        <CommandButton id="tool.eraser" />
        <CommandButton id="tool.threshold" />
        <CommandButton id="tool.outline" />
      </Group>
      <Group name="Resection">
        <CommandButton id="plane.place" look="text" short="Plane" />
        <CommandButton id="tool.plane" />
        <CommandButton id="plane.flip" />
        <CommandButton id="plane.remove" />
      </Group>
      <ToolOptions />
      <span className="workspace-spring" />
      <Group name="Window">
        <Windows />
      </Group>
      <Group name="Display">
        <SlabOptions />
        <span className="workspace-roomy">
          <CommandButton id="view.straight" />
          <CommandButton id="view.crosshair" />
          <CommandButton id="view.texts" />
        </span>
        <CommandButton id="layout.four" />
        <CommandButton id="layout.large" />
        <CommandButton id="layout.slices" />
        <CommandButton id="layout.volume" />
        <CommandButton id="layout.pair" />
      </Group>
    </div>
  );
}

function Group({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div
      className="workspace-group"
      role="group"
      aria-label={name}
      data-place={name === 'Resection' ? 'resection' : undefined}
    >
      {children}
    </div>
  );
}

function ToolOptions() {
  const tool = useSession((state) => state.view.tool);
  if (tool === 'brush' || tool === 'eraser') return <BrushOptions />;
  if (tool === 'threshold') {
    return (
      <>
        <BrushOptions />
        <ThresholdOptions />
      </>
    );
  }
  if (tool === 'outline') return <OutlineOptions />;
  if (tool === 'ruler' || tool === 'angle' || tool === 'region') return <MeasureOptions tool={tool} />;
  return null;
}

/** Thick slabs: which, and how thick while there is one. */
function SlabOptions() {
  const { session } = useAccess().context;
  const slab = useSession((state) => state.view.slab);
  const thickness = useSession((state) => state.view.slabMm);
  return (
    <>
      <span className="workspace-roomy">
        <CommandButton id="slab.maximum" />
        <CommandButton id="slab.mean" />
        <CommandButton id="slab.minimum" />
      </span>
      {slab === null ? null : (
        <label className="workspace-option">
          <input
            type="number"
            className="workspace-number"
            min={slabRange.thinnest}
            max={slabRange.thickest}
            value={thickness}
            aria-label="Thickness of the slab in mm"
            onChange={(event) => {
              const wanted = event.currentTarget.valueAsNumber;
              if (wanted >= slabRange.thinnest && wanted <= slabRange.thickest) session.look({ slabMm: wanted });
            }}
          />
          <span>mm</span>
        </label>
      )}
    </>
  );
}

function BrushOptions() {
  const { session } = useAccess().context;
  const radius = useSession((state) => state.view.brushRadiusMm);
  return (
    <Group name="Brush">
      <label className="workspace-option">
        <span>Radius</span>
        <input
          type="range"
          min={brushRange.smallest}
          max={brushRange.largest}
          step={0.5}
          value={radius}
          aria-label="Brush radius in mm"
          onChange={(event) => session.look({ brushRadiusMm: event.currentTarget.valueAsNumber })}
        />
        <span className="workspace-option-value">{radius} mm</span>
      </label>
      <CommandButton id="brush.ball" />
    </Group>
  );
}

/** The windows of CT by name; in MR, whose signal has no scale, the one of the image. */
function Windows() {
  const isMr = useSession((state) => state.openCase?.volume.unit === 'arbitrary');
  if (isMr) return <CommandButton id="window.fit" look="text" short="Fit" />;
  return (
    <>
      <CommandButton id="window.liver" look="text" short="Liver" />
      <CommandButton id="window.softTissue" look="text" short="Soft" />
      <CommandButton id="window.lung" look="text" short="Lung" />
      <CommandButton id="window.bone" look="text" short="Bone" />
    </>
  );
}

function ThresholdOptions() {
  const { session } = useAccess().context;
  const [low, high] = useSession((state) => state.view.thresholdRange);
  const unit = useSession((state) => (state.openCase?.volume.unit === 'HU' ? 'HU' : ''));
  const change = (range: readonly [number, number]) => {
    if (range.every(Number.isFinite)) session.look({ thresholdRange: range });
  };
  return (
    <Group name="Threshold">
      <label className="workspace-option">
        <span>From</span>
        <input
          type="number"
          className="workspace-number"
          value={low}
          aria-label="Lowest value painted"
          onChange={(event) => change([event.currentTarget.valueAsNumber, high])}
        />
      </label>
      <label className="workspace-option">
        <span>to</span>
        <input
          type="number"
          className="workspace-number"
          value={high}
          aria-label="Highest value painted"
          onChange={(event) => change([low, event.currentTarget.valueAsNumber])}
        />
        <span>{unit}</span>
      </label>
    </Group>
  );
}

/** How to measure without a mouse, and how far that is. */
function MeasureOptions({ tool }: { readonly tool: MeasuringTool }) {
  const count = useSession((state) => state.view.keyPoints.length);
  return (
    <Group name="Measure by keys">
      <CommandButton id="measure.point" look="text" short={texts.measuring.point(count + 1, pointsOf[tool])} />
      {count === 0 ? null : <CommandButton id="measure.forget" />}
      <span className="workspace-option workspace-spare">{texts.measuring.keys}</span>
    </Group>
  );
}

function OutlineOptions() {
  const count = useSession((state) => state.view.outlines.length);
  return (
    <Group name="Outlines">
      <span className="workspace-option">{count === 1 ? '1 outline' : `${count} outlines`}</span>
      <CommandButton id="outlines.interpolate" look="text" short="Interpolate" />
      <CommandButton id="outlines.fill" look="text" short="Fill" />
      <CommandButton id="outlines.discard" />
    </Group>
  );
}
