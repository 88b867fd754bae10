import type { CDPSession } from 'playwright-core';

/** What a page keeps in memory, after a collection. */
export interface Heap {
  /** MB of objects, closures, lists and texts. Compiled code is left out: the engine goes on optimising for dozens of rounds. */
  readonly objects: number;
  /** MB of voxels and other array buffers. */
  readonly arrays: number;
  readonly nodes: number;
  readonly listeners: number;
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] };
  };
  readonly nodes: readonly number[];
}

/** Kinds of heap nodes that are the program's own data; the others belong to the engine. */
const counted = ['object', 'closure', 'array', 'string', 'concatenated string', 'sliced string', 'number', 'regexp'];

/** Collects the garbage and counts what is left, by a heap snapshot. */
export async function measureHeap(session: CDPSession): Promise<Heap> {
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)!.value;
  const { backingStorageSize } = await session.send('Runtime.getHeapUsage');
  return {
    objects: (await objectBytes(session)) / 1e6,
    arrays: backingStorageSize / 1e6,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
  };
}

async function objectBytes(session: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const take = ({ chunk }: { readonly chunk: string }): void => void chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [typeAt, sizeAt] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (counted.includes(types[0][nodes[node + typeAt]!]!)) bytes += nodes[node + sizeAt]!;
  }
  return bytes;
}
