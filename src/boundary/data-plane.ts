/**
 * Data plane: same-origin URLs answered by one `Request → Response` handler in every host.
 *
 * GET  /data/folder/{grant}            JSON `FolderFile[]`: every readable file below the folder, any depth, in a stable order
 * POST /data/pack/{grant}              body JSON `{ ids: string[], bytes?: number }` → packed stream: per file, in the order asked,
 *                                      uint32 LE length then the bytes (only the first `bytes` of each when given)
 * GET  /data/plan/{id}                 a stored plan file
 * PUT  /data/plan/{id}?title=…&grant=… stores a plan file whole or not at all; 204
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
} as const;
