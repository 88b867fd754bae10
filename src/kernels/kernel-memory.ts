/** The compiled kernels with the memory they work in. Layout: counts, then the copying window, then what `allocate` gives out. */
export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly countsAt: number;
  readonly windowAt: number;
  readonly windowBytes: number;
  readonly exports: {
    readonly countBytes: (start: number, length: number, counts: number) => void;
    readonly addToWords: (
      from: number,
      to: number,
      count: number,
      left: number,
      right: number,
      signed: 0 | 1,
      intercept: number,
      extremes: number,
    ) => void;
    readonly digestWords: (from: number, bytes: number, lanes: number) => void;
  };
  /** A shared buffer range of `bytes` bytes inside the kernels' memory (16-byte aligned). Grow-only: allocate once per case. */
  readonly allocate: (bytes: number) => { readonly buffer: ArrayBuffer | SharedArrayBuffer; readonly offset: number };
  /** A view of room for `bytes` bytes that whoever asks next is given again (16-byte aligned): for work that is done before that. */
  readonly scratch: (bytes: number) => Uint8Array;
}

const pageBytes = 65_536;
const countsAt = 1024;
const windowAt = 4096;
const windowBytes = 900 * 1024;
const firstFree = 16 * pageBytes;
/** 4 GiB: a shared memory must declare a maximum, and the compiled module the same one. */
const maximumPages = 65_536;

/** Instantiates the kernels from the bytes of kernels.wasm, which the host reads (a file, a fetch); throws when they are not these. */
export function createKernels(wasm: ArrayBuffer | ArrayBufferView): KernelMemory {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: maximumPages, shared: true });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
  for (const name of ['countBytes', 'addToWords', 'digestWords']) {
    if (!(name in instance.exports)) throw new Error(`kernels.wasm is older than its source: it has no ${name}`);
  }
  let free = firstFree;
  let [scratchAt, scratchBytes] = [0, 0];
  const allocate: KernelMemory['allocate'] = (bytes) => {
    const offset = free;
    free += Math.ceil(bytes / 16) * 16;
    const missing = free - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    return { buffer: memory.buffer, offset };
  };
  return {
    memory,
    countsAt,
    windowAt,
    windowBytes,
    exports: instance.exports as unknown as KernelMemory['exports'],
    allocate,
    scratch: (bytes) => {
      if (bytes > scratchBytes) [scratchAt, scratchBytes] = [allocate(bytes).offset, bytes];
      return new Uint8Array(memory.buffer, scratchAt, bytes);
    },
  };
}
