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
  const { objects, arrays } = await bytesByKind(pageItself(session));
  return {
    objects: objects / 1e6,
    arrays: arrays / 1e6,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
  };
}

/** What a debugging session is asked and tells, of the page or of a worker. */
interface Debugged {
  readonly send: (method: string, params?: object) => Promise<unknown>;
  /** Hears of every event until the returned function is called. */
  readonly listen: (heard: (method: string, params: { readonly chunk: string }) => void) => () => void;
}

function pageItself(session: CDPSession): Debugged {
  return {
    send: (method, params) => session.send(method as 'HeapProfiler.takeHeapSnapshot', params),
    listen: (heard) => {
      const name = 'HeapProfiler.addHeapSnapshotChunk';
      const hear = (params: { readonly chunk: string }): void => heard(name, params);
      session.on(name, hear);
      return () => session.off(name, hear);
    },
  };
}

/** A worker is asked in messages through its page's session. */
function workerIn(session: CDPSession, sessionId: string): Debugged {
  interface Message {
    readonly id?: number;
    readonly method?: string;
    readonly params?: { readonly chunk: string };
  }
  let last = 0;
  const listen = (heard: (message: Message) => void): (() => void) => {
    const hear = (event: { readonly sessionId: string; readonly message: string }): void => {
      if (event.sessionId === sessionId) heard(JSON.parse(event.message) as Message);
    };
    session.on('Target.receivedMessageFromTarget', hear);
    return () => session.off('Target.receivedMessageFromTarget', hear);
  };
  return {
    send: async (method, params = {}) => {
      last += 1;
      const id = last;
      const answered = new Promise((resolve) => {
        const stop = listen((message) => {
          if (message.id !== id) return;
          stop();
          resolve(message);
        });
      });
      await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
      return answered;
    },
    listen: (heard) =>
      listen(({ method, params }) => {
        if (method !== undefined && params !== undefined) heard(method, params);
      }),
  };
}

/** Collects the garbage and counts MB of voxels and other array buffers: what the page holds, and what its workers hold together. */
export async function measureArrays(session: CDPSession): Promise<{ readonly page: number; readonly workers: number }> {
  const ids: string[] = [];
  const attached = ({ sessionId, targetInfo }: { sessionId: string; targetInfo: { type: string } }): void => {
    if (targetInfo.type === 'worker') ids.push(sessionId);
  };
  session.on('Target.attachedToTarget', attached);
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  session.off('Target.attachedToTarget', attached);
  let workers = 0;
  for (const id of ids) workers += await arraysIn(workerIn(session, id));
  await session.send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: false });
  return { page: await arraysIn(pageItself(session)), workers };
}

async function arraysIn(debugged: Debugged): Promise<number> {
  await debugged.send('HeapProfiler.collectGarbage');
  return (await bytesByKind(debugged)).arrays / 1e6;
}

/** Of a heap snapshot: the engine's own count of array buffers leaves out the shared ones. */
async function bytesByKind(debugged: Debugged): Promise<{ readonly objects: number; readonly arrays: number }> {
  const chunks: string[] = [];
  const stop = debugged.listen((method, { chunk }) => {
    if (method === 'HeapProfiler.addHeapSnapshotChunk') chunks.push(chunk);
  });
  await debugged.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  stop();
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
