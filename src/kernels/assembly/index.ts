/**
 * Counts the bytes start … start + length − 1 into 256 u32 at `counts` (added to what is there).
 * Labels are piecewise constant: a block of 16 equal bytes is recognised by one comparison and counted at once.
 */
export function countBytes(start: usize, length: usize, counts: usize): void {
  const end = start + length;
  let at = start;
  while (at < end && (at & 15) != 0) {
    countOne(at, counts);
    at += 1;
  }
  let run: u32 = 0;
  let runByte: u32 = 0;
  while (at + 16 <= end) {
    const block = v128.load(at);
    const first = <u32>load<u8>(at);
    if (i8x16.all_true(i8x16.eq(block, i8x16.splat(<i8>first)))) {
      if (first != runByte) {
        add(counts, runByte, run);
        run = 0;
        runByte = first;
      }
      run += 16;
    } else {
      for (let n: usize = 0; n < 16; n += 1) countOne(at + n, counts);
    }
    at += 16;
  }
  add(counts, runByte, run);
  while (at < end) {
    countOne(at, counts);
    at += 1;
  }
}

// @ts-ignore: decorators belong to AssemblyScript
@inline
function countOne(at: usize, counts: usize): void {
  add(counts, <u32>load<u8>(at), 1);
}

// @ts-ignore: decorators belong to AssemblyScript
@inline
function add(counts: usize, byte: u32, more: u32): void {
  const place = counts + (<usize>byte << 2);
  store<u32>(place, load<u32>(place) + more);
}

/**
 * Writes `((word & mask) >>> low ^ sign) + add`, without regard to overflow, of `count` words at `from` to `to`: the bits of a number between
 * others, with its sign when `sign` is the bit of it. The smallest and largest before the addition go to `extremes` as two i32.
 */
export function addToWords(
  from: usize,
  to: usize,
  count: usize,
  mask: i32,
  low: i32,
  sign: i32,
  add: i32,
  extremes: usize,
): void {
  const blocks = from + ((count & ~7) << 1);
  const end = from + (count << 1);
  const masks = i16x8.splat(<i16>mask);
  const signs = i16x8.splat(<i16>sign);
  const adds = i16x8.splat(<i16>add);
  let smallest = i16x8.splat(-1);
  let largest = i16x8.splat(0);
  while (from < blocks) {
    const words = numbers(v128.load(from), masks, low, signs);
    smallest = i16x8.min_u(smallest, words);
    largest = i16x8.max_u(largest, words);
    v128.store(to, i16x8.add(words, adds));
    from += 16;
    to += 16;
  }
  storeExtremes(extremes, smallest, largest);
  addOneByOne(from, to, end, mask, low, sign, add, extremes);
}

/** `addToWords` of the words from `from` on that lie before `end`; the extremes of those before them are there already. */
function addOneByOne(
  from: usize,
  to: usize,
  end: usize,
  mask: i32,
  low: i32,
  sign: i32,
  add: i32,
  extremes: usize,
): void {
  while (from < end) {
    const word = ((<i32>load<u16>(from) & mask) >> low) ^ sign;
    store<i32>(extremes, min(load<i32>(extremes), word));
    store<i32>(extremes, max(load<i32>(extremes, 4), word), 4);
    store<i16>(to, <i16>(word + add));
    from += 2;
    to += 2;
  }
}

/**
 * `addToWords` in place of `count` words at `from`, and in the same pass the digest of what it wrote: its lanes lie 32 bytes behind
 * `extremes`, with room for a round behind them. The last round has the words that are left and zeros behind them; there is always one.
 */
