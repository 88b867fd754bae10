import {
  answerOf,
  connect,
  dataPaths,
  type FolderFile,
  type Grant,
  type HostApi,
  type HostBridge,
  type Port,
  type RpcMessage,
} from '../src/boundary/index.ts';
import { failure, success, type Outcome } from '../src/volume/index.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in the loopback host. */
    readonly remnantHost?: HostBridge<File>;
  }
}

/** The page's way to its host: control calls, stored plans, dropped folders, and what happens on closing. */
export interface HostClient {
  readonly api: HostApi;
  readonly readPlan: (id: string) => Promise<Outcome<Uint8Array>>;
  readonly writePlan: (
    id: string,
    bytes: Uint8Array,
    about: { readonly title: string; readonly grant: string | null },
  ) => Promise<Outcome<null>>;
  /** Stores the small picture of a stored plan, a PNG. */
  readonly writeThumbnail: (id: string, png: Uint8Array) => Promise<Outcome<null>>;
  /** One file of a granted folder, by its path below it. */
  readonly readFile: (grant: string, name: string) => Promise<Outcome<Uint8Array>>;
  /** Turns a dropped folder into a grant; null where the host can not (there the page reads the dropped files itself). */
  readonly grantDropped: ((file: File) => Promise<Outcome<Grant>>) | null;
  /** Makes closing or reloading ask first while `isUnsaved()`. Electron asks on its own side (`api.setUnsaved`). */
  readonly guardClosing: (isUnsaved: () => boolean) => void;
  /** Tells the host that this page is open, so that it does not end while the page lives. */
  readonly stayConnected: () => void;
}

const gone = failure(
  'host_gone',
  'Remnant no longer runs behind this window. Save what you have as a file, then start Remnant again.',
);

/** Connects to the host that serves this page: Electron's bridge when there, else the loopback server. */
export function connectHost(): HostClient {
  const bridge = window.remnantHost;
  const send = bridge === undefined ? postCall : bridge.call;
  return {
    api: connect<HostApi>(portTo(send)),
    readPlan: async (id) => {
      const response = await request(dataPaths.plan(id), { method: 'GET' });
      return response.ok ? success(new Uint8Array(await response.value.arrayBuffer())) : response;
    },
    writePlan: async (id, bytes, { title, grant }) => {
      const query = new URLSearchParams({ title, ...(grant === null ? {} : { grant }) });
      // Plans may be built in shared memory, which fetch does not take.
      const body = new Uint8Array(bytes);
      const response = await request(`${dataPaths.plan(id)}?${query.toString()}`, { method: 'PUT', body });
      return response.ok ? success(null) : response;
    },
    writeThumbnail: async (id, png) => {
      const body = new Uint8Array(png);
      const response = await request(dataPaths.thumbnail(id), { method: 'PUT', body });
      return response.ok ? success(null) : response;
    },
    readFile: async (grant, name) => {
      const listed = await request(dataPaths.folder(grant), { method: 'GET' });
      if (!listed.ok) return listed;
      const files = (await listed.value.json()) as readonly FolderFile[];
      const file = files.find((one) => one.name === name);
      if (file === undefined) return failure('file_missing', `${name} is not there.`);
      const body = JSON.stringify({ ids: [file.id] });
      const packed = await request(dataPaths.pack(grant), { method: 'POST', body });
      // A pack of one file: its length in four bytes, and the file.
      return packed.ok ? success(new Uint8Array(await packed.value.arrayBuffer()).slice(4)) : packed;
    },
    grantDropped: bridge === undefined ? null : (file) => bridge.grantDropped(file),
    guardClosing: (isUnsaved) => {
      if (bridge !== undefined) return;
      window.addEventListener('beforeunload', (event) => {
        if (isUnsaved()) event.preventDefault();
      });
    },
    stayConnected: () => {
      if (bridge === undefined) new EventSource('/events');
    },
  };
}

/** The folder this window was started on (`npm start -- --folder PATH`), as the host put it into the address; null without one. */
export function launchFolder(): Grant | null {
  const query = new URLSearchParams(window.location.hash.slice(1));
  const [grant, name] = [query.get('grant'), query.get('name')];
  return grant === null || name === null ? null : { grant, name };
}

type Send = HostBridge<File>['call'];

const postCall: Send = async (call) => {
  const response = await request('/rpc', { method: 'POST', body: JSON.stringify(call) });
  return response.ok ? ((await response.value.json()) as Outcome<unknown>) : response;
};

/** Carries the RPC over question-and-answer calls: each call message brings one answer message back. */
function portTo(send: Send): Port {
  let tell: (message: RpcMessage) => void = () => undefined;
  return {
    onMessage: (listener) => (tell = listener),
    postMessage: (message) => {
      const call = message as RpcMessage;
      if (call.kind !== 'call') return;
      send({ name: call.name, request: call.request }).then(
        (answer) => tell({ kind: 'answer', id: call.id, answer }),
        (bug: unknown) => tell({ kind: 'bug', id: call.id, message: String(bug) }),
      );
    },
  };
}

function request(path: string, init: RequestInit): Promise<Outcome<Response>> {
  return answerOf(fetch(path, init), gone);
}
