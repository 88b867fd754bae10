import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** A task of the page's main thread: milliseconds by the clock and of the thread's own processor time, and what the latter went into. */
export interface Task {
  readonly took: number;
  readonly worked: number;
  /** Opening of WebGL, its calls, copies of its pictures, and the browser's painting and compositing. */
  readonly drawing: number;
  /** Style and layout. */
  readonly layout: number;
  /** Collecting garbage. */
  readonly garbage: number;
}

/** The processor time of a task that was not drawing, ms. */
export function besideDrawing({ worked, drawing }: Task): number {
  return worked - drawing;
}

/** The event that WebGL calls are made in; see `nameDrawing`. */
const drawingEvent = 'drawing-itself';

/**
 * Runs in the page before anything else: WebGL calls that carry data or wait for pictures, and copies of WebGL canvases, are made inside
 * an event of this name. An event of an element is a section of its own in the trace, with its own processor time.
 */
function nameDrawing(name: string): void {
  const flat = new WeakSet<HTMLCanvasElement>();
  // Before the page itself there is no element but one that we make.
  const calls = document.createElement('i');
  let call: (() => unknown) | null = null;
  let answer: unknown = null;
  calls.addEventListener(name, () => {
    answer = call?.();
  });
  const asDrawing = (work: () => unknown): unknown => {
    call = work;
    calls.dispatchEvent(new Event(name));
    const given = answer;
    call = null;
    answer = null;
    return given;
  };
  const named = (owner: object, method: string, isDrawing: (argument: unknown) => boolean): void => {
    const own = Object.getOwnPropertyDescriptor(owner, method)?.value as ((...args: unknown[]) => unknown) | undefined;
    if (typeof own !== 'function') return;
    Reflect.set(owner, method, function (this: unknown, ...args: unknown[]): unknown {
      if (!isDrawing(args[0])) return own.apply(this, args);
      return asDrawing(() => own.apply(this, args));
    });
  };
  const gl = WebGL2RenderingContext.prototype;
  for (const method of Object.getOwnPropertyNames(gl)) {
    if (
      /^(draw|tex|buffer|clear$|compile|link|getProgram|getShader|readPixels|finish|flush|get(Error|Parameter)$)/.test(
        method,
      )
    )
      named(gl, method, () => true);
  }
  // A canvas that was never given a 2D context is a WebGL one.
  named(
    CanvasRenderingContext2D.prototype,
    'drawImage',
    (source) => source instanceof HTMLCanvasElement && !flat.has(source),
  );
  const getContext = Reflect.get(HTMLCanvasElement.prototype, 'getContext') as (
    kind: string,
    ...more: unknown[]
  ) => unknown;
  Reflect.set(
    HTMLCanvasElement.prototype,
    'getContext',
    function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
      if (kind === '2d') flat.add(this);
      return kind === '2d'
        ? getContext.call(this, kind, ...more)
        : asDrawing(() => getContext.call(this, kind, ...more));
    },
  );
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } };
}

/** Names drawing in every page that `page` shows from its next loading on. */
export async function prepareForTraces(page: Page): Promise<void> {
  // tsx marks functions with this when it compiles them; the page does not know it.
  await page.addInitScript('globalThis.__name = (one) => one;');
  await page.addInitScript(nameDrawing, drawingEvent);
}

/**
 * Every task of the page's main thread while `act` runs, from the browser's own trace. With REMNANT_TRACES the trace itself, with samples
 * of every function, stays in that folder for a browser's performance panel. Throws when the trace has no processor times.
 */
export async function tasksDuring(page: Page, name: string, act: () => Promise<void>): Promise<readonly Task[]> {
  const browser = page.context().browser()!;
  const folder = process.env['REMNANT_TRACES'];
  const categories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', '__metadata'];
  if (folder !== undefined) categories.push('disabled-by-default-v8.cpu_profiler');
  await browser.startTracing(page, { categories });
  await act();
  const trace = (await browser.stopTracing()).toString();
  if (folder !== undefined) writeFileSync(join(folder, `${name.replaceAll(/\W+/g, '-')}.json`), trace);
  return tasksOf((JSON.parse(trace) as { traceEvents: TraceEvent[] }).traceEvents);
}

const painting = new Set(['Paint', 'PrePaint', 'Layerize', 'Commit', 'UpdateLayer', 'CompositeLayers']);
const laying = new Set(['UpdateLayoutTree', 'Layout']);

function tasksOf(events: readonly TraceEvent[]): readonly Task[] {
  const main = mainThread(events);
  const all = events.filter((event) => event.ph === 'X' && event.pid === main.pid && event.tid === main.tid);
  // Starting the profiler, when traces are kept, is no work of the page.
  const profiler = all.find(({ name }) => name === 'CpuProfiler::StartProfiling');
  const isOurs = ({ ts, dur = 0 }: TraceEvent): boolean =>
    profiler === undefined || profiler.ts < ts || profiler.ts > ts + dur;
  const tasks = all
    .filter((event) => event.name === 'RunTask' && isOurs(event))
    .sort((one, other) => one.ts - other.ts);
  if (tasks.length > 0 && tasks.every(({ tdur }) => tdur === undefined))
    throw new Error('This browser measures no processor time of its threads');
  const sums = tasks.map(() => ({ drawing: 0, layout: 0, garbage: 0 }));
  for (const event of outermost(all.filter((one) => kindOf(one) !== null))) {
    const sum = sums[taskAround(tasks, event.ts)];
    if (sum !== undefined) sum[kindOf(event)!] += (event.tdur ?? 0) / 1000;
  }
  return tasks.map(({ dur = 0, tdur = 0 }, place) => ({ took: dur / 1000, worked: tdur / 1000, ...sums[place]! }));
}

function kindOf({ name, args }: TraceEvent): 'drawing' | 'layout' | 'garbage' | null {
  if (name === 'EventDispatch') return args?.data?.type === drawingEvent ? 'drawing' : null;
  if (painting.has(name)) return 'drawing';
  if (laying.has(name)) return 'layout';
  return name === 'MinorGC' || name === 'MajorGC' ? 'garbage' : null;
}

/** Sections that lie in no other of the list: none is counted twice. */
function outermost(events: readonly TraceEvent[]): readonly TraceEvent[] {
  let end = -Infinity;
  return [...events]
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      if (ts < end) return false;
      end = ts + dur;
      return true;
    });
}

/** The place of the task that runs at a moment: the last that began before it. */
function taskAround(tasks: readonly TraceEvent[], at: number): number {
  let [low, high] = [0, tasks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tasks[middle]!.ts <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The page's main thread: of the renderers' main threads (there may be a spare one) the one that worked most. */
function mainThread(events: readonly TraceEvent[]): { readonly pid: number; readonly tid: number } {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const work = ({ pid, tid }: TraceEvent): number =>
    events
      .filter((event) => event.name === 'RunTask' && event.pid === pid && event.tid === tid)
      .reduce((sum, { dur = 0 }) => sum + dur, 0);
  const [most] = threads.map((thread) => ({ thread, work: work(thread) })).sort((one, other) => other.work - one.work);
  if (most === undefined) throw new Error('The trace names no main thread of a page');
  return most.thread;
}
