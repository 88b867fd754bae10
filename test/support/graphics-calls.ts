import type { Page } from 'playwright-core';

/** What a page has asked of the graphics card. */
export interface GraphicsCalls {
  /** Shaders compiled. */
  readonly compiled: number;
  /** Bytes handed over as shapes. */
  readonly shapeBytes: number;
  /** The most of them in one frame. */
  readonly mostShapeBytes: number;
  /** Slices of volumes handed over. */
  readonly slices: number;
  /** Bodies drawn from the shapes. */
  readonly bodies: number;
}

/** Counts the calls of every page that `page` shows from its next loading on; `graphicsCalls` reads them. */
export async function countGraphicsCalls(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counts = { compiled: 0, shapeBytes: 0, mostShapeBytes: 0, slices: 0, bodies: 0 };
    let inFrame = 0;
    let frame: unknown = null;
    const shapes = (data: unknown): void => {
      if (!ArrayBuffer.isView(data)) return;
      const { currentTime } = document.timeline;
      inFrame = (frame === currentTime ? inFrame : 0) + data.byteLength;
      frame = currentTime;
      counts.shapeBytes += data.byteLength;
      counts.mostShapeBytes = Math.max(counts.mostShapeBytes, inFrame);
    };
    Reflect.set(globalThis, 'graphicsCalls', counts);
    const counted = (name: string, count: (args: readonly unknown[]) => void): void => {
      const prototype = WebGL2RenderingContext.prototype;
      const own = Reflect.get(prototype, name) as (...args: readonly unknown[]) => unknown;
      Reflect.set(prototype, name, function (this: WebGL2RenderingContext, ...args: readonly unknown[]) {
        count(args);
        return own.apply(this, [...args]);
      });
    };
    counted('compileShader', () => (counts.compiled += 1));
    counted('bufferData', ([, data]) => shapes(data));
    counted('bufferSubData', ([, , data]) => shapes(data));
    counted('texSubImage3D', (args) => (counts.slices += Number(args[7])));
    counted('texImage3D', (args) => (counts.slices += args[9] === null ? 0 : Number(args[5])));
    counted('drawArrays', () => (counts.bodies += 1));
  });
}

/** What the page has asked of the graphics card since it was loaded. */
export async function graphicsCalls(page: Page): Promise<GraphicsCalls> {
  return (await page.evaluate(() => ({ ...(Reflect.get(globalThis, 'graphicsCalls') as object) }))) as GraphicsCalls;
}

/** What it asked for during `act`. */
export async function graphicsCallsDuring(page: Page, act: () => Promise<void>): Promise<GraphicsCalls> {
  const before = await graphicsCalls(page);
  await act();
  const after = await graphicsCalls(page);
  return {
    compiled: after.compiled - before.compiled,
    shapeBytes: after.shapeBytes - before.shapeBytes,
    mostShapeBytes: after.mostShapeBytes,
    slices: after.slices - before.slices,
    bodies: after.bodies - before.bodies,
  };
}
