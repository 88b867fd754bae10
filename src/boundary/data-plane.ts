/**
 * Data plane: same-origin URLs answered by one `Request → Response` handler in every host.
 *
 * GET  /data/folder/{grant}            JSON `FolderFile[]`: every readable file below the folder, any depth, in a stable order;
 *                                      header `x-remnant-skipped`: how many entries could not be read (permissions, links that
 *                                      leave the folder or run in circles)
 * POST /data/pack/{grant}              body JSON `{ ids: string[], bytes?: number }` → packed stream: per file, in the order asked,
 *                                      uint32 LE length then the bytes (only the first `bytes` of each when given)
 *                                      (a file that changes or vanishes meanwhile breaks the stream off, so that `fetch` fails;
 *                                      one that can not be read is empty where at most 64 KiB of each are asked for)
 * GET  /data/plan/{id}                 a stored plan file
 * PUT  /data/plan/{id}?title=…&grant=… stores a plan file whole or not at all; 204
 * GET  /data/thumbnail/{id}            the small picture stored with a plan, a PNG
 * PUT  /data/thumbnail/{id}            stores the picture of a plan that is in the store; it goes with the plan; 204
 *
 * Every refusal is JSON `{ code, message }` with status 4xx.
 */
export interface FolderFile {
  readonly id: string;
  /** Path below the granted folder, `/` between, for messages. */
  readonly name: string;
  readonly size: number;
}

export const dataPaths = {
  folder: (grant: string) => `/data/folder/${grant}`,
  pack: (grant: string) => `/data/pack/${grant}`,
  plan: (id: string) => `/data/plan/${id}`,
  thumbnail: (id: string) => `/data/thumbnail/${id}`,
} as const;

/** The answer header of `GET /data/folder/…` that counts the entries left out. */
export const skippedHeader = 'x-remnant-skipped';
