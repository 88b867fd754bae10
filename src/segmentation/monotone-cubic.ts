/**
 * Slope at an inner knot of a monotone cubic: the harmonic mean of the neighbouring slopes weighted by the intervals, 0 at a turn
 * (Fritsch and Butland, SIAM J Sci Stat Comput 1984;5:300; the rule of PCHIP).
 */
export function innerSlope(h0: number, h1: number, d0: number, d1: number): number {
  if (d0 * d1 <= 0) return 0;
  const w1 = 2 * h1 + h0;
  const w2 = h1 + 2 * h0;
  return (w1 + w2) / (w1 / d0 + w2 / d1);
}

/** Slope at the first or last knot: a three-point estimate that keeps the shape (h0, d0 belong to the end interval). */
export function endSlope(h0: number, h1: number, d0: number, d1: number): number {
  const slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
  if (slope * d0 <= 0) return 0;
  if (d0 * d1 <= 0 && Math.abs(slope) > 3 * Math.abs(d0)) return 3 * d0;
  return slope;
}

/** The cubic between two knots `h` apart with values f0, f1 and slopes m0, m1, at share t = 0 … 1 of the way. */
export function hermite(t: number, h: number, f0: number, f1: number, m0: number, m1: number): number {
  const s = 1 - t;
  return f0 * (1 + 2 * t) * s * s + f1 * t * t * (3 - 2 * t) + h * t * s * (m0 * s - m1 * t);
}
