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
