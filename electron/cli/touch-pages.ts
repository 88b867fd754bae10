import { Worker } from 'node:worker_threads';

/** What the touching thread is told: the shared memory, the range of it in bytes, and a flag that ends it. */
interface TouchTask {
  readonly memory: SharedArrayBuffer;
  readonly from: number;
  readonly bytes: number;
  readonly step: number;
  readonly filled: Uint8Array;
  readonly stop: Int32Array;
}

/** Pages that are being touched. */
export interface TouchedPages {
  /** Ends it before its end. */
  readonly stop: () => void;
  readonly ended: Promise<void>;
}

/**
 * Has another thread touch the pages of shared memory that the slices of a volume go to, ahead of who fills them: the system hands out a
 * page when it is first touched, and for hundreds of megabytes that takes as long as reading them. What is `filled` (a byte for each
 * slice) is passed by; a page is touched by putting 0 in the place of a 0 at once, which no write of another thread is lost to.
 */
export function touchPages(voxels: Int16Array<SharedArrayBuffer>, filled: Uint8Array): TouchedPages {
  const { buffer, byteOffset, byteLength } = voxels;
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const task: TouchTask = {
    memory: buffer,
    from: byteOffset,
    bytes: byteLength,
    step: byteLength / filled.length,
    filled,
    stop,
  };
  // Its source is one function, so that no file has to be found beside the built program.
  const thread = new Worker(`(${touch.toString()})(require('node:worker_threads').workerData)`, {
    eval: true,
    workerData: task,
  });
  thread.unref();
  // Without it all is the same, only slower.
  thread.on('error', () => undefined);
  return {
    stop: () => {
      stop[0] = 1;
    },
    ended: new Promise((resolve) => thread.once('exit', () => resolve())),
  };
}

function touch({ memory, from, bytes, step, filled, stop }: TouchTask): void {
  const words = new Int32Array(memory);
  for (let slice = 0; slice < filled.length; slice += 1) {
    if (stop[0] === 1) return;
    if (filled[slice] === 1) continue;
    const end = Math.min(from + (slice + 1) * step, from + bytes);
    for (let at = from + slice * step; at < end; at += 4096) Atomics.compareExchange(words, Math.floor(at / 4), 0, 0);
  }
}
