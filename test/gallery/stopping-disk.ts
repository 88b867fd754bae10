import { ReadableStream } from 'node:stream/web';

/** A disk that can be made to stop in the middle of a reading. */
export interface StoppingDisk {
  /** Every reading from now on stops after so many pieces of 1 MiB. */
  readonly stopAfter: (pieces: number) => void;
  readonly goOn: () => void;
}

/** Loading passes in a blink on a good disk: this one holds the streams that the host makes of files, so that it can be seen. */
export function stoppingDisk(): StoppingDisk {
  const make = ReadableStream.from.bind(ReadableStream);
  let limit = Infinity;
  let waiting: (() => void)[] = [];
  async function* held<Piece>(pieces: Iterable<Piece> | AsyncIterable<Piece>): AsyncGenerator<Piece> {
    let given = 0;
    for await (const piece of pieces) {
      given += 1;
      if (given > limit) await new Promise<void>((resolve) => waiting.push(resolve));
      yield piece;
    }
  }
  ReadableStream.from = (<Piece>(pieces: Iterable<Piece> | AsyncIterable<Piece>) =>
    make(held(pieces))) as typeof ReadableStream.from;
  return {
    stopAfter: (pieces) => {
      limit = pieces;
    },
    goOn: () => {
      limit = Infinity;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}
