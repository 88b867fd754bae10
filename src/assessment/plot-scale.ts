/** A place on an axis where a tick and its label stand. */
export interface Tick {
  /** In the axis' own unit. */
  readonly at: number;
  readonly label: string;
}

/** The round step (1, 2, 2.5 or 5 times a power of ten) that divides `span` into about `count` parts. */
export function roundStep(span: number, count: number): number {
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= raw * (1 - 1e-9));
  return (step ?? 10) * power;
}

/** Round ticks from `low` to `high`, about `count` of them. Throws RangeError unless low < high. */
export function roundTicks(low: number, high: number, count: number): readonly Tick[] {
  if (!(low < high)) throw new RangeError(`Expected low before high, got ${low} and ${high}`);
  const step = roundStep(high - low, count);
  let decimals = 0;
  while (decimals < 9 && Math.abs(step - Number(step.toFixed(decimals))) > step * 1e-9) decimals += 1;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const at = (first + index) * step;
    return { at, label: at.toFixed(decimals).replace('-', '−') };
  });
}

/**
 * Gathers places that lie closer than `gap` to their neighbour, lowest first: indexes of those that share one label. Marks of lines that
 * fall on one another stand side by side at their common place, not as if the lines were apart.
 */
export function gathered(places: readonly number[], gap: number): readonly (readonly number[])[] {
  const order = places.map((_, index) => index).sort((one, other) => places[one]! - places[other]! || one - other);
  const groups: number[][] = [];
  for (const index of order) {
    const last = groups.at(-1);
    if (last !== undefined && places[index]! - places[last.at(-1)!]! < gap) last.push(index);
    else groups.push([index]);
  }
  return groups.map((members) => members.sort((one, other) => one - other));
}

/**
 * Moves places apart until neighbours are at least `gap` from each other, each as little as that needs; within `low` to `high` as far
 * as they fit. The answer is in the order given.
 */
export function spread(places: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = places.map((_, index) => index).sort((one, other) => places[one]! - places[other]!);
  // Blocks of touching labels, each centred on the mean of what its members want, merged while two of them overlap.
  const blocks: { readonly members: number[]; centre: number }[] = [];
  const half = ({ members }: { readonly members: readonly number[] }): number => ((members.length - 1) * gap) / 2;
  const settle = (members: number[]): { members: number[]; centre: number } => {
    const wanted = members.reduce((sum, index) => sum + places[index]!, 0) / members.length;
    const reach = half({ members });
    return { members, centre: Math.max(low + reach, Math.min(high - reach, wanted)) };
  };
  for (const index of order) {
    let block = settle([index]);
    for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
      if (before.centre + half(before) + gap <= block.centre - half(block) + 1e-9) break;
      blocks.pop();
      block = settle([...before.members, ...block.members]);
    }
    blocks.push(block);
  }
  const moved = [...places];
  for (const block of blocks) {
    block.members.forEach((index, place) => (moved[index] = block.centre - half(block) + place * gap));
  }
  return moved;
}
