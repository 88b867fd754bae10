import { useEffect, useRef, useState } from 'react';
import type { LoadingSeries } from '../../src/boundary/index.ts';
import { hangingFlips } from '../../src/dicom/index.ts';
import { signalWindow } from '../../src/volume/index.ts';
import { initialView } from '../session.ts';
import type { RunningTask } from '../session.ts';
import { texts } from '../texts.ts';

/** A series while it is loaded: the slices that have arrived, to leaf through; no figures before all of it is there and checked. */
export function LoadingView({ task, loading }: { readonly task: RunningTask; readonly loading: LoadingSeries }) {
  const { filled } = loading;
  const [wanted, setWanted] = useState(filled.length >> 1);
  const shown = nearestFilled(filled, wanted);
  const step = (by: number): void => setWanted((now) => Math.max(0, Math.min(filled.length - 1, now + by)));
  return (
    <section className="series-loading" aria-label={task.title}>
      <h1>{task.title}</h1>
      <div className="series-loading-picture" onWheel={(event) => step(event.deltaY > 0 ? -1 : 1)}>
        {shown === null ? (
          <p>{loading.entry.resampling === 'done' ? texts.loading.interpolated : texts.loading.waiting}</p>
        ) : (
          <SlicePicture loading={loading} slice={shown} key={`${filled.length}`} />
        )}
      </div>
      <label className="series-loading-slice">
        <span>{texts.loading.slice((shown ?? wanted) + 1, filled.length)}</span>
        <input
          type="range"
          autoFocus
          min={0}
          max={filled.length - 1}
          value={wanted}
          disabled={shown === null}
          onChange={(event) => setWanted(event.target.valueAsNumber)}
        />
      </label>
      <div className="series-loading-progress">
        <progress aria-label={task.title} value={task.fraction} max={1} />
        <span>{task.doing}</span>
        {task.cancel === null ? null : (
          <button type="button" className="series-loading-cancel" onClick={task.cancel}>
            {texts.loading.cancel}
          </button>
        )}
      </div>
      <p className="series-loading-note">{texts.loading.note}</p>
    </section>
  );
}

/** The slice itself when it is there, else the nearest that is; null while none is. */
function nearestFilled(filled: Uint8Array, wanted: number): number | null {
  for (let away = 0; away < filled.length; away++) {
    for (const at of [wanted - away, wanted + away]) if (filled[at] === 1) return at;
  }
  return null;
}

function SlicePicture({ loading, slice }: { readonly loading: LoadingSeries; readonly slice: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { volume } = loading;
  const [columns, rows] = volume.grid.size;
  const [across, down] = [columns * volume.grid.spacing[0], rows * volume.grid.spacing[1]];
  useEffect(() => {
    const drawing = canvas.current?.getContext('2d');
    if (drawing === null || drawing === undefined) return;
    const values = volume.values.subarray(slice * columns * rows, (slice + 1) * columns * rows);
    // In CT the window the workspace begins with, so that the picture does not change when the rest is there.
    const { centre, width } = volume.unit === 'HU' ? initialView.window : signalWindow(values);
    const [mirrorColumns, mirrorRows] = hangingFlips([...volume.grid.axes[0], ...volume.grid.axes[1]]);
    const image = drawing.createImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const value = values[(mirrorColumns ? columns - 1 - x : x) + columns * (mirrorRows ? rows - 1 - y : y)]!;
        const grey = Math.max(0, Math.min(255, Math.round(((value - centre) / width + 0.5) * 255)));
        pixels[x + columns * y] = 0xff00_0000 | (grey << 16) | (grey << 8) | grey;
      }
    }
    drawing.putImageData(image, 0, 0);
  }, [volume, slice, columns, rows]);
  return (
    <canvas
      ref={canvas}
      width={columns}
      height={rows}
      data-slice={slice}
      // Pixels need not be square in the patient.
      style={{ aspectRatio: `${across} / ${down}` }}
      role="img"
      aria-label={texts.loading.slice(slice + 1, volume.grid.size[2])}
    />
  );
}
