/** What `npm start` was asked for. */
export interface StartFlags {
  readonly selfTest: boolean;
  readonly headless: boolean;
  /** A folder of images to open at once. */
  readonly folder: string | null;
}

/** Reads the words after `npm start --`; a sentence when one is not known. */
export function readFlags(words: readonly string[]): StartFlags | string {
  let flags: StartFlags = { selfTest: false, headless: false, folder: null };
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === '--self-test') flags = { ...flags, selfTest: true };
    else if (word === '--headless') flags = { ...flags, headless: true };
    else if (word === '--folder') {
      const folder = words[++at];
      if (folder === undefined || folder.startsWith('--')) return 'Name the folder after --folder.';
      flags = { ...flags, folder };
    } else return `There is no option ${word}. Known are --self-test, --headless and --folder PATH.`;
  }
  return flags;
}

/** Whether windows can be shown at all. */
export function hasDisplay(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/** What to try, in this order, and the lines that explain it. */
export type Step = 'electron' | 'browser-window' | 'browser-headless' | 'sample-run' | 'no-host';

/** The machine as the choice sees it. */
export interface Machine {
  readonly display: boolean;
  /** Electron's program is there (or has just been fetched). */
  readonly electron: boolean;
  readonly browser: boolean;
}

/** Which hosts to try, best first: the next one is taken when one can not start. The sample run is the end of every row but the self-test's. */
export function chooseHosts({ selfTest, headless }: StartFlags, machine: Machine): readonly Step[] {
  const steps: Step[] = [];
  if (machine.display && machine.electron && !headless) steps.push('electron');
  if (selfTest) steps.push(machine.browser ? 'browser-headless' : 'no-host');
  else if (headless || !machine.display) steps.push('sample-run');
  else steps.push(machine.browser ? 'browser-window' : 'no-host');
  return steps;
}

/** Whether Electron is worth looking for and fetching: not where no window can be shown, nor when a headless run was asked for. */
export function wantsElectron({ headless }: StartFlags, display: boolean): boolean {
  return display && !headless;
}
