import { Worker } from 'node:worker_threads';

/** What the touching thread is told: the shared memory, the range of it in bytes, and a byte for each slice. */
interface TouchTask {
  readonly memory: SharedArrayBuffer;
  readonly from: number;
  readonly bytes: number;
  readonly filled: Uint8Array;
}

/** A thread that touches pages of memory. */
export interface PageToucher {
  /**
   * Touches the pages that the slices of a volume go to, ahead of who fills them. What is `filled` (a byte for each slice) is passed by; a
   * page is touched by putting 0 in the place of a 0 at once, which no write of another thread is lost to. Once.
   */
  readonly touch: (voxels: Int16Array<SharedArrayBuffer>, filled: Uint8Array) => void;
  /** Ends it, if need be before its end. */
  readonly stop: () => void;
  readonly ended: Promise<void>;
}

/**
 * Starts a thread that touches pages: the system hands out a page of memory when it is first touched, and for hundreds of megabytes that
 * takes as long as reading what is put there.
 */
export function startPageToucher(): PageToucher {
  // Its source is one function, so that no file has to be found beside the built program.
  const thread = new Worker(`require('node:worker_threads').parentPort.once('message', ${touch.toString()})`, {
    eval: true,
  });
  thread.unref();
  // Without it all is the same, only slower.
  thread.on('error', () => undefined);
  return {
    touch: ({ buffer, byteOffset, byteLength }, filled) => {
      const task: TouchTask = { memory: buffer, from: byteOffset, bytes: byteLength, filled };
      thread.postMessage(task);
    },
    stop: () => void thread.terminate(),
    ended: new Promise((resolve) => thread.once('exit', () => resolve())),
  };
}

function touch({ memory, from, bytes, filled }: TouchTask): void {
  const words = new Int32Array(memory);
  const step = bytes / filled.length;
  for (let slice = 0; slice < filled.length; slice += 1) {
    if (filled[slice] === 1) continue;
    const end = from + (slice + 1) * step;
    for (let at = from + slice * step; at < end; at += 4096) {
      Atomics.compareExchange(words, Math.floor(at / 4), 0, 0);
    }
  }
}
