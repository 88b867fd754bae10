import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  selfTestFunction,
  type SelfTestCase,
  type SelfTestChecks,
  type SelfTestReport,
} from '../../src/boundary/index.ts';
import type { Outcome } from '../../src/volume/index.ts';

const fileCount = 70;
const fileBytes = 1 << 20;

/** Makes 70 MB of known bytes in a temporary folder, lets `run` work on them, and takes them away again. */
export async function withSelfTestCase<Answer>(
  grantFolder: (folder: string) => Promise<Outcome<{ readonly grant: string }>>,
  run: (prepared: SelfTestCase) => Promise<Answer>,
): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'remnant-self-test-'));
  try {
    const digest = createHash('sha256');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(fileBytes);
    for (let n = 0; n < fileCount; n++) {
      const bytes = Buffer.alloc(fileBytes, `file ${n} of the self-test; `);
      digest.update(length).update(bytes);
      await writeFile(join(folder, `${n}.bin`), bytes);
    }
    const granted = await grantFolder(folder);
    if (!granted.ok) throw new Error(granted.error.message);
    return await run({
      grant: granted.value.grant,
      packedBytes: fileCount * (fileBytes + 4),
      packedDigest: digest.digest('hex'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The program a host runs in the page: waits until the page offers its self-test (its script may still load), then runs it. */
export function selfTestProgram(prepared: SelfTestCase): string {
  return `new Promise((resolve, reject) => {
    const since = Date.now();
    const look = () => {
      const run = window.${selfTestFunction};
      if (run) run(${JSON.stringify(prepared)}).then(resolve, reject);
      else if (Date.now() - since > 60000) reject(new Error('The page offers no self-test'));
      else setTimeout(look, 50);
    };
    look();
  })`;
}

const causes: { readonly [Check in keyof SelfTestChecks]: string } = {
  isolated: 'The page is not cross-origin isolated, so it can not share memory with its worker.',
  worker: 'The compute worker does not answer.',
  rpc: 'The control calls do not reach the host.',
  data: 'The bytes of a folder do not arrive as they are.',
  plan: 'A plan can not be stored and read again: look at free space and permissions of the app’s data folder.',
};

/** The report of a self-test. Says the known cause when Electron breaks the isolation. */
export function selfTestReport(host: 'electron' | 'browser', checks: SelfTestChecks): SelfTestReport {
  const failed = (Object.keys(causes) as (keyof SelfTestChecks)[]).filter((check) => !checks[check]);
  return {
    ok: failed.length === 0,
    host,
    checks,
    causes: failed.map((check) =>
      check === 'isolated' && host === 'electron'
        ? `${causes.isolated} The known cause is Electron’s fuse grantFileProtocolExtraPrivileges: turn it off.`
        : causes[check],
    ),
  };
}
