import type { SelfTestChecks, SelfTestReport } from '../../src/boundary/index.ts';
import { selfTestProgram, selfTestReport, withSelfTestCase } from '../services/index.ts';
import type { AppWindow, GrantFolder } from './main.ts';

/** Runs the self-test in a loaded window of Electron. */
export async function selfTestInElectron(window: AppWindow, grantFolder: GrantFolder): Promise<SelfTestReport> {
  const run = async (program: string) => (await window.webContents.executeJavaScript(program)) as SelfTestChecks;
  return selfTestReport('electron', await withSelfTestCase(grantFolder, (prepared) => run(selfTestProgram(prepared))));
}
