import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { packRequest, planId, skippedHeader, type HostApi } from '../../src/boundary/index.ts';
import type { Grants } from './grants.ts';
import { answerHostCall } from './host-calls.ts';
import { largestPackedFile, packFiles } from './pack-files.ts';
import type { PlanStore } from './plan-store.ts';
import { noncePlaceholder, securityHeaders } from './security-headers.ts';
import { folderUnreadable } from './walk-folder.ts';
import type { FoundFile } from './walk-folder.ts';

/** What requests are answered from. */
export interface RequestContext {
  readonly grants: Grants;
  readonly plans: PlanStore;
  /** The folder of the built page. */
  readonly bundle: string;
  readonly nonce: string;
  /** Served at `POST /rpc`; null where the control plane has its own way (Electron). */
  readonly calls: HostApi | null;
  readonly now: () => Date;
}

/** A plan holds masks and no voxels: tens of megabytes at the very most. */
const largestPlan = 512 * 2 ** 20;
const largestThumbnail = 256 * 2 ** 10;
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const largestCall = 16 * 2 ** 20;

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.icc': 'application/vnd.iccprofile',
  '.txt': 'text/plain; charset=utf-8',
};

/** An answer with the security headers on it. */
export function answer(
  context: Pick<RequestContext, 'nonce'>,
  status: number,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null = null,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, { status, headers: { ...securityHeaders(context.nonce), ...headers } });
}

/** A refusal as the data plane tells it. */
export function refuse(
  context: Pick<RequestContext, 'nonce'>,
  status: number,
  code: string,
  message: string,
): Response {
  return answer(context, status, JSON.stringify({ code, message }), { 'content-type': 'application/json' });
}

/** Answers one request to the app's own origin: the page, the data plane, and `POST /rpc` where the host has it. Never rejects. */
export async function handleRequest(request: Request, context: RequestContext): Promise<Response> {
  try {
    return await route(request, context);
  } catch (bug) {
    const { code } = bug as NodeJS.ErrnoException;
    console.error(`remnant: a request failed (${bug instanceof Error ? bug.name : 'unknown'} ${code ?? ''})`);
    return refuse(context, 500, 'host_failed', 'The host could not do this. Check free disk space and permissions.');
  }
}

async function route(request: Request, context: RequestContext): Promise<Response> {
  const url = new URL(request.url);
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return refuse(context, 400, 'bad_path', 'This address is not written correctly.');
  }
  if (/[\\\0]/.test(path) || path.split('/').includes('..')) {
    return refuse(context, 400, 'bad_path', 'This address leads out of the app.');
  }
  const [first = '', plane = '', id = '', ...rest] = path.slice(1).split('/');
  if (first === 'rpc' && context.calls !== null) return control(request, context, context.calls);
  if (first === 'data' && rest.length === 0) {
    if (plane === 'folder') return folder(request, context, id);
    if (plane === 'pack') return pack(request, context, id);
    if (plane === 'plan') return plan(request, context, id, url.searchParams);
    if (plane === 'thumbnail') return thumbnail(request, context, id);
  }
  return page(request, context, path);
}

function wrongMethod(context: RequestContext): Response {
  return refuse(context, 405, 'wrong_method', 'This address does not answer such requests.');
}

const unknownGrant = 'Open the folder again: the app has been started anew since it was chosen.';

async function folder(request: Request, context: RequestContext, grant: string): Promise<Response> {
  if (request.method !== 'GET') return wrongMethod(context);
  const granted = context.grants.find(grant);
  if (granted === undefined) return refuse(context, 404, 'grant_unknown', unknownGrant);
  try {
    const { files, skipped } = await granted.list(request.signal);
    const headers = { 'content-type': 'application/json', [skippedHeader]: String(skipped) };
    return answer(context, 200, JSON.stringify(files), headers);
  } catch {
    return refuse(context, 404, folderUnreadable.error.code, folderUnreadable.error.message);
  }
}

