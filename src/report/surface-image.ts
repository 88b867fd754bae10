import { dot, moved } from '../geometry/index.ts';
import type { Direction, WorldPoint } from '../geometry/index.ts';
import type { Colour } from '../liver/index.ts';
import { averaged } from './picture.ts';
import type { Picture } from './picture.ts';

/** A triangle mesh in patient space with its looks. */
export interface SurfaceBody {
  /** Three coordinates a vertex, LPS, mm. */
  readonly positions: Float32Array;
  /** Outward unit normals, three numbers a vertex. */
  readonly normals: Float32Array;
  /** Three vertices a triangle. */
  readonly triangles: Uint32Array;
  /** One colour, or the colour at a place (x, y, z in LPS, mm): a liver coloured by the side of the cut. */
  readonly colour: Colour | ((x: number, y: number, z: number) => Colour);
  /** Below 1 the body is glass: opaque bodies are seen through its nearest layer. */
  readonly opacity: number;
}

/** What one picture of surfaces shows; the projection is parallel. */
export interface SurfaceView {
  readonly bodies: readonly SurfaceBody[];
  readonly centre: WorldPoint;
  readonly right: Direction;
  readonly down: Direction;
  /** Into the picture, away from the viewer. */
  readonly away: Direction;
  readonly width: number;
  readonly height: number;
  readonly mmPerPixel: number;
  readonly background: Colour;
}

/** Pixels drawn along each edge of a final pixel. */
const oversampling = 2;

interface Layer {
  readonly depth: Float32Array;
  /** Red, green, blue, opacity of the nearest fragment. */
  readonly fragment: Float32Array;
}

/** Draws shaded surfaces with a depth buffer: opaque bodies first, glass bodies over them, smoothed by drawing at twice the size. */
export function drawSurfaceImage(view: SurfaceView): Picture {
  const width = view.width * oversampling;
  const height = view.height * oversampling;
  const opaque = drawnLayer(
    view.bodies.filter((body) => body.opacity >= 1),
    view,
    width,
    height,
  );
  const glass = drawnLayer(
    view.bodies.filter((body) => body.opacity < 1),
    view,
    width,
    height,
  );
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const solid = opaque.depth[pixel]! < Infinity;
    const covered = glass.depth[pixel]! < opaque.depth[pixel]!;
    // What lies inside keeps its own colour: glass in front of a solid counts half.
    const strength = covered ? glass.fragment[pixel * 4 + 3]! * (solid ? 0.5 : 1) : 0;
    for (let channel = 0; channel < 3; channel += 1) {
      const behind = solid ? opaque.fragment[pixel * 4 + channel]! : view.background[channel]!;
      rgb[pixel * 3 + channel] = Math.round(behind + (glass.fragment[pixel * 4 + channel]! - behind) * strength);
    }
  }
  return averaged({ width, height, rgb }, oversampling);
}

function drawnLayer(bodies: readonly SurfaceBody[], view: SurfaceView, width: number, height: number): Layer {
  const layer = {
    depth: new Float32Array(width * height).fill(Infinity),
    fragment: new Float32Array(width * height * 4),
  };
  for (const body of bodies) drawBody(body, view, width, height, layer);
  return layer;
}

function drawBody(body: SurfaceBody, view: SurfaceView, width: number, height: number, layer: Layer): void {
  const { positions, normals, triangles } = body;
  const count = positions.length / 3;
  const screen = new Float64Array(count * 3);
  const pitch = view.mmPerPixel / oversampling;
  for (let vertex = 0; vertex < count; vertex += 1) {
    const offset = [
      positions[vertex * 3]! - view.centre[0],
      positions[vertex * 3 + 1]! - view.centre[1],
      positions[vertex * 3 + 2]! - view.centre[2],
    ] as const;
    screen[vertex * 3] = dot(offset, view.right) / pitch + (width - 1) / 2;
    screen[vertex * 3 + 1] = dot(offset, view.down) / pitch + (height - 1) / 2;
    screen[vertex * 3 + 2] = dot(offset, view.away);
  }
  const light = lightDirection(view);
  for (let place = 0; place < triangles.length; place += 3) {
    const [a, b, c] = [triangles[place]! * 3, triangles[place + 1]! * 3, triangles[place + 2]! * 3];
    const [ax, ay, bx, by, cx, cy] = [
      screen[a]!,
      screen[a + 1]!,
      screen[b]!,
      screen[b + 1]!,
      screen[c]!,
      screen[c + 1]!,
    ];
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    if (area === 0) continue;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx)));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx)));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy)));
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy)));
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const wb = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area;
        const wc = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area;
        const wa = 1 - wb - wc;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        const pixel = y * width + x;
        const depth = wa * screen[a + 2]! + wb * screen[b + 2]! + wc * screen[c + 2]!;
        if (depth >= layer.depth[pixel]!) continue;
        layer.depth[pixel] = depth;
        const mixed = (values: Float32Array, axis: number): number =>
          wa * values[a + axis]! + wb * values[b + axis]! + wc * values[c + axis]!;
        const normal = [mixed(normals, 0), mixed(normals, 1), mixed(normals, 2)] as const;
        const length = Math.hypot(...normal) || 1;
        const facing = Math.abs(dot(normal, view.away)) / length;
        const lit = Math.max(0, dot(normal, light) / length);
        const shade = 0.42 + 0.58 * lit;
        const gloss = 40 * lit ** 24;
        const colour =
          typeof body.colour === 'function'
            ? body.colour(mixed(positions, 0), mixed(positions, 1), mixed(positions, 2))
            : body.colour;
        for (let channel = 0; channel < 3; channel += 1) {
          layer.fragment[pixel * 4 + channel] = Math.min(255, colour[channel]! * shade + gloss);
        }
        // Glass seen edge-on is thicker: the outline of the organ stays readable.
        layer.fragment[pixel * 4 + 3] = body.opacity + (1 - body.opacity) * (1 - facing) ** 2 * 0.8;
      }
    }
  }
}

/** Towards the light: over the viewer's left shoulder. */
function lightDirection(view: SurfaceView): readonly [number, number, number] {
  const place = moved(moved(moved(view.centre, view.right, -0.45), view.down, -0.55), view.away, -0.7);
  const offset = [place[0] - view.centre[0], place[1] - view.centre[1], place[2] - view.centre[2]] as const;
  const length = Math.hypot(...offset);
  return [offset[0] / length, offset[1] / length, offset[2] / length];
}
