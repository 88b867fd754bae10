import type { CommandContext } from './context.ts';

/** Has the worker let a series go with its case; otherwise its voxels stay until the next is loaded. Returns the way to stop. */
export function keepClosed({ session, compute }: CommandContext): () => void {
  let isOpen = session.get().openCase !== null;
  return session.subscribe(() => {
    const wasOpen = isOpen;
    isOpen = session.get().openCase !== null;
    if (wasOpen && !isOpen) void compute.close({});
  });
}