async function pack(request: Request, context: RequestContext, grant: string): Promise<Response> {
  if (request.method !== 'POST') return wrongMethod(context);
  const granted = context.grants.find(grant);
  if (granted === undefined) return refuse(context, 404, 'grant_unknown', unknownGrant);
  const asked = packRequest.safeParse(await readJson(request));
  if (!asked.success) return refuse(context, 400, 'bad_request', 'The list of files is not written as agreed.');
  const { ids, bytes } = asked.data;
  const files: FoundFile[] = [];
  for (const id of ids) {
    const file = granted.find(id);
    if (file === undefined) return refuse(context, 404, 'file_unknown', 'List the folder again: a file is not known.');
    if (Math.min(file.size, bytes ?? Infinity) > largestPackedFile) {
      return refuse(context, 413, 'file_too_large', `${file.name} is larger than 4 GiB.`);
    }
    files.push(file);
  }
  const stream = ReadableStream.from(packFiles(files, bytes));
  return answer(context, 200, stream, { 'content-type': 'application/octet-stream' });
}

async function plan(request: Request, context: RequestContext, id: string, query: URLSearchParams): Promise<Response> {
  if (!planId.safeParse(id).success) return refuse(context, 400, 'bad_request', 'This is not the id of a plan.');
  if (request.method === 'GET') {
    const bytes = await context.plans.read(id);
    if (bytes === null) return refuse(context, 404, 'plan_unknown', 'The plan is not in the store any more.');
    return answer(context, 200, Buffer.from(bytes), { 'content-type': 'application/json' });
  }
  if (request.method !== 'PUT') return wrongMethod(context);
  const bytes = await readBody(request, largestPlan);
  if (bytes === null) return refuse(context, 413, 'plan_too_large', 'The plan is larger than 512 MiB.');
  const title = (query.get('title') ?? '').slice(0, 200);
  const grant = query.get('grant');
  const granted = grant === null ? undefined : context.grants.find(grant);
  if (grant !== null && granted === undefined) return refuse(context, 404, 'grant_unknown', unknownGrant);
  const savedAt = context.now().toISOString();
  await context.plans.save({ id, title: title || 'Plan', savedAt, folder: granted?.folder ?? null }, bytes);
  return answer(context, 204);
}

async function thumbnail(request: Request, context: RequestContext, id: string): Promise<Response> {
  if (!planId.safeParse(id).success) return refuse(context, 400, 'bad_request', 'This is not the id of a plan.');
  const unknown = () => refuse(context, 404, 'plan_unknown', 'The plan is not in the store any more.');
  if (request.method === 'GET') {
    const picture = await context.plans.readThumbnail(id);
    return picture === null ? unknown() : answer(context, 200, Buffer.from(picture), { 'content-type': 'image/png' });
  }
  if (request.method !== 'PUT') return wrongMethod(context);
  const picture = await readBody(request, largestThumbnail);
  if (picture === null || !pngSignature.every((byte, place) => picture[place] === byte)) {
    return refuse(context, 400, 'bad_request', 'A small PNG is stored with a plan, and nothing else.');
  }
  return (await context.plans.saveThumbnail(id, picture)) ? answer(context, 204) : unknown();
}

async function control(request: Request, context: RequestContext, calls: HostApi): Promise<Response> {
  if (request.method !== 'POST') return wrongMethod(context);
  const outcome = await answerHostCall(calls, await readJson(request));
  return answer(context, 200, JSON.stringify(outcome), { 'content-type': 'application/json' });
}

async function page(request: Request, context: RequestContext, path: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return wrongMethod(context);
  const name = path === '/' ? '/index.html' : path;
  const type = mediaTypes[extname(name)];
  const missing = () => refuse(context, 404, 'not_found', 'There is nothing at this address.');
  if (type === undefined) return missing();
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(await readFile(join(context.bundle, name)));
  } catch {
    return missing();
  }
  const body = name.endsWith('.html')
    ? new TextDecoder().decode(bytes).replaceAll(noncePlaceholder, context.nonce)
    : bytes;
  return answer(context, 200, request.method === 'HEAD' ? null : body, { 'content-type': type });
}

async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBody(request, largestCall);
  try {
    return bytes === null ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** The whole body, or null when it is larger than `limit`; rejects when it breaks off, so that half a plan is never stored. */
async function readBody(request: Request, limit: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > limit) return null;
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
