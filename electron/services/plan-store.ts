import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { planId } from '../../src/boundary/index.ts';
import { privateFolder } from './app-data.ts';
import { writeWhole } from './write-whole.ts';

/** What the store remembers of a plan beside its bytes. */
export interface StoredPlan {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly savedAt: string;
  /** The folder it was planned on, when known. */
  readonly folder: string | null;
}

/** Plan files in the app's data folder. Every write is whole or does not happen; writes follow one another. */
export interface PlanStore {
  readonly save: (plan: StoredPlan, bytes: Uint8Array) => Promise<void>;
  /** The bytes of a plan, or null when there is none. */
  readonly read: (id: string) => Promise<Uint8Array | null>;
  /** Newest first, each with whether a picture is stored with it. */
  readonly list: () => Promise<readonly (StoredPlan & { readonly hasThumbnail: boolean })[]>;
  /** Stores the small picture of a plan, a PNG; false when the plan is not in the store. It goes when the plan is forgotten. */
  readonly saveThumbnail: (id: string, png: Uint8Array) => Promise<boolean>;
  readonly readThumbnail: (id: string) => Promise<Uint8Array | null>;
  readonly forget: (id: string) => Promise<void>;
}

const pictureSuffix = '.thumbnail.png';
const suffix = '.remnant-plan.json';
const indexSchema = z.array(
  z.strictObject({ id: planId, title: z.string(), savedAt: z.iso.datetime(), folder: z.string().nullable() }),
);

/** Opens the store in `folder`, which is made when absent. The plan files are the truth; the index only names them. */
export function openPlanStore(folder: string): PlanStore {
  privateFolder(folder);
  const fileOf = (id: string) => join(folder, planId.parse(id) + suffix);
  const pictureOf = (id: string) => join(folder, planId.parse(id) + pictureSuffix);
  const indexFile = join(folder, 'index.json');
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(task: () => Promise<Value>): Promise<Value> => {
    const mine = last.then(task);
    last = mine.catch(() => undefined);
    return mine;
  };

  const readIndex = async (): Promise<readonly StoredPlan[]> => {
    try {
      return indexSchema.parse(JSON.parse(await readFile(indexFile, 'utf8')));
    } catch {
      // Absent, or spoilt by another program: the plans themselves are still listed.
      return [];
    }
  };
  const writeIndex = (plans: readonly StoredPlan[]) =>
    writeWhole(indexFile, `${JSON.stringify(plans, null, 2)}\n`, 0o600);

  const list = async (): Promise<readonly (StoredPlan & { readonly hasThumbnail: boolean })[]> => {
    const named = new Map((await readIndex()).map((plan) => [plan.id, plan]));
    const plans: (StoredPlan & { readonly hasThumbnail: boolean })[] = [];
    const names = await readdir(folder);
    for (const name of names) {
      const id = name.slice(0, -suffix.length);
      if (!name.endsWith(suffix) || !planId.safeParse(id).success) continue;
      const facts = await stat(join(folder, name)).catch(() => null);
      if (facts === null) continue;
      const plan = named.get(id) ?? { id, title: 'Plan', savedAt: facts.mtime.toISOString(), folder: null };
      plans.push({ ...plan, hasThumbnail: names.includes(id + pictureSuffix) });
    }
    return plans.sort((a, b) => (a.savedAt < b.savedAt ? 1 : a.savedAt > b.savedAt ? -1 : a.id < b.id ? -1 : 1));
  };

  /** As the index has them: whether there is a picture is seen, not remembered. */
  const stored = async (): Promise<readonly StoredPlan[]> =>
    (await list()).map(({ id, title, savedAt, folder: own }) => ({ id, title, savedAt, folder: own }));

  return {
    saveThumbnail: (id, png) =>
      inTurn(async () => {
        if ((await stat(fileOf(id)).catch(ifAbsent)) === null) return false;
        await writeWhole(pictureOf(id), png, 0o600);
        return true;
      }),
    readThumbnail: (id) => readFile(pictureOf(id)).catch(ifAbsent),
    save: (plan, bytes) =>
      inTurn(async () => {
        await writeWhole(fileOf(plan.id), bytes, 0o600);
        await writeIndex([plan, ...(await stored()).filter(({ id }) => id !== plan.id)]);
      }),
    read: (id) => readFile(fileOf(id)).catch(ifAbsent),
    list: () => inTurn(list),
    forget: (id) =>
      inTurn(async () => {
        await rm(fileOf(id), { force: true });
        await rm(pictureOf(id), { force: true });
        await writeIndex((await stored()).filter((plan) => plan.id !== id));
      }),
  };
}

function ifAbsent(trouble: unknown): null {
  if ((trouble as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw trouble;
}
