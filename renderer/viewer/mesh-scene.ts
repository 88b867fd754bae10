import '@kitware/vtk.js/Rendering/Profiles/Geometry.js';
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData.js';
import vtkOpenGLRenderWindow from '@kitware/vtk.js/Rendering/OpenGL/RenderWindow.js';
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor.js';
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper.js';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import vtkRenderWindow from '@kitware/vtk.js/Rendering/Core/RenderWindow.js';
import { cross, moved } from '../../src/geometry/index.ts';
import type { WorldPoint } from '../../src/geometry/index.ts';
import type { SurfaceMesh } from '../../src/boundary/index.ts';
import type { Colour } from '../../src/liver/index.ts';
import { makeDivisible } from './mesh-division.ts';
import type { Division } from './mesh-division.ts';
import type { Projection } from './projection.ts';
import { releaseContext } from './release-context.ts';

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

/** The WebGL part of the 3D view: told what to show, it draws; it decides nothing. */
export interface MeshScene {
  readonly canvas: HTMLCanvasElement;
  /** Shows these bodies only; of the others, those of `kept` stay on the graphics card for the next time. */
  setBodies(bodies: readonly Body[], kept: readonly SurfaceMesh[]): void;
  setSquares(squares: readonly Square[]): void;
  resize(width: number, height: number): void;
  draw(projection: Projection): void;
  dispose(): void;
}

const background = [0.07, 0.08, 0.1] as const;

/** Puts a WebGL canvas into `element`. */
export function createMeshScene(element: HTMLElement): MeshScene {
  const renderWindow = vtkRenderWindow.newInstance();
  const renderer = vtkRenderer.newInstance({ background: [...background] });
  const surface = vtkOpenGLRenderWindow.newInstance();
  renderWindow.addRenderer(renderer);
  renderWindow.addView(surface);
  surface.setContainer(element);
  const canvas = surface.getCanvas() as HTMLCanvasElement;
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
  const meshes = new Map<SurfaceMesh, ReturnType<typeof meshActor>>();
  let squares: ReturnType<typeof squareActor>[] = [];

  return {
    canvas,
    setBodies(bodies, kept) {
      const wanted = new Set(bodies.map(({ mesh }) => mesh));
      const known = new Set([...wanted, ...kept]);
      for (const [mesh, shown] of meshes) {
        shown.actor.setVisibility(wanted.has(mesh));
        if (known.has(mesh)) continue;
        renderer.removeActor(shown.actor);
        shown.dispose();
        meshes.delete(mesh);
      }
      for (const { mesh, colour, opacity, division } of bodies) {
        let shown = meshes.get(mesh);
        if (shown === undefined) {
          shown = meshActor(mesh);
          meshes.set(mesh, shown);
          renderer.addActor(shown.actor);
        }
        const property = shown.actor.getProperty();
        property.setColor(colour[0] / 255, colour[1] / 255, colour[2] / 255);
        property.setOpacity(opacity);
        // A translucent body shows its front only: its own far wall would hide what lies in it.
        property.setBackfaceCulling(opacity < 1);
        shown.divide(division);
      }
    },
    setSquares(wanted) {
      for (const { actor, dispose } of squares) {
        renderer.removeActor(actor);
        dispose();
      }
      squares = wanted.map(squareActor);
      for (const { actor } of squares) renderer.addActor(actor);
    },
    resize(width, height) {
      surface.setSize(Math.max(1, width), Math.max(1, height));
    },
    draw({ centre, right, up, mmPerPixel, height }) {
      const camera = renderer.getActiveCamera();
      const position = moved(centre, cross(right, up), 2000);
      camera.setParallelProjection(true);
      camera.setFocalPoint(centre[0], centre[1], centre[2]);
      camera.setPosition(position[0], position[1], position[2]);
      camera.setViewUp(up[0], up[1], up[2]);
      camera.setParallelScale((mmPerPixel * height) / 2);
      renderer.resetCameraClippingRange();
      // The headlight stays behind unless it is told: only vtk's own interactor does that.
      renderer.updateLightsGeometryToFollowCamera();
      renderWindow.render();
    },
    dispose() {
      for (const { dispose } of [...meshes.values(), ...squares]) dispose();
      renderWindow.removeRenderer(renderer);
      renderWindow.removeView(surface);
      surface.delete();
      renderer.delete();
      renderWindow.delete();
      canvas.remove();
      releaseContext(canvas);
    },
  };
}

interface Shown {
  readonly actor: vtkActor;
  readonly mapper: vtkMapper;
  readonly dispose: () => void;
}

function meshActor(mesh: SurfaceMesh): Shown & { readonly divide: ReturnType<typeof makeDivisible> } {
  const shape = vtkPolyData.newInstance();
  shape.getPoints().setData(mesh.positions, 3);
  shape
    .getPointData()
    .setNormals(vtkDataArray.newInstance({ name: 'Normals', values: mesh.normals, numberOfComponents: 3 }));
  shape.getPolys().setData(cells(mesh.triangles));
  const shown = actorOf(shape, { ambient: 0.25, diffuse: 0.8, specular: 0.15, specularPower: 20 });
  return { ...shown, divide: makeDivisible(shown.mapper) };
}

/** vtk wants the number of corners before each triangle. */
function cells(triangles: Uint32Array): Uint32Array {
  const count = triangles.length / 3;
  const result = new Uint32Array(count * 4);
  for (let n = 0; n < count; n += 1) {
    result[4 * n] = 3;
    result[4 * n + 1] = triangles[3 * n]!;
    result[4 * n + 2] = triangles[3 * n + 1]!;
    result[4 * n + 3] = triangles[3 * n + 2]!;
  }
  return result;
}

function squareActor({ corners, colour }: Square): Shown {
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
): Shown {
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
