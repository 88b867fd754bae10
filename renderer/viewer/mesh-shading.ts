import type { Colour } from '../../src/liver/index.ts';
import { divisionValues, mostPlanes } from './mesh-division.ts';
import type { Division } from './mesh-division.ts';
import { graphicsProgram } from './graphics-program.ts';
import type { CanvasPoint, Projection } from './projection.ts';

/** How a surface answers light: shares of its own colour, and how narrow its shine is. */
export interface Material {
  readonly ambient: number;
  readonly diffuse: number;
  readonly specular: number;
  readonly shine: number;
}

/** Lit by a lamp at the eye. */
export const tissue: Material = { ambient: 0.25, diffuse: 0.8, specular: 0.15, shine: 20 };

/** The same brightness from every side. */
export const plain: Material = { ambient: 1, diffuse: 0, specular: 0, shine: 1 };

const vertex = `#version 300 es
in vec3 place;
in vec3 facing;
uniform mat4 toClip;
out vec3 placeInPatient;
out vec3 normal;
void main() {
  gl_Position = toClip * vec4(place, 1.0);
  placeInPatient = place;
  normal = facing;
}`;

const fragment = `#version 300 es
precision highp float;
in vec3 placeInPatient;
in vec3 normal;
uniform vec3 towardsEye;
uniform vec4 material;
uniform vec4 keptPart;
uniform vec4 takenPart;
uniform int planeCount;
uniform vec4 planes[${mostPlanes}];
uniform float endsCut[${mostPlanes}];
uniform bool isMixed;
layout(location = 0) out vec4 colour;
layout(location = 1) out float sumOfWeights;
void main() {
  bool isTaken = false;
  bool isInCut = true;
  for (int n = 0; n < ${mostPlanes}; n++) {
    if (n >= planeCount) break;
    if (dot(planes[n].xyz, placeInPatient) + planes[n].w < 0.0) isInCut = false;
    if (endsCut[n] > 0.5) {
      isTaken = isTaken || isInCut;
      isInCut = true;
    }
  }
  vec4 part = isTaken ? takenPart : keptPart;
  if (part.a <= 0.0) discard;
  float facingEye = dot(normalize(normal), towardsEye);
  float lit = max(0.0, gl_FrontFacing ? facingEye : -facingEye);
  colour = vec4(part.rgb * (material.x + material.y * lit + material.z * pow(lit, material.w)), part.a);
  if (isMixed) {
    float weight = part.a * pow(max(1.1 - gl_FragCoord.z, 0.0), 2.0);
    colour.rgb *= weight;
    sumOfWeights = weight;
  }
}`;

/** What is drawn of a body, but its shape. */
export interface Look {
  readonly colour: Colour;
  readonly opacity: number;
  readonly division: Division | null;
  readonly material: Material;
}

/** The program that colours bodies. */
export interface Shading {
  /** Begins a picture seen so; `reach` mm before and behind the middle are drawn. */
  readonly look: (projection: Projection, reach: number) => void;
  /** Sets how the next body is coloured; `isMixed` for the sums of `translucency.ts`. */
  readonly wear: (look: Look, isMixed: boolean) => void;
}

/** Compiles the program for bodies: their places are attribute 0, their normals 1. */
export function createShading(gl: WebGL2RenderingContext): Shading {
  const { program, place } = graphicsProgram(gl, vertex, fragment, ['place', 'facing']);
  return {
    look: (projection, reach) => {
      gl.useProgram(program);
      gl.uniformMatrix4fv(place('toClip'), false, toClip(projection, reach));
      gl.uniform3fv(place('towardsEye'), towardsEye(projection));
    },
    wear: ({ colour, opacity, division, material }, isMixed) => {
      gl.useProgram(program);
      gl.uniform4f(place('material'), material.ambient, material.diffuse, material.specular, material.shine);
      gl.uniform1i(place('isMixed'), isMixed ? 1 : 0);
      const { planeCount, planes, ends, kept, taken } = divisionValues(
        division ?? { cuts: [], kept: { colour, opacity }, taken: { colour, opacity } },
      );
      gl.uniform1i(place('planeCount'), planeCount);
      gl.uniform4fv(place('planes'), planes);
      gl.uniform1fv(place('endsCut'), ends);
      gl.uniform4fv(place('keptPart'), kept);
      gl.uniform4fv(place('takenPart'), taken);
    },
  };
}

function towardsEye({ right, up }: Projection): [number, number, number] {
  return [
    right[1] * up[2] - right[2] * up[1],
    right[2] * up[0] - right[0] * up[2],
    right[0] * up[1] - right[1] * up[0],
  ];
}

/** LPS mm to the graphics card's cube (columns after each other); what is nearer has less depth. */
export function toClip(projection: Projection, reach: number): Float32Array {
  const { centre, right, up, mmPerPixel, width, height } = projection;
  const scale: CanvasPoint = [2 / (mmPerPixel * width), 2 / (mmPerPixel * height)];
  const rows = [
    right.map((part) => part * scale[0]),
    up.map((part) => part * scale[1]),
    towardsEye(projection).map((part) => -part / reach),
  ];
  const matrix = new Float32Array(16);
  rows.forEach((row, order) => {
    row.forEach((part, axis) => (matrix[4 * axis + order] = part));
    matrix[12 + order] = -row.reduce((sum, part, axis) => sum + part * centre[axis]!, 0);
  });
  matrix[15] = 1;
  return matrix;
}
