import vtkOpenGLRenderWindow from '@kitware/vtk.js/Rendering/OpenGL/RenderWindow.js';
import type vtkActor from '@kitware/vtk.js/Rendering/Core/Actor.js';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import vtkRenderWindow from '@kitware/vtk.js/Rendering/Core/RenderWindow.js';
import { cross, moved } from '../../src/geometry/index.ts';
import type { SurfaceMesh } from '../../src/boundary/index.ts';
import { piecedMesh, squareActor } from './mesh-actors.ts';
import type { Body, PiecedMesh, Shown, Square } from './mesh-actors.ts';
import type { Projection } from './projection.ts';
import { releaseContext } from './release-context.ts';

/** The WebGL part of the 3D view: told what to show, it draws; it decides nothing. */
export interface MeshScene {
  readonly canvas: HTMLCanvasElement;
  /**
   * Whether all of these bodies are on the graphics card. Else some more of them come there with the next drawing, not to be seen yet: to
   * prepare all for it at once would take longer than a frame.
   */
  bring(bodies: readonly Body[]): boolean;
  /** Shows these bodies only, which were brought; of the others, those of `kept` stay on the graphics card for the next time. */
  setBodies(bodies: readonly Body[], kept: readonly SurfaceMesh[]): void;
  setSquares(squares: readonly Square[]): void;
  resize(width: number, height: number): void;
  draw(projection: Projection): void;
  dispose(): void;
}

/** How many triangles come to the graphics card in one frame: vtk packs each corner by a call of a function, and the page waits for it. */
const trianglesAFrame = 60_000;

/** Where bodies are drawn that are to be prepared and not seen: outside of any picture, mm. */
const aside = [1e6, 0, 0] as const;

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
  const meshes = new Map<SurfaceMesh, PiecedMesh>();
  let coming: vtkActor[] = [];
  let squares: Shown[] = [];

  return {
    canvas,
    bring(bodies) {
      let room = trianglesAFrame;
      for (const body of bodies) {
        let mesh = meshes.get(body.mesh);
        if (mesh === undefined) meshes.set(body.mesh, (mesh = piecedMesh(body.mesh)));
        while (room > 0) {
          const piece = mesh.next(body, room);
          if (piece === null) break;
          room -= piece.triangles;
          piece.actor.setPosition(...aside);
          piece.actor.setUseBounds(false);
          renderer.addActor(piece.actor);
          coming.push(piece.actor);
        }
      }
      return room === trianglesAFrame;
    },
    setBodies(bodies, kept) {
      const wanted = new Set(bodies.map(({ mesh }) => mesh));
      const known = new Set([...wanted, ...kept]);
      for (const [mesh, { actors, dispose }] of meshes) {
        for (const actor of actors()) {
          actor.setVisibility(wanted.has(mesh));
          if (!known.has(mesh)) renderer.removeActor(actor);
        }
        if (known.has(mesh)) continue;
        dispose();
        meshes.delete(mesh);
      }
      for (const body of bodies) meshes.get(body.mesh)?.look(body);
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
      for (const actor of coming) {
        actor.setVisibility(false);
        actor.setPosition(0, 0, 0);
        actor.setUseBounds(true);
      }
      coming = [];
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
