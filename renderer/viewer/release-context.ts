/**
 * Gives a canvas's WebGL textures and buffers back at once; otherwise they stay on the graphics card until the page's next large
 * collection. The context is lost on purpose: nobody is told.
 */
export function releaseContext(canvas: HTMLCanvasElement): void {
  canvas.addEventListener('webglcontextlost', (event) => event.stopImmediatePropagation(), { capture: true });
  canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
}