export function settle(
  from: usize,
  count: usize,
  mask: i32,
  low: i32,
  sign: i32,
  add: i32,
  extremes: usize,
): void {
  const lanes = extremes + 32;
  const rounds = from + ((count & ~31) << 1);
  const end = from + (count << 1);
  const masks = i16x8.splat(<i16>mask);
  const signs = i16x8.splat(<i16>sign);
  const adds = i16x8.splat(<i16>add);
  let smallest = i16x8.splat(-1);
  let largest = i16x8.splat(0);
  let a = v128.load(lanes);
  let b = v128.load(lanes, 16);
  let c = v128.load(lanes, 32);
  let d = v128.load(lanes, 48);
  while (from < rounds) {
    const e = numbers(v128.load(from), masks, low, signs);
    const f = numbers(v128.load(from, 16), masks, low, signs);
    const g = numbers(v128.load(from, 32), masks, low, signs);
    const h = numbers(v128.load(from, 48), masks, low, signs);
    smallest = i16x8.min_u(smallest, i16x8.min_u(i16x8.min_u(e, f), i16x8.min_u(g, h)));
    largest = i16x8.max_u(largest, i16x8.max_u(i16x8.max_u(e, f), i16x8.max_u(g, h)));
    a = settled(a, i16x8.add(e, adds), from);
    b = settled(b, i16x8.add(f, adds), from + 16);
    c = settled(c, i16x8.add(g, adds), from + 32);
    d = settled(d, i16x8.add(h, adds), from + 48);
    from += 64;
  }
  storeExtremes(extremes, smallest, largest);
  addOneByOne(from, from, end, mask, low, sign, add, extremes);
  const last = lanes + 64;
  memory.fill(last, 0, 64);
  memory.copy(last, from, end - from);
  v128.store(lanes, round(a, v128.load(last)));
  v128.store(lanes, round(b, v128.load(last, 16)), 16);
  v128.store(lanes, round(c, v128.load(last, 32)), 32);
  v128.store(lanes, round(d, v128.load(last, 48)), 48);
}

// @ts-ignore: decorators belong to AssemblyScript
@inline
function numbers(words: v128, masks: v128, low: i32, signs: v128): v128 {
  const own = v128.and(words, masks);
  return v128.xor(low == 0 ? own : i16x8.shr_u(own, low), signs);
}

// @ts-ignore: decorators belong to AssemblyScript
@inline
function settled(lanes: v128, values: v128, to: usize): v128 {
  v128.store(to, values);
  return round(lanes, values);
}

/** The smallest and the largest of eight unsigned words each, as two i32. */
function storeExtremes(extremes: usize, smallest: v128, largest: v128): void {
  v128.store(extremes, smallest);
  v128.store(extremes, largest, 16);
  let low: i32 = u16.MAX_VALUE;
  let high: i32 = 0;
  for (let lane: usize = 0; lane < 16; lane += 2) {
    low = min(low, <i32>load<u16>(extremes + lane));
    high = max(high, <i32>load<u16>(extremes + lane, 16));
  }
  store<i32>(extremes, low);
  store<i32>(extremes, high, 4);
}

// @ts-ignore: decorators belong to AssemblyScript
@inline
function round(lanes: v128, words: v128): v128 {
  const sum = i32x4.add(lanes, i32x4.mul(words, i32x4.splat(0x85ebca77)));
  return i32x4.mul(v128.or(i32x4.shl(sum, 13), i32x4.shr_u(sum, 19)), i32x4.splat(0x9e3779b1));
}

/**
 * Takes `bytes` bytes (a multiple of 64) at `from` into the sixteen lanes of a digest at `lanes`: xxHash32's round. Each of four vectors
 * waits for itself alone.
 */
export function digestWords(from: usize, bytes: usize, lanes: usize): void {
  let a = v128.load(lanes);
  let b = v128.load(lanes, 16);
  let c = v128.load(lanes, 32);
  let d = v128.load(lanes, 48);
  const end = from + bytes;
  while (from < end) {
    a = round(a, v128.load(from));
    b = round(b, v128.load(from, 16));
    c = round(c, v128.load(from, 32));
    d = round(d, v128.load(from, 48));
    from += 64;
  }
  v128.store(lanes, a);
  v128.store(lanes, b, 16);
  v128.store(lanes, c, 32);
  v128.store(lanes, d, 48);
}
