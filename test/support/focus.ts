import type { App } from './app.ts';

/** The control that has the focus. */
export interface FocusStop {
  /** Its accessible words, or its kind; null when no control has the focus. */
  readonly name: string | null;
  /** Why its ring can not be seen; null when it can. */
  readonly trouble: string | null;
  /** Whether it had the focus before, since the walk began. */
  readonly isAgain: boolean;
}

/**
 * Looks at the focused control in the page: a ring in the accent colour is drawn by it or by the label around it, nothing that scrolls
 * or hides cuts the ring off, and nothing lies over the control.
 */
const look = `(() => {
  const at = document.activeElement;
  const seen = (globalThis.focusSeen ??= new Set());
  if (at === null || at === document.body) return { name: null, trouble: null, isAgain: false };
  // A date is one control of several stops; where nothing else can have it, the focus stays.
  globalThis.focusStays = at === globalThis.focusLast ? globalThis.focusStays + 1 : 0;
  const isAgain = seen.has(at) && (globalThis.focusStays === 0 || globalThis.focusStays > 6);
  globalThis.focusLast = at;
  seen.add(at);
  const words = at.getAttribute('aria-label') ?? at.textContent.trim();
  const name = at.tagName.toLowerCase() + ' ' + (words || at.labels?.[0]?.textContent || at.className).slice(0, 60);
  const probe = document.createElement('i');
  probe.style.color = getComputedStyle(document.documentElement).getPropertyValue('--accent');
  document.body.append(probe);
  const accent = getComputedStyle(probe).color;
  probe.remove();
  const ringOf = (one) => {
    const { boxShadow, outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(one);
    const over = getComputedStyle(one, '::after');
    if (over.content !== 'none' && over.borderTopColor === accent && parseFloat(over.borderTopWidth) > 1.5) return 0;
    if (boxShadow.includes(accent)) return boxShadow.includes('inset') ? 0 : 3;
    if (outlineStyle === 'none' || outlineColor !== accent || parseFloat(outlineWidth) < 1.5) return null;
    return Math.max(0, parseFloat(outlineOffset) + 1);
  };
  const label = at.closest('label');
  const drawn = [at, ...(label === null ? [] : [label])].find(
    (one) => ringOf(one) !== null && getComputedStyle(one).clipPath === 'none',
  );
  if (drawn === undefined) return { name, trouble: 'no ring is drawn', isAgain };
  const reach = ringOf(drawn);
  const box = drawn.getBoundingClientRect();
  const ring = { left: box.left - reach, top: box.top - reach, right: box.right + reach, bottom: box.bottom + reach };
  const cutBy = (other, who) => {
    const sides = ['left', 'top'].filter((side) => ring[side] < other[side] - 0.5);
    sides.push(...['right', 'bottom'].filter((side) => ring[side] > other[side] + 0.5));
    return sides.length === 0 ? null : 'cut off at the ' + sides.join(' and ') + ' by ' + who;
  };
  let trouble = cutBy({ left: 0, top: 0, right: innerWidth, bottom: innerHeight }, 'the window');
  const isFixed = (one) => getComputedStyle(one).position === 'fixed';
  for (let up = drawn; up.parentElement !== null && !isFixed(up) && trouble === null; ) {
    up = up.parentElement;
    const { overflowX, overflowY } = getComputedStyle(up);
    if (overflowX === 'visible' && overflowY === 'visible') continue;
    const outer = up.getBoundingClientRect();
    const [left, top] = [outer.left + up.clientLeft, outer.top + up.clientTop];
    trouble = cutBy({ left, top, right: left + up.clientWidth, bottom: top + up.clientHeight }, up.className || up.tagName);
  }
  if (trouble === null) {
    const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    if (top !== null && !drawn.contains(top) && !top.contains(drawn)) trouble = 'covered by ' + (top.className || top.tagName);
  }
  return { name, trouble, isAgain };
})()`;

/** The control that has the focus now, and whether its ring is seen whole. */
export async function focusedNow(app: App): Promise<FocusStop> {
  return (await app.ask(look)) as FocusStop;
}

/** Presses Tab until every control of the page, or of the sheet over it, has had the focus once: their names, and what was wrong. */
export async function walkFocus(app: App): Promise<{ readonly names: string[]; readonly troubles: string[] }> {
  await app.ask('globalThis.focusSeen = new Set(); globalThis.focusLast = null');
  const [names, troubles]: [string[], string[]] = [[], []];
  for (let presses = 0; presses < 400; presses += 1) {
    await app.page.keyboard.press('Tab');
    const { name, trouble, isAgain } = await focusedNow(app);
    if (isAgain) return { names, troubles };
    if (name === null) continue;
    names.push(name);
    if (trouble !== null) troubles.push(`${name}: ${trouble}`);
  }
  throw new Error('The focus never comes round');
}
