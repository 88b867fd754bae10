import { join } from 'node:path';
import { appDataFolder } from './app-data.ts';
import { browsableRoots, createFolderBrowser } from './folder-browser.ts';
import { createGrants } from './grants.ts';
import type { RequestContext } from './handle-request.ts';
import { hostCalls, type HostParts } from './host-calls.ts';
import { openPlanStore } from './plan-store.ts';
import { openRulesStore } from './rules-store.ts';
import { createNonce } from './security-headers.ts';
import { appVersion } from './version.ts';
import type { HostApi } from '../../src/boundary/index.ts';

/** What differs between the hosts. */
export type HostKind =
  | { readonly host: 'browser' }
  | {
      readonly host: 'electron';
      readonly askFolder: () => Promise<string | null>;
      readonly openExternal: (address: string) => Promise<void>;
    };

/** Builds the services of a host: what requests are answered from, its control calls, and its grants (for dropped folders). */
export function createHost(
  projectFolder: string,
  kind: HostKind,
  { dataFolder = appDataFolder(), setUnsaved = () => undefined }: Partial<HostOptions> = {},
): { readonly context: RequestContext; readonly calls: HostApi; readonly dataFolder: string } {
  const grants = createGrants();
  const plans = openPlanStore(join(dataFolder, 'plans'));
  const inBrowser = kind.host === 'browser';
  const calls = hostCalls({
    about: { host: kind.host, version: appVersion(projectFolder), nativeDialogs: !inBrowser },
    grants,
    plans,
    rules: openRulesStore(dataFolder),
    folders: inBrowser ? createFolderBrowser(browsableRoots(process.cwd())) : null,
    askFolder: inBrowser ? null : kind.askFolder,
    openExternal: inBrowser ? null : kind.openExternal,
    sampleFolder: join(projectFolder, 'sample-dicom', 'ct'),
    setUnsaved,
  });
  const bundle = join(projectFolder, 'dist', 'renderer');
  const nonce = createNonce();
  const context = { grants, plans, bundle, nonce, calls: inBrowser ? calls : null, now: () => new Date() };
  return { context, calls, dataFolder };
}

/** Where the app's data lies, and who is told of unsaved work. */
export interface HostOptions {
  readonly dataFolder: string;
  readonly setUnsaved: HostParts['setUnsaved'];
}
