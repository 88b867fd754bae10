/** A picture in memory: 8-bit red, green, blue, row by row from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** The letters at the four edges of a picture that say which way the patient lies (R, L, A, P, H, F). */
export interface EdgeLetters {
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
}

/** Averages blocks of `factor` × `factor` pixels: drawing large and averaging smooths the edges. */
export function averaged(picture: Picture, factor: number): Picture {
  const width = Math.floor(picture.width / factor);
  const height = Math.floor(picture.height / factor);
  const rgb = new Uint8Array(width * height * 3);
  const share = 1 / (factor * factor);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let v = 0; v < factor; v += 1) {
          for (let u = 0; u < factor; u += 1) {
            sum += picture.rgb[((y * factor + v) * picture.width + x * factor + u) * 3 + channel]!;
          }
        }
        rgb[(y * width + x) * 3 + channel] = Math.round(sum * share);
      }
    }
  }
  return { width, height, rgb };
}
