/** Something with a height along the normal of its stack (mm) and a rank in another order: of time, or of image numbers. */
export interface Ranked {
  readonly height: number;
  readonly rank: number;
}

/**
 * The passes through the patient that these make in the order of their ranks: a pass goes on as long as it keeps its direction. What has
 * one rank is taken upwards or downwards, as gives fewer passes.
 */
export function passesOf<One extends Ranked>(all: readonly One[]): readonly (readonly One[])[] {
  const ways = [1, -1].map((sign) => {
    return passesInOrder([...all].sort((a, b) => a.rank - b.rank || sign * (a.height - b.height)));
  });
  return ways[0]!.length <= ways[1]!.length ? ways[0]! : ways[1]!;
}

function passesInOrder<One extends Ranked>(inOrder: readonly One[]): readonly (readonly One[])[] {
  const passes: One[][] = [];
  let direction = 0;
  for (const one of inOrder) {
    const current = passes.at(-1);
    const step = current === undefined ? 0 : Math.sign(one.height - current.at(-1)!.height);
    if (current === undefined || step === 0 || (direction !== 0 && step !== direction)) {
      passes.push([one]);
      direction = 0;
    } else {
      current.push(one);
      direction = step;
    }
  }
  return passes;
}
