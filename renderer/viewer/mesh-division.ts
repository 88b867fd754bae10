import type vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper.js';
import { dot } from '../../src/geometry/index.ts';
import type { Colour, Cut, PlaneCut } from '../../src/liver/index.ts';
import { planesOf } from './half-planes.ts';
import { markThickness } from './label-overlay.ts';

/**
 * Colours of a body by the side of the cuts that each of its points is on, decided by the graphics card in every frame. The surfaces of
 * the parts are computed by a worker and come when a plane is let go; until then the whole is shown divided.
 */
export interface Division {
  readonly cuts: readonly Cut[];
  readonly kept: Part;
  readonly taken: Part;
}

interface Part {
  readonly colour: Colour;
  readonly opacity: number;
}

/** More planes than this are not divided live: every graphics card takes as many numbers. */
const mostPlanes = 16;

/** Whether the planes of some cuts fit on the graphics card. */
export function canDivide(cuts: readonly Cut[]): boolean {
  return cuts.flatMap(planesOf).length <= mostPlanes;
}

/** Whether two lists of cuts divide alike. Surfaces come back from the worker with copies of the cuts they were asked for. */
export function areSameCuts(one: readonly Cut[], other: readonly Cut[]): boolean {
  return one === other || (one.length === other.length && JSON.stringify(one) === JSON.stringify(other));
}

const replacements = [
  {
    shaderType: 'Vertex',
    originalValue: '//VTK::PositionVC::Dec',
    replacementValue: `//VTK::PositionVC::Dec\nvarying vec3 placeOnBody;\nuniform mat4 bodyToPatient;`,
  },
  {
    shaderType: 'Vertex',
    originalValue: '//VTK::PositionVC::Impl',
    replacementValue: '//VTK::PositionVC::Impl\n  placeOnBody = (bodyToPatient * vertexMC).xyz;',
  },
  {
    shaderType: 'Fragment',
    originalValue: '//VTK::Color::Dec',
    replacementValue: `//VTK::Color::Dec
varying vec3 placeOnBody;
uniform int isDivided;
uniform int planeCount;
uniform vec4 planes[${mostPlanes}];
uniform float endsCut[${mostPlanes}];
uniform vec4 keptPart;
uniform vec4 takenPart;
uniform float linePeriod;
uniform int isLined;`,
  },
  {
    shaderType: 'Fragment',
    originalValue: '//VTK::Color::Impl',
    replacementValue: `//VTK::Color::Impl
  bool isTaken = isLined == 1;
  if (isDivided == 1) {
    isTaken = false;
    bool isInCut = true;
    for (int n = 0; n < ${mostPlanes}; n++) {
      if (n >= planeCount) break;
      if (dot(planes[n].xyz, placeOnBody) + planes[n].w < 0.0) isInCut = false;
      if (endsCut[n] > 0.5) {
        isTaken = isTaken || isInCut;
        isInCut = true;
      }
    }
    vec4 part = isTaken ? takenPart : keptPart;
    ambientColor = part.rgb;
    diffuseColor = part.rgb;
    opacity = part.a;
  }
  if (isTaken && linePeriod > 0.0 && mod(gl_FragCoord.x - gl_FragCoord.y, linePeriod * 1.41421) < linePeriod * ${markThickness}) {
    ambientColor *= 0.4;
    diffuseColor *= 0.4;
  }`,
  },
].map((one) => ({ ...one, replaceFirst: true, replaceAll: false }));

const unmoved = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** What vtk gives a shader callback of its own, as far as it is used here. */
interface Drawn {
  readonly getProgram: () => {
    readonly isUniformUsed: (name: string) => boolean;
    readonly setUniformi: (name: string, value: number) => void;
    readonly setUniformf: (name: string, value: number) => void;
    readonly setUniformfv: (name: string, values: readonly number[]) => void;
    readonly setUniform4fv: (name: string, values: readonly number[]) => void;
    readonly setUniformMatrix: (name: string, values: readonly number[]) => void;
  };
  readonly getCABO: () => {
    readonly getCoordShiftAndScaleEnabled: () => boolean;
    readonly getInverseShiftAndScaleMatrix: () => readonly number[];
  };
}

/**
 * Prepares a mapper of lit triangles for being divided; the returned function divides it (null: one colour) from the next frame on. What is
 * taken, or the whole of a body that is, is crossed by slanting lines, `linePeriod` pixels from one to the next (`part-pattern`).
 */
export function makeDivisible(
  mapper: vtkMapper,
): (division: Division | null, isTaken: boolean, linePeriod: number) => void {
  let values: ReturnType<typeof uniforms> | null = null;
  let lines = { isLined: false, period: 0 };
  const callback = (_: unknown, drawn: Drawn): void => {
    const program = drawn.getProgram();
    if (!program.isUniformUsed('isDivided')) return;
    const buffer = drawn.getCABO();
    program.setUniformMatrix(
      'bodyToPatient',
      buffer.getCoordShiftAndScaleEnabled() ? buffer.getInverseShiftAndScaleMatrix() : unmoved,
    );
    program.setUniformi('isDivided', values === null ? 0 : 1);
    program.setUniformi('isLined', lines.isLined ? 1 : 0);
    program.setUniformf('linePeriod', lines.period);
    if (values === null) return;
    program.setUniformi('planeCount', values.planeCount);
    program.setUniform4fv('planes', values.planes);
    program.setUniformfv('endsCut', values.ends);
    program.setUniform4fv('keptPart', values.kept);
    program.setUniform4fv('takenPart', values.taken);
  };
  mapper.setViewSpecificProperties({
    OpenGL: { ShaderReplacements: replacements },
    ShadersCallbacks: [{ userData: null, callback }],
  });
  return (division, isTaken, linePeriod) => {
    lines = { isLined: isTaken, period: linePeriod };
    values = division === null ? null : uniforms(division);
  };
}

function uniforms({ cuts, kept, taken }: Division) {
  const groups = cuts.map(planesOf);
  const planes = groups.flat();
  const padded = (values: readonly number[], length: number): readonly number[] =>
    Array.from({ length }, (_, at) => values[at] ?? 0);
  const part = ({ colour, opacity }: Part): readonly number[] => [...colour.map((value) => value / 255), opacity];
  return {
    planeCount: planes.length,
    planes: padded(planes.flatMap(equation), 4 * mostPlanes),
    ends: padded(
      groups.flatMap((group) => group.map((_, at) => (at === group.length - 1 ? 1 : 0))),
      mostPlanes,
    ),
    kept: part(kept),
    taken: part(taken),
  };
}

/** n and −n·p of the plane, turned so that what is resected is positive. */
function equation({ point, normal, resect }: PlaneCut): readonly number[] {
  const sign = resect === 'positive' ? 1 : -1;
  return [sign * normal[0], sign * normal[1], sign * normal[2], -sign * dot(normal, point)];
}
