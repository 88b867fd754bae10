import '@kitware/vtk.js/Rendering/Profiles/Geometry.js';
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData.js';
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor.js';
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper.js';
import type { WorldPoint } from '../../src/geometry/index.ts';
import type { SurfaceMesh } from '../../src/boundary/index.ts';
import type { Colour } from '../../src/liver/index.ts';
import { makeDivisible } from './mesh-division.ts';
import type { Division } from './mesh-division.ts';
import { pieceOf } from './mesh-pieces.ts';
import type { MeshPiece } from './mesh-pieces.ts';

/** A body in the 3D view. */
export interface Body {
  readonly mesh: SurfaceMesh;
  readonly colour: Colour;
  readonly opacity: number;
  /** Given while the surfaces are older than the cuts: then it colours instead. */
  readonly division: Division | null;
  /** Whether it is what is resected: then it is crossed by lines, so that it is told from the remnant in grey as well. */
  readonly isTaken: boolean;
  /** Pixels from one of these lines to the next. */
  readonly linePeriod: number;
}

/** A flat translucent square. */
export interface Square {
  readonly corners: readonly WorldPoint[];
  readonly colour: Colour;
}

/** Something that vtk draws. */
export interface Shown {
  readonly actor: vtkActor;
  readonly dispose: () => void;
}

/** A mesh that comes to the graphics card piece by piece. */
export interface PiecedMesh {
  /** The next piece of at most `most` triangles, made with this look, and how many they are; null when there are no more. */
  readonly next: (body: Body, most: number) => { readonly actor: vtkActor; readonly triangles: number } | null;
  readonly look: (body: Body) => void;
  readonly actors: () => readonly vtkActor[];
  readonly dispose: () => void;
}

/** A mesh of which no piece is made yet. */
export function piecedMesh(mesh: SurfaceMesh): PiecedMesh {
  let brought = 0;
  const made: ReturnType<typeof pieceActor>[] = [];
  return {
    next(body, most) {
      const piece = pieceOf(mesh, brought, most);
      if (piece === null) return null;
      const triangles = piece.cells.length / 4;
      brought += triangles;
      const shown = pieceActor(piece);
      look(shown, body);
      made.push(shown);
      return { actor: shown.actor, triangles };
    },
    look: (body) => made.forEach((shown) => look(shown, body)),
    actors: () => made.map(({ actor }) => actor),
    dispose: () => made.forEach(({ dispose }) => dispose()),
  };
}

function look(
  { actor, divide }: ReturnType<typeof pieceActor>,
  { colour, opacity, division, isTaken, linePeriod }: Body,
): void {
  const property = actor.getProperty();
  property.setColor(colour[0] / 255, colour[1] / 255, colour[2] / 255);
  property.setOpacity(opacity);
  // A translucent body shows its front only: its own far wall would hide what lies in it.
  property.setBackfaceCulling(opacity < 1);
  divide(division, isTaken, linePeriod);
}

function pieceActor({ positions, normals, cells }: MeshPiece) {
  const shape = vtkPolyData.newInstance();
  shape.getPoints().setData(positions, 3);
  shape
    .getPointData()
    .setNormals(vtkDataArray.newInstance({ name: 'Normals', values: normals, numberOfComponents: 3 }));
  shape.getPolys().setData(cells);
  const { actor, mapper, dispose } = actorOf(shape, { ambient: 0.25, diffuse: 0.8, specular: 0.15, specularPower: 20 });
  return { actor, dispose, divide: makeDivisible(mapper) };
}

/** A square, to be seen from both sides. */
export function squareActor({ corners, colour }: Square): Shown {
  const shape = vtkPolyData.newInstance();
  shape.getPoints().setData(Float32Array.from(corners.flatMap((corner) => [...corner])), 3);
  shape.getPolys().setData(Uint32Array.from([4, 0, 1, 2, 3]));
  const shown = actorOf(shape, { ambient: 1, diffuse: 0, specular: 0, specularPower: 1 });
  shown.actor.getProperty().setColor(colour[0] / 255, colour[1] / 255, colour[2] / 255);
  shown.actor.getProperty().setOpacity(0.2);
  return shown;
}

function actorOf(
  shape: ReturnType<typeof vtkPolyData.newInstance>,
  light: {
    readonly ambient: number;
    readonly diffuse: number;
    readonly specular: number;
    readonly specularPower: number;
  },
): Shown & { readonly mapper: vtkMapper } {
  const mapper = vtkMapper.newInstance({ scalarVisibility: false });
  mapper.setInputData(shape);
  const actor = vtkActor.newInstance();
  actor.setMapper(mapper);
  actor.getProperty().set({ ...light, interpolation: 1 });
  return {
    actor,
    mapper,
    dispose: () => {
      actor.delete();
      mapper.delete();
      shape.delete();
    },
  };
}
