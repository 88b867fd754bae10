/** What the host prepares for a self-test: a granted folder of known bytes. */
export interface SelfTestCase {
  readonly grant: string;
  /** Length of the whole packed answer, and its SHA-256 in hexadecimal. */
  readonly packedBytes: number;
  readonly packedDigest: string;
}

/** What the page found, by check. */
export interface SelfTestChecks {
  /** The page may share memory with its worker. */
  readonly isolated: boolean;
  /** The compute worker answers, having read the folder itself. */
  readonly worker: boolean;
  /** The host answers a control call, and refuses a wrong one. */
  readonly rpc: boolean;
  /** The packed folder arrives byte for byte. */
  readonly data: boolean;
  /** A plan file comes back as it was stored, and is listed. */
  readonly plan: boolean;
}

/** The page's function that runs the checks, on `window` when the address asks for it (`#self-test`). */
export const selfTestFunction = 'remnantSelfTest';

/** What `npm start -- --self-test` prints. */
export interface SelfTestReport {
  readonly ok: boolean;
  readonly host: 'electron' | 'browser' | 'none';
  readonly checks: Partial<SelfTestChecks>;
  /** The likely cause in words, when something failed. */
  readonly causes: readonly string[];
}
