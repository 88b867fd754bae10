import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';

/** What a page keeps in memory, after a collection. */
export interface Heap {
  /** MB of objects, closures, lists and texts. Compiled code is left out: the engine goes on optimising for dozens of rounds. */
  readonly objects: number;
  /** MB of voxels and other array buffers, shared ones too. */
  readonly arrays: number;
  readonly nodes: number;
  readonly listeners: number;
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** Kinds of heap nodes that are the program's own data; the others belong to the engine. */
const counted = ['object', 'closure', 'array', 'string', 'concatenated string', 'sliced string', 'number', 'regexp'];

/** Collects the garbage and counts what is left, by a heap snapshot. */
export async function measureHeap(session: CDPSession): Promise<Heap> {
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)!.value;
  const { objects, arrays } = await bytesByKind(session);
  return {
    objects: objects / 1e6,
    arrays: arrays / 1e6,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
  };
}

/** Of a heap snapshot: the engine's own count of array buffers leaves out the shared ones. */
async function bytesByKind(session: CDPSession): Promise<{ readonly objects: number; readonly arrays: number }> {
  const chunks: string[] = [];
  const take = ({ chunk }: { readonly chunk: string }): void => void chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes, strings } = JSON.parse(chunks.join('')) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [typeAt, nameAt, sizeAt] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field)) as [
    number,
    number,
    number,
  ];
  let [objects, arrays] = [0, 0];
  for (let node = 0; node < nodes.length; node += fields.length) {
    const size = nodes[node + sizeAt]!;
    if (counted.includes(types[0][nodes[node + typeAt]!]!)) objects += size;
    else if (strings[nodes[node + nameAt]!] === 'system / JSArrayBufferData') arrays += size;
  }
  return { objects, arrays };
}

/** Whether the system tells how much memory a process holds. */
export const tellsResident = process.platform === 'linux';

/**
 * MB of memory that the page's process and the one that draws for it hold, after a collection: workers, shared voxels, WebAssembly and
 * textures too, which no heap counts. Where the browser has another page, that one's counts as well.
 */
export async function measureResident(page: Page, session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  await browser.detach();
  const kinds = ['renderer', 'GPU'];
  const ids = processInfo.filter(({ type }) => kinds.includes(type)).map(({ id }) => id);
  const kilobytes = ids.map((id) =>
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}
