import { area, pixelX, pixelY } from '../frame.ts';
import type { Field } from '../frame.ts';
import { noisePlane } from '../shapes.ts';

/**
 * The thin sheets and streaks of fat between the muscles of the wall: along the layers at the side, irregular in the back, and in the
 * midline. `streaks` and `fine` are noise on the plane; written to `out`.
 */
export function muscleFat(z: number, wall: Field, cavity: Field, streaks: Field, fine: Field, out: Field): void {
  const patches = noisePlane(z, 30, 103, 2);
  for (let p = 0; p < area; p += 1) {
    if (wall[p]! > 0 || cavity[p]! < 0) {
      out[p] = 9;
      continue;
    }
    const x = Math.abs(pixelX[p]!);
    const y = pixelY[p]!;
    const thick = Math.max(4, cavity[p]! - wall[p]!);
    const depth = -wall[p]! / thick;
    const sheet = (at: number, width: number): number =>
      Math.abs(depth - at - 0.1 * streaks[p]!) * thick - width - 0.5 * fine[p]! - 0.8 * patches[p]!;
    const back = Math.abs(streaks[p]! + 0.25 * fine[p]!) * 9 - 0.55 - 0.8 * patches[p]!;
    const midline = y > 70 ? x - 1.2 : x - (z < -40 ? 0.8 : -1);
    const raphe = y > 60 ? Math.abs(x - 44 - 3 * streaks[p]! + (y - 85) * 0.25) - 0.7 : 5;
    const rectus = y < -60 && z < -30 ? Math.abs(x - 66 - 3 * streaks[p]!) - 1.1 : 5;
    const layered = z < -70 ? Math.min(sheet(0.36, 0.1), sheet(0.7, -0.1)) : sheet(0.3, 0.5);
    out[p] = Math.max(
      Math.min(y > 60 && x < 70 ? back : layered, midline, raphe, rectus),
      wall[p]! + 1.2,
      1.6 - cavity[p]!,
    );
  }
}
