import { randomBytes } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { handOver, startLoopbackServer, writeLock, type LoopbackServer } from '../../electron/browser/index.ts';
import { createHost, type RequestContext } from '../../electron/services/index.ts';
import { rawRequest, temporaryFolder, type RawAnswer } from './support.ts';

let server: LoopbackServer;
let context: RequestContext;
let images: string;
const bytes = { 'a/2.dcm': randomBytes(70_001), 'a/10.dcm': randomBytes(3), 'b.txt': Buffer.alloc(0) };
const handedOver: (string | null)[] = [];

beforeEach(async () => {
  const folder = temporaryFolder({
    'page/index.html': '<!doctype html><script nonce="__REMNANT_NONCE__" type="module" src="/main.js"></script>',
    'page/main.js': 'export const page = 1;',
    'outside.txt': 'not for the page',
  });
  images = temporaryFolder(bytes);
  const made = createHost(
    join(import.meta.dirname, '..', '..'),
    { host: 'browser' },
    { dataFolder: temporaryFolder() },
  );
  context = { ...made.context, bundle: join(folder, 'page') };
  handedOver.length = 0;
  server = await startLoopbackServer(context, { onHandover: (folder) => handedOver.push(folder) });
});

afterEach(() => server.close());

const ticketOf = () => new URL(server.launchUrl()).search;

async function launch(): Promise<string> {
  const answer = await rawRequest(server.port, 'GET', `/launch${ticketOf()}`);
  expect(answer.status).toBe(303);
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
}

/** What the page's own requests carry. */
const own = (cookie: string) => ({ cookie, origin: server.origin, 'sec-fetch-site': 'same-origin' });
const codeOf = (answer: RawAnswer) => (JSON.parse(answer.body.toString()) as { code: string }).code;

function expectSecurityHeaders({ headers }: RawAnswer): void {
  const policy = String(headers['content-security-policy']);
  for (const part of [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${context.nonce}'`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app',
  ]) {
    expect(policy.split('; ')).toContain(part);
  }
  expect(policy).not.toContain('unsafe-inline');
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(headers['access-control-allow-origin']).toBeUndefined();
}

describe('the door of the loopback host', () => {
  test('a ticket opens once, and the cookie it becomes is bound to this port and to scripts’ reach', async () => {
    const search = ticketOf();
    const first = await rawRequest(server.port, 'GET', `/launch${search}`, { 'sec-fetch-site': 'none' });
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const cookie = first.headers['set-cookie']![0]!;
    expect(cookie).toMatch(new RegExp(`^remnant-${server.port}=[0-9a-f]{32}; HttpOnly; SameSite=Strict; Path=/$`));
    const again = await rawRequest(server.port, 'GET', `/launch${search}`);
    expect([again.status, codeOf(again)]).toEqual([403, 'ticket_used']);
    expect(again.headers['set-cookie']).toBeUndefined();
    const guessed = await rawRequest(server.port, 'GET', '/launch?ticket=00000000000000000000000000000000');
    expect(guessed.status).toBe(403);
  });

  test('a foreign Origin or site is refused even with the cookie', async () => {
    const cookie = await launch();
    const call = JSON.stringify({ name: 'about', request: {} });
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `https://127.0.0.1:${server.port}`]) {
      const answer = await rawRequest(server.port, 'POST', '/rpc', { cookie, origin }, call);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign_origin']);
    }
    const silent = await rawRequest(server.port, 'POST', '/rpc', { cookie }, call);
    expect(silent.status).toBe(403);
    for (const site of ['cross-site', 'same-site']) {
      const answer = await rawRequest(server.port, 'GET', '/', { cookie, 'sec-fetch-site': site });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign_site']);
    }
    expect((await rawRequest(server.port, 'POST', '/rpc', own(cookie), call)).status).toBe(200);
  });

  test('a wrong Host is refused (DNS rebinding), with cookie and ticket alike', async () => {
    const cookie = await launch();
    const search = ticketOf();
    for (const host of [`localhost:${server.port}`, `evil.example:${server.port}`, '127.0.0.1']) {
      expect((await rawRequest(server.port, 'GET', '/', { cookie, host })).status).toBe(421);
      expect((await rawRequest(server.port, 'GET', `/launch${search}`, { host })).status).toBe(421);
    }
    // The refused tries have not used the ticket up.
    expect((await rawRequest(server.port, 'GET', `/launch${search}`)).status).toBe(303);
  });

  test('without the cookie, or with a wrong one, nothing is served', async () => {
    const good = await launch();
    const wrong = [undefined, `remnant-${server.port}=${'0'.repeat(32)}`, good.replace(`${server.port}`, '1'), 'x=y'];
    for (const path of ['/', '/main.js', '/events', '/data/folder/x', '/rpc']) {
      for (const cookie of wrong) {
        const answer = await rawRequest(server.port, 'GET', path, cookie === undefined ? {} : { cookie });
        expect([answer.status, codeOf(answer)]).toEqual([401, 'not_launched']);
      }
    }
  });

  test('climbing out is refused, however it is written', async () => {
    const cookie = await launch();
    for (const path of [
      '/../outside.txt',
      '/assets/../../outside.txt',
      '/%2e%2e/outside.txt',
      '/..%2foutside.txt',
      '/%2E%2E%5coutside.txt',
      '/..\\outside.txt',
      '//127.0.0.1/../outside.txt',
    ]) {
      const answer = await rawRequest(server.port, 'GET', path, { cookie });
      expect([path, answer.status]).toEqual([path, 400]);
      expectSecurityHeaders(answer);
    }
  });

  test('every answer carries the security headers: page, script, refusals, calls, data, redirect', async () => {
    const cookie = await launch();
    const granted = await context.grants.give(images);
    if (!granted.ok) throw new Error(granted.error.message);
    const answers = [
      await rawRequest(server.port, 'GET', '/', { cookie }),
      await rawRequest(server.port, 'GET', '/main.js', { cookie }),
      await rawRequest(server.port, 'GET', '/nothing.js', { cookie }),
      await rawRequest(server.port, 'GET', '/', {}),
      await rawRequest(server.port, 'GET', '/', { host: 'evil.example' }),
      await rawRequest(server.port, 'POST', '/rpc', own(cookie), '{'),
      await rawRequest(server.port, 'GET', `/data/folder/${granted.value.grant}`, own(cookie)),
      await rawRequest(server.port, 'POST', `/data/pack/${granted.value.grant}`, own(cookie), '{"ids":[]}'),
      await rawRequest(server.port, 'GET', `/launch${ticketOf()}`),
      await rawRequest(server.port, 'DELETE', '/', own(cookie)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 401, 421, 200, 200, 200, 303, 405]);
    answers.forEach(expectSecurityHeaders);
    expect(answers[0]!.body.toString()).toContain(`nonce="${context.nonce}"`);
    expect(answers[5]!.body.toString()).toContain('unknown_call');
  });

  test('it listens on 127.0.0.1 only', async () => {
    const refused = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: server.port, timeout: 2000 });
      onTestFinished(() => void socket.destroy());
      socket.on('connect', () => resolve(false));
      socket.on('error', () => resolve(true)).on('timeout', () => resolve(true));
    });
    expect(refused).toBe(true);
  });
});

