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
 * Shifts `count` unsigned words at `from` left and right again (with their sign when `signed`), adds the intercept without regard to
 * overflow and writes them to `to`. The smallest and largest shifted word go to `extremes` as two i32, from which overflow is judged.
 */
export function addToWords(
  from: usize,
  to: usize,
  count: usize,
  left: i32,
  right: i32,
  signed: bool,
  intercept: i32,
  extremes: usize,
): void {
  const blocks = from + ((count & ~7) << 1);
  const end = from + (count << 1);
  const add = i16x8.splat(<i16>intercept);
  let smallest: i32;
  let largest: i32;
  if (signed) {
    let low = i16x8.splat(i16.MAX_VALUE);
    let high = i16x8.splat(i16.MIN_VALUE);
    while (from < blocks) {
      const words = i16x8.shr_s(i16x8.shl(v128.load(from), left), right);
      low = i16x8.min_s(low, words);
      high = i16x8.max_s(high, words);
      v128.store(to, i16x8.add(words, add));
      from += 16;
      to += 16;
    }
    smallest = i16.MAX_VALUE;
    largest = i16.MIN_VALUE;
    v128.store(extremes, low);
    v128.store(extremes, high, 16);
    for (let lane: usize = 0; lane < 16; lane += 2) {
      smallest = min(smallest, <i32>load<i16>(extremes + lane));
      largest = max(largest, <i32>load<i16>(extremes + lane, 16));
    }
  } else {
    let low = i16x8.splat(-1);
    let high = i16x8.splat(0);
    while (from < blocks) {
      const words = i16x8.shr_u(i16x8.shl(v128.load(from), left), right);
      low = i16x8.min_u(low, words);
      high = i16x8.max_u(high, words);
      v128.store(to, i16x8.add(words, add));
      from += 16;
      to += 16;
    }
    smallest = u16.MAX_VALUE;
    largest = 0;
    v128.store(extremes, low);
    v128.store(extremes, high, 16);
    for (let lane: usize = 0; lane < 16; lane += 2) {
      smallest = min(smallest, <i32>load<u16>(extremes + lane));
      largest = max(largest, <i32>load<u16>(extremes + lane, 16));
    }
  }
  while (from < end) {
    const shifted = (<u32>load<u16>(from)) << (left + 16);
    const word = signed ? <i32>shifted >> (right + 16) : <i32>(shifted >> (right + 16));
    smallest = min(smallest, word);
    largest = max(largest, word);
    store<i16>(to, <i16>(word + intercept));
    from += 2;
    to += 2;
  }
  store<i32>(extremes, smallest);
  store<i32>(extremes, largest, 4);
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
