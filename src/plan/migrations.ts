type StoredFile = Readonly<Record<string, unknown>>;

/** One step per version: entry n lifts a file of version n + 1 to version n + 2. There is one version so far, so there is no step. */
const steps: readonly ((file: StoredFile) => StoredFile)[] = [];

/** The version that is written, and the newest that is read. */
export const newestVersion = steps.length + 1;

/** Lifts a parsed plan file of `version` to the newest one, step by step. */
export function migrate(file: StoredFile, version: number): StoredFile {
  return steps.slice(version - 1).reduce((lifted, step) => step(lifted), file);
}
