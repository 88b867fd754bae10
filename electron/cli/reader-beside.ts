import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { SharedKernels } from '../../src/kernels/index.ts';
import type { SlicesToRead } from './read-slices.ts';

/** What the thread is sent. */
export interface ReadingOrder {
  readonly kernels: SharedKernels;
  readonly slices: SlicesToRead;
}

/** A thread that waits for slices to read. */
export interface ReaderBeside {
  /** Has it read them from the last on; the promise ends when it has, or can not go on. To be called once. */
  readonly read: (order: ReadingOrder) => Promise<void>;
  /** Ends it, whatever it does. */
  readonly stop: () => void;
}

let started: ReaderBeside | null = null;

/** Starts the reader for the next folder: it takes as long as this program to be loaded, so a command that will read begins with it. */
export function startReaderBeside(): void {
  started ??= newReaderBeside();
}

/** The reader that was started, or a new one. */
export function takeReaderBeside(): ReaderBeside | null {
  const reader = started ?? newReaderBeside();
  started = null;
  return reader;
}

/** Null where there is one processor, or where the program was not built. */
function newReaderBeside(): ReaderBeside | null {
  const program = new URL('./slice-reader.js', import.meta.url);
  if (availableParallelism() < 2 || !existsSync(program)) return null;
  const thread = new Worker(program, { env: SHARE_ENV, execArgv: [], trackUnmanagedFds: false });
  // It keeps no program from ending.
  thread.unref();
  const end = new Promise<void>((resolve) => {
    thread.once('error', () => resolve());
    thread.once('exit', () => resolve());
  });
  return {
    read: (order) => {
      thread.ref();
      thread.postMessage(order);
      return end;
    },
    stop: () => void thread.terminate(),
  };
}
