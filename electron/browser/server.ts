import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { answer, handleRequest, refuse, securityHeaders, type RequestContext } from '../services/index.ts';
import type { Grant } from '../../src/boundary/index.ts';
import { createGate, type Knock } from './gate.ts';

/** The loopback host's server. */
export interface LoopbackServer {
  readonly port: number;
  readonly origin: string;
  readonly handoverSecret: string;
  /** An address that opens the app once, on a granted folder when one is given. */
  readonly launchUrl: (folder?: Grant | null) => string;
  /** Resolves when no page has been connected for the grace period, or after `close`. */
  readonly closed: Promise<void>;
  readonly close: () => Promise<void>;
}

/** How the server's life is tied to its pages; times in ms. */
export interface LoopbackOptions {
  /** How long the first page may take to connect. */
  readonly patienceMs?: number;
  /** How long it stays after the last page left (a reload leaves and comes back), and after each thing that a coming page asks for. */
  readonly graceMs?: number;
  /** What a second start of the app triggers: open another window, on the folder it was started with. */
  readonly onHandover?: (folder: string | null) => void;
}

/** Serves the app on a free port of 127.0.0.1, and nowhere else. */
export async function startLoopbackServer(
  context: RequestContext,
  { patienceMs = 120_000, graceMs = 10_000, onHandover = () => undefined }: LoopbackOptions = {},
): Promise<LoopbackServer> {
  const server = createServer();
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen({ host: '127.0.0.1', port: 0 }, listening);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const { port } = address;
  const origin = `http://127.0.0.1:${port}`;
  const gate = createGate(port, () => Date.now());
  const launchUrl: LoopbackServer['launchUrl'] = (folder = null) =>
    `${origin}/launch?${new URLSearchParams({ ticket: gate.issueTicket(), ...folder }).toString()}`;

  let closing: Promise<void> | null = null;
  let tellClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (tellClosed = resolve));
  const close = () =>
    (closing ??= new Promise((done) => {
      clearTimeout(timer);
      server.close(() => {
        done();
        tellClosed();
      });
      server.closeAllConnections();
    }));

  let pages = 0;
  let waitMs = patienceMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const awaitPage = () => {
    clearTimeout(timer);
    if (pages === 0 && closing === null) timer = setTimeout(() => void close(), waitMs);
  };
  awaitPage();
  const keepAlive = (response: ServerResponse) => {
    pages++;
    clearTimeout(timer);
    response.writeHead(200, { ...securityHeaders(context.nonce), 'content-type': 'text/event-stream' });
    response.write(': the app stays as long as this connection\n\n');
    response.on('close', () => {
      pages--;
      waitMs = graceMs;
      awaitPage();
    });
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const knock: Knock = {
      method: incoming.method ?? 'GET',
      target: incoming.url ?? '/',
      header: (name) => {
        const value = incoming.headers[name];
        return Array.isArray(value) ? value.join(', ') : value;
      },
    };
    const admission = gate.admit(knock);
    if (admission.kind === 'refused') {
      incoming.resume();
      return send(refuse(context, admission.status, admission.code, admission.message), outgoing);
    }
    // A page that loads is coming, however long a slow computer takes over it.
    awaitPage();
    if (admission.kind === 'launched') {
      const location = `/${launchFragment(new URL(knock.target, origin).searchParams)}`;
      return send(answer(context, 303, null, { location, 'set-cookie': admission.cookie }), outgoing);
    }
    if (admission.kind === 'handover') {
      const { folder } = (await readAll(incoming)) as { readonly folder: string | null };
      onHandover(folder);
      return send(answer(context, 204), outgoing);
    }
    if (knock.method === 'GET' && knock.target === '/events') {
      keepAlive(outgoing);
      return;
    }
    // A page that has gone away, or does not want the answer any more, needs no folder walked for it.
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const request = new Request(new URL(knock.target, origin), {
      method: knock.method,
      signal: gone.signal,
      ...(knock.method === 'GET' || knock.method === 'HEAD'
        ? {}
        : { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' as const }),
    });
    return send(await handleRequest(request, context), outgoing);
  };
  server.on('request', (incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => {
      // The stream broke off in the middle (a file vanished, the page went away): the only honest end is a broken connection.
      outgoing.destroy();
    });
  });
  return { port, origin, handoverSecret: gate.handoverSecret, launchUrl, closed, close };
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body as never), outgoing);
}

/** What the page finds after `#`: the folder to open, as a grant. */
function launchFragment(query: URLSearchParams): string {
  const [grant, name] = [query.get('grant'), query.get('name')];
  return grant === null || name === null ? '' : `#${new URLSearchParams({ grant, name }).toString()}`;
}

async function readAll(incoming: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of incoming.setEncoding('utf8')) text += String(part);
  return JSON.parse(text);
}
