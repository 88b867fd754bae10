import type { SelfTestChecks, SelfTestReport } from '../../src/boundary/index.ts';
import { selfTestProgram, selfTestReport, withSelfTestCase } from '../services/index.ts';
import { withHeadlessPage } from './headless-page.ts';

/** Runs the self-test on the loopback host in an installed browser without a window. */
export function selfTestInBrowser(projectFolder: string, browser: string): Promise<SelfTestReport> {
  return withHeadlessPage(projectFolder, browser, 'self-test', async (page, context) => {
    // Straight over the debugging protocol: Playwright's own evaluate uses `eval`, which the page's policy forbids.
    const debugging = await page.context().newCDPSession(page);
    const run = async (expression: string) => {
      const { result, exceptionDetails } = await debugging.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value as SelfTestChecks;
    };
    const checks = await withSelfTestCase(context.grants.give, (prepared) => run(selfTestProgram(prepared)));
    return selfTestReport('browser', checks);
  });
}
