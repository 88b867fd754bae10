/** The two layers of a view: a picture that a library draws, and on it a canvas of our own. */
export interface Layers {
  readonly picture: HTMLDivElement;
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  /** Gives the canvas a pixel for each of the screen's, whatever the view's size; `changed` hears of each new size (device pixels), and at once of the first. Returns how to stop. */
  readonly keepFitted: (changed: (width: number, height: number) => void) => () => void;
  readonly remove: () => void;
}

/** Puts the layers of the view `name` into `element`. */
export function layersIn(element: HTMLElement, name: string): Layers {
  const picture = document.createElement('div');
  const canvas = document.createElement('canvas');
  for (const layer of [picture, canvas]) {
    Object.assign(layer.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
  }
  canvas.style.touchAction = 'none';
  canvas.dataset['overlay'] = name;
  // No size yet: the first fit is a change.
  canvas.width = 0;
  if (getComputedStyle(element).position === 'static') element.style.position = 'relative';
  element.append(picture, canvas);
  return {
    picture,
    canvas,
    context: canvas.getContext('2d')!,
    keepFitted: (changed) => keepFitted(canvas, changed),
    remove: () => {
      canvas.remove();
      picture.remove();
    },
  };
}

function keepFitted(canvas: HTMLCanvasElement, changed: (width: number, height: number) => void): () => void {
  const fit = (): void => {
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * ratio);
    const height = Math.round(canvas.clientHeight * ratio);
    if (width === canvas.width && height === canvas.height) return;
    canvas.width = width;
    canvas.height = height;
    changed(width, height);
  };
  const observer = new ResizeObserver(fit);
  observer.observe(canvas);
  const stopWatching = watchPixelRatio(fit);
  fit();
  return () => {
    observer.disconnect();
    stopWatching();
  };
}

/** Calls `changed` when the window moves to a screen of another density or the page is zoomed. */
function watchPixelRatio(changed: () => void): () => void {
  let query: MediaQueryList | null = null;
  const watch = (): void => {
    query?.removeEventListener('change', onChange);
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', onChange);
  };
  const onChange = (): void => {
    watch();
    changed();
  };
  watch();
  return () => query?.removeEventListener('change', onChange);
}

/** Device pixels per unit of what is drawn on a canvas: a CSS pixel, and on very large screens more, as the type there is larger too. */
export function pixelRatio(canvas: HTMLCanvasElement): number {
  const scale = Number(getComputedStyle(canvas).getPropertyValue('--picture-scale')) || 1;
  return canvas.clientWidth > 0 ? (scale * canvas.width) / canvas.clientWidth : scale;
}

/** A view as it is on the screen, as a PNG: `under` (null for nothing) with our canvas on it. */
export function capturedWith(canvas: HTMLCanvasElement, under: HTMLCanvasElement | null): Promise<Blob | null> {
  const both = document.createElement('canvas');
  both.width = canvas.width;
  both.height = canvas.height;
  const context = both.getContext('2d')!;
  if (under !== null) context.drawImage(under, 0, 0, both.width, both.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve) => {
    both.toBlob(resolve);
  });
}
