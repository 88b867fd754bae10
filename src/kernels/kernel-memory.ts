/** What is sent to another thread for it to join. */
export interface SharedKernels {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** The compiled kernels in a memory that they work in, with a place for counts and a window for copying that one thread has alone. */
export interface Kernels {
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
      mask: number,
      low: number,
      sign: number,
      add: number,
      extremes: number,
    ) => void;
    readonly settle: (
      from: number,
      count: number,
      mask: number,
      low: number,
      sign: number,
      add: number,
      extremes: number,
    ) => void;
    readonly digestWords: (from: number, bytes: number, lanes: number) => void;
  };
}

/** The kernels of the thread that gives out their memory. Layout: counts, the helper's counts and window, the window, what `allocate` gives. */
export interface KernelMemory extends Kernels {
  readonly shared: SharedKernels;
  /** A shared buffer range of `bytes` bytes inside the kernels' memory (16-byte aligned). Grow-only: allocate once per case. */
  readonly allocate: (bytes: number) => { readonly buffer: ArrayBuffer | SharedArrayBuffer; readonly offset: number };
  /** A view of room for `bytes` bytes that whoever asks next is given again (16-byte aligned): for work that is done before that. */
  readonly scratch: (bytes: number) => Uint8Array;
}

const pageBytes = 65_536;
const ownPlaces = { countsAt: 1024, windowAt: 4096, windowBytes: 900 * 1024 };
const helpersPlaces = { countsAt: 2048, windowAt: 3072, windowBytes: 1024 };
const firstFree = 16 * pageBytes;
/** 4 GiB: a shared memory must declare a maximum, and the compiled module the same one. */
const maximumPages = 65_536;

/** Instantiates the kernels from the bytes of kernels.wasm, which the host reads (a file, a fetch); throws when they are not these. */
export function createKernels(wasm: ArrayBuffer | ArrayBufferView): KernelMemory {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: maximumPages, shared: true });
  const module = new WebAssembly.Module(wasm);
  const exports = exportsIn(module, memory);
  for (const name of ['countBytes', 'addToWords', 'settle', 'digestWords']) {
    if (!(name in exports)) throw new Error(`kernels.wasm is older than its source: it has no ${name}`);
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
    shared: { module, memory },
    memory,
    ...ownPlaces,
    exports,
    allocate,
    scratch: (bytes) => {
      if (bytes > scratchBytes) [scratchAt, scratchBytes] = [allocate(bytes).offset, bytes];
      return new Uint8Array(memory.buffer, scratchAt, bytes);
    },
  };
}

/** The same kernels in the same memory for one other thread, beside the one that created them. */
export function joinKernels({ module, memory }: SharedKernels): Kernels {
  return { memory, ...helpersPlaces, exports: exportsIn(module, memory) };
}

function exportsIn(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels['exports'] {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels['exports'];
}

/** So many 16-bit words of the memory, from `offset` bytes on. */
export function wordsIn({ memory }: Kernels, offset: number, words: number): Int16Array {
  return new Int16Array(memory.buffer, offset, words);
}
