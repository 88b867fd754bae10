import { selfTestFunction, type SelfTestChecks, type SelfTestReport } from '../../src/boundary/index.ts';
import { selfTestReport, withSelfTestCase } from '../services/index.ts';
import type { AppWindow, GrantFolder } from './main.ts';

/** Runs the self-test in a loaded window of Electron. */
export async function selfTestInElectron(window: AppWindow, grantFolder: GrantFolder): Promise<SelfTestReport> {
  const checks = await withSelfTestCase(grantFolder, async (prepared) => {
    // The page offers its self-test once its own script has run, which may be a moment after loading.
    const program = `new Promise((resolve, reject) => {
      const since = Date.now();
      const look = () => {
        const run = window.${selfTestFunction};
        if (run) run(${JSON.stringify(prepared)}).then(resolve, reject);
        else if (Date.now() - since > 20000) reject(new Error('The page offers no self-test'));
        else setTimeout(look, 50);
      };
      look();
    })`;
    return (await window.webContents.executeJavaScript(program)) as SelfTestChecks;
  });
  return selfTestReport('electron', checks);
}
