import type { WorldPoint } from '../../src/geometry/index.ts';
import type { SurfaceMesh } from '../../src/boundary/index.ts';
import type { Colour } from '../../src/liver/index.ts';
import type { Division } from './mesh-division.ts';
import { createShading, plain, tissue } from './mesh-shading.ts';
import type { Material, Shading } from './mesh-shading.ts';
import type { Projection } from './projection.ts';
import { releaseContext } from './release-context.ts';
import { createTranslucency } from './translucency.ts';

/** A body in the 3D view. */
export interface Body {
  readonly mesh: SurfaceMesh;
  readonly colour: Colour;
  readonly opacity: number;
  /** Given while the surfaces are older than the cuts: then it colours instead. */
  readonly division: Division | null;
}

/** A flat translucent square. */
export interface Square {
  readonly corners: readonly WorldPoint[];
  readonly colour: Colour;
}

/** The WebGL part of the 3D view: told what to show, it draws; it decides nothing. A mesh is handed to the graphics card once, as it is. */
export interface MeshScene {
  readonly canvas: HTMLCanvasElement;
  setBodies(bodies: readonly Body[]): void;
  setSquares(squares: readonly Square[]): void;
  resize(width: number, height: number): void;
  /** Draws what lies up to `reach` mm before and behind the middle. */
  draw(projection: Projection, reach: number): void;
  dispose(): void;
}

const background = [0.07, 0.08, 0.1] as const;
const squareOpacity = 0.2;

/** Puts a WebGL canvas into `element`; `restored` is called when the graphics card comes back after it was lost. */
export function createMeshScene(element: HTMLElement, restored: () => void): MeshScene {
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
  element.append(canvas);
  const gl = canvas.getContext('webgl2', { alpha: false, powerPreference: 'high-performance' });
  let graphics = gl === null ? null : createGraphics(gl);
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    graphics = null;
  });
  canvas.addEventListener('webglcontextrestored', () => {
    graphics = gl === null ? null : createGraphics(gl);
    restored();
  });
  let bodies: readonly Drawn[] = [];
  let squares: readonly Drawn[] = [];

  return {
    canvas,
    setBodies(wanted) {
      bodies = wanted.map((body) => ({ ...body, material: tissue }));
    },
    setSquares(wanted) {
      squares = wanted.map(({ corners, colour }) => ({
        mesh: squareMesh(corners),
        colour,
        opacity: squareOpacity,
        division: null,
        material: plain,
      }));
    },
    resize(width, height) {
      canvas.width = Math.max(1, width);
      canvas.height = Math.max(1, height);
    },
    draw: (projection, reach) => graphics?.draw([...bodies, ...squares], projection, reach),
    dispose() {
      canvas.remove();
      releaseContext(canvas);
    },
  };
}

interface Drawn extends Body {
  readonly material: Material;
}

function squareMesh(corners: readonly WorldPoint[]): SurfaceMesh {
  return {
    positions: Float32Array.from(corners.flatMap((corner) => [...corner])),
    normals: new Float32Array(3 * corners.length).fill(1),
    triangles: Uint32Array.from([0, 1, 2, 0, 2, 3]),
  };
}

/** A mesh on the graphics card. */
interface Uploaded {
  readonly corners: WebGLVertexArrayObject;
  readonly count: number;
  readonly forget: () => void;
}

/** Everything that lies on the graphics card, and is made anew when it was lost. */
function createGraphics(gl: WebGL2RenderingContext): {
  readonly draw: (all: readonly Drawn[], projection: Projection, reach: number) => void;
} {
  const shading = createShading(gl);
  const translucency = createTranslucency(gl);
  const uploaded = new Map<SurfaceMesh, Uploaded>();
  gl.enable(gl.DEPTH_TEST);
  gl.depthFunc(gl.LEQUAL);
  gl.cullFace(gl.BACK);

  const keepOnly = (all: readonly Drawn[]): void => {
    const wanted = new Set(all.map(({ mesh }) => mesh));
    for (const [mesh, { forget }] of uploaded) {
      if (wanted.has(mesh)) continue;
      forget();
      uploaded.delete(mesh);
    }
    for (const mesh of wanted) if (!uploaded.has(mesh)) uploaded.set(mesh, upload(gl, mesh));
  };
  const drawEach = (some: readonly Drawn[], isMixed: boolean): void => {
    for (const one of some) drawOne(gl, shading, one, uploaded.get(one.mesh)!, isMixed);
    gl.bindVertexArray(null);
  };
  return {
    draw(all, projection, reach) {
      keepOnly(all);
      const { width, height } = gl.canvas;
      gl.viewport(0, 0, width, height);
      gl.clearColor(...background, 1);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      shading.look(projection, reach);
      const opaque = all.filter(({ opacity }) => opacity >= 1);
      const translucent = all.filter(({ opacity }) => opacity < 1);
      drawEach(opaque, false);
      if (translucent.length === 0) return;
      if (translucency === null) layOver(gl, () => drawEach(translucent, false));
      else {
        translucency.mix(
          width,
          height,
          () => drawEach(opaque, false),
          () => drawEach(translucent, true),
        );
      }
    },
  };
}

/** Translucent bodies in the order they come, where they can not be mixed. */
function layOver(gl: WebGL2RenderingContext, draw: () => void): void {
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  gl.depthMask(false);
  draw();
  gl.depthMask(true);
  gl.disable(gl.BLEND);
}

function drawOne(
  gl: WebGL2RenderingContext,
  shading: Shading,
  one: Drawn,
  { corners, count }: Uploaded,
  isMixed: boolean,
): void {
  shading.wear(one, isMixed);
  // A translucent body shows its front only: its own far wall would hide what lies in it. A square is seen from both sides.
  if (one.opacity < 1 && one.material === tissue) gl.enable(gl.CULL_FACE);
  else gl.disable(gl.CULL_FACE);
  gl.bindVertexArray(corners);
  gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
}

function upload(gl: WebGL2RenderingContext, { positions, normals, triangles }: SurfaceMesh): Uploaded {
  const corners = gl.createVertexArray();
  gl.bindVertexArray(corners);
  const buffers = [positions, normals].map((values, place) => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 3, gl.FLOAT, false, 0, 0);
    return buffer;
  });
  const order = gl.createBuffer();
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, order);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.STATIC_DRAW);
  gl.bindVertexArray(null);
  return {
    corners,
    count: triangles.length,
    forget: () => {
      gl.deleteVertexArray(corners);
      for (const buffer of [...buffers, order]) gl.deleteBuffer(buffer);
    },
  };
}