describe('the life of the loopback host', () => {
  test('it ends when the last page has been away for the grace period, and not before', async () => {
    // Time passes when the test says so: how fast the computer is, is no matter.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const short = await startLoopbackServer(context, { graceMs: 150 });
    const answer = await rawRequest(short.port, 'GET', `/launch${new URL(short.launchUrl()).search}`);
    const cookie = answer.headers['set-cookie']![0]!.split(';')[0]!;
    /** A page's lasting connection. */
    const open = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        get({ host: '127.0.0.1', port: short.port, path: '/events', headers: { cookie }, agent: false }, resolve).on(
          'error',
          reject,
        );
      });
    const ask = () => rawRequest(short.port, 'GET', '/', { ...own(cookie), origin: short.origin });
    const first = await open();
    expect(first.headers['content-type']).toBe('text/event-stream');
    const graceBegins = async () => {
      while (vi.getTimerCount() === 0) await new Promise(setImmediate);
    };
    let ended = false;
    void short.closed.then(() => (ended = true));
    // A reload: the old page leaves, the new one asks for its parts within the grace period, and takes its time over them.
    first.destroy();
    await graceBegins();
    vi.advanceTimersByTime(149);
    expect((await ask()).status).toBe(200);
    vi.advanceTimersByTime(149);
    const second = await open();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect((await ask()).status).toBe(200);
    expect(ended).toBe(false);
    second.destroy();
    await graceBegins();
    vi.advanceTimersByTime(149);
    expect((await rawRequest(short.port, 'GET', '/')).status).toBe(401);
    vi.advanceTimersByTime(1);
    await short.closed;
    await expect(rawRequest(short.port, 'GET', '/')).rejects.toThrow('ECONNREFUSED');
  });

  test('a page that never comes ends it too', async () => {
    const short = await startLoopbackServer(context, { patienceMs: 100 });
    await short.closed;
  });

  test('a second start hands over to the first, and only with its secret', async () => {
    const file = join(temporaryFolder(), 'lock.json');
    expect(await handOver(file)).toBe(false);
    await writeLock(file, { pid: process.pid, port: server.port, secret: server.handoverSecret });
    expect(await handOver(file, '/some/folder')).toBe(true);
    expect(handedOver).toEqual(['/some/folder']);
    await writeLock(file, { pid: process.pid, port: server.port, secret: 'wrong' });
    expect(await handOver(file)).toBe(false);
    const fromPage = { 'x-remnant-handover': server.handoverSecret, 'sec-fetch-site': 'same-origin' };
    expect((await rawRequest(server.port, 'POST', '/handover', fromPage, '{"folder":null}')).status).toBe(403);
    expect(handedOver).toHaveLength(1);
  });

  test('a start with a folder puts its grant, never its path, into the address', async () => {
    const granted = await context.grants.give(images);
    if (!granted.ok) throw new Error(granted.error.message);
    const { search } = new URL(server.launchUrl(granted.value));
    const answer = await rawRequest(server.port, 'GET', `/launch${search}`);
    expect(answer.headers.location).toBe(`/#grant=${granted.value.grant}&name=${granted.value.name}`);
    expect(answer.headers.location).not.toContain('%2F');
  });
});
