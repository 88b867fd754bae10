import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isCited, readDepartmentRules } from '../../src/assessment/index.ts';
import { hostCall, hostRequests, type About, type Grant, type HostApi } from '../../src/boundary/index.ts';
import { failure, success, type Outcome } from '../../src/volume/index.ts';
import type { FolderBrowser } from './folder-browser.ts';
import type { Grants } from './grants.ts';
import type { PlanStore } from './plan-store.ts';
import type { RulesStore } from './rules-store.ts';

/** What the calls of the control plane work on. */
export interface HostParts {
  readonly about: About;
  readonly grants: Grants;
  readonly plans: PlanStore;
  readonly rules: RulesStore;
  /** Null where folders come from a native dialog. */
  readonly folders: FolderBrowser | null;
  /** Asks for a folder with a native dialog (null = cancelled); null where there is none. */
  readonly askFolder: (() => Promise<string | null>) | null;
  /** Opens an address in the user's own browser; null where the page is in one. */
  readonly openExternal: ((address: string) => Promise<void>) | null;
  /** The folder of the sample case's images. */
  readonly sampleFolder: string;
  readonly setUnsaved: (unsaved: boolean) => void;
}

/** The control plane of every host. */
export function hostCalls(parts: HostParts): HostApi {
  const { about, grants, plans, rules, folders, askFolder } = parts;
  const sample = async (folder: string): Promise<Outcome<Grant>> =>
    existsSync(folder)
      ? grants.give(folder)
      : failure('no_sample', 'The sample case is not part of this installation.');
  const noBrowser = failure('no_folder_browser', 'Here folders are chosen with the dialog of the system.');
  return {
    about: () => Promise.resolve(success(about)),
    chooseFolder: async () => {
      if (askFolder === null) return failure('no_native_dialogs', 'Here folders are chosen inside the page.');
      const folder = await askFolder();
      return folder === null ? success(null) : grants.give(folder);
    },
    listFolder: async ({ path }) => (folders === null ? noBrowser : folders.list(path)),
    grantFolder: async ({ path }) => {
      const folder = folders === null ? noBrowser : await folders.locate(path);
      return folder.ok ? grants.give(folder.value) : folder;
    },
    openSample: () => sample(parts.sampleFolder),
    openSampleMasks: () => sample(dirname(parts.sampleFolder)),
    recentPlans: async () => {
      const found = await plans.list();
      const granted = async (folder: string | null): Promise<Grant | null> => {
        const grant = folder === null ? null : await grants.give(folder);
        return grant?.ok === true ? grant.value : null;
      };
      return success(
        await Promise.all(
          found.map(async ({ folder, ...plan }) => ({
            ...plan,
            folder: await granted(folder),
            folderName: folder === null ? null : basename(folder) || folder,
          })),
        ),
      );
    },
    forgetPlan: async ({ id }) => {
      await plans.forget(id);
      return success(null);
    },
    keptRules: () => rules.read(),
    keepRules: async ({ text }) => {
      const read = readDepartmentRules(text);
      if (!read.ok) return read;
      await rules.keep(text);
      return success(null);
    },
    forgetRules: async () => {
      await rules.forget();
      return success(null);
    },
    openAddress: async ({ address }) => {
      if (!isCited(address)) return failure('address_unknown', 'This address is not one that the rules cite.');
      const { openExternal } = parts;
      if (openExternal === null) return failure('page_opens_addresses', 'Here the page opens addresses itself.');
      await openExternal(address);
      return success(null);
    },
    setUnsaved: ({ unsaved }) => {
      parts.setUnsaved(unsaved);
      return Promise.resolve(success(null));
    },
  };
}

/**
 * Answers one call as it arrived: checked against its schema first, always an outcome. A bug is logged by its kind only (messages and
 * stacks hold paths and names of patients) and told to the page without details.
 */
export async function answerHostCall(api: HostApi, received: unknown): Promise<Outcome<unknown>> {
  const call = hostCall.safeParse(received);
  if (!call.success) return failure('unknown_call', 'The host does not know this call.');
  const { name } = call.data;
  const request = hostRequests[name].safeParse(call.data.request);
  if (!request.success) return failure('bad_request', `The call ${name} was not made as agreed.`);
  try {
    // The schema table is checked against HostApi, entry by entry, where it is written.
    return await (api[name] as (request: unknown) => Promise<Outcome<unknown>>)(request.data);
  } catch (bug) {
    const { code } = bug as NodeJS.ErrnoException;
    const kind = bug instanceof Error ? bug.name : 'unknown';
    console.error(`remnant: the call ${name} failed (${[kind, code].filter(Boolean).join(' ')})`);
    return failure('host_failed', 'The host could not do this. Free disk space and permissions are the usual causes.');
  }
}
