/** A screen, as the page has it: CSS pixels, and device pixels to each of them. */
export interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

export type Theme = 'dark' | 'light';

/** One picture of a state. */
export interface Shot {
  readonly screen: Screen;
  readonly theme: Theme;
}

/** Scaling of the system leaves the page fewer CSS pixels: 1366 × 768 at 200 % are 683 × 384. */
function scaled(width: number, height: number, percent: number): Screen {
  const scale = percent / 100;
  const name = percent === 100 ? `${width}x${height}` : `${width}x${height}-at-${percent}`;
  return { name, width: Math.round(width / scale), height: Math.round(height / scale), scale };
}

const laptop = scaled(1366, 768, 100);
const laptop150 = scaled(1366, 768, 150);
const laptop200 = scaled(1366, 768, 200);
const desk = scaled(1920, 1080, 100);
const desk150 = scaled(1920, 1080, 150);
const desk200 = scaled(1920, 1080, 200);
const wide = scaled(2560, 1440, 100);
const vast = scaled(3840, 2160, 100);
const vast200 = scaled(3840, 2160, 200);
/** No screen: high enough for a long page to be seen as a whole. */
const sheet: Screen = { name: 'sheet', width: 1366, height: 2600, scale: 1 };

const dark = (...screens: readonly Screen[]): readonly Shot[] => screens.map((screen) => ({ screen, theme: 'dark' }));
const light = (...screens: readonly Screen[]): readonly Shot[] => screens.map((screen) => ({ screen, theme: 'light' }));

/** A main screen: every size and scaling. */
export const everywhere = [
  ...dark(laptop, laptop150, laptop200, desk, desk150, desk200, wide, vast, vast200),
  ...light(laptop, desk),
];
/** A screen of its own, but like another: the smallest, the usual and the largest. */
export const most = [...dark(laptop, laptop200, desk, desk200, vast), ...light(laptop)];
/** A state of a screen. */
export const usual = [...dark(laptop, desk), ...light(laptop)];
/** A dialog or menu: it must fit the smallest page as well. */
export const small = [...dark(laptop, laptop200), ...light(laptop)];
/** What looks the same on every screen. */
export const once = dark(laptop);
/** A long page: as seen, and as a whole. */
export const long = [...most, ...dark(sheet)];
/** A state of a long page. */
export const longOnce = dark(laptop, sheet);

/** The screens on which a layout breaks first: the smallest, those of few CSS pixels, and the largest without scaling. */
export const layoutScreens: readonly Screen[] = [laptop, laptop150, laptop200, desk200, vast];
