/**
 * What is wrong with the layout of the page as it stands, found in the page itself: texts that lie on one another, texts cut off, controls
 * that can not be reached, controls that lie under something, and pages that scroll sideways.
 */

interface Text {
  readonly element: Element;
  readonly words: string;
  /** The lines as laid out, and those as far as they are in sight. */
  readonly lines: readonly Box[];
  readonly shown: readonly Box[];
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const controls =
  'button, input, select, textarea, summary, a[href], [tabindex="0"], [role="tab"], [role="menuitem"], [role="option"]';
/** Labels that must stay on one line. */
const oneLine = '.control-button > span, .workflow-step > *, .assessment-tab, .structures-text, .structures-volume';

/** Every fault as a sentence, none twice. */
export function find(): readonly string[] {
  const texts = readTexts();
  return [
    ...new Set([
      ...crossings(texts),
      ...cutTexts(texts),
      ...brokenTexts(texts),
      ...brokenLabels(),
      ...unreachable(),
      ...covered(),
      ...sideways(),
      ...misset(texts),
    ]),
  ];
}

/** A figure by itself, with its unit or its range. */
const figure = /^[<>≥≤+−]? ?\d+(\.\d+)?(–\d+(\.\d+)?)?( (mL|%|mm|cm|HU))?$/;

/** Figures without digits of one width, and words whose hyphens have that width too. */
function misset(texts: readonly Text[]): readonly string[] {
  return texts.flatMap(({ element, words }) => {
    const isTabular = getComputedStyle(element).fontVariantNumeric.includes('tabular-nums');
    const isAlone = element.textContent.trim() === words && element.closest('a') === null;
    if (!isTabular && isAlone && figure.test(words)) return [`The figure “${words}” has no tabular digits`];
    return isTabular && /\p{L}-\p{L}/u.test(words) ? [`The words “${words}” have hyphens as wide as digits`] : [];
  });
}

/** Whether it is there for eyes: what is told to screen readers alone is kept in a box of one pixel. */
function isShown(element: Element): boolean {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    if (clips(at) && at.getBoundingClientRect().width <= 1) return false;
  }
  return true;
}

function boxOf({ left, top, right, bottom }: Box): Box {
  return { left, top, right, bottom };
}

function shared(a: Box, b: Box): Box | null {
  const box = {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
  return box.right > box.left && box.bottom > box.top ? box : null;
}

/** The ancestors that hold an element, up to the one that lifts it out of the page. */
function holders(element: Element): readonly Element[] {
  const found: Element[] = [];
  let at: Element | null = element;
  while (at !== null && getComputedStyle(at).position !== 'fixed') {
    at = at.parentElement;
    if (at !== null) found.push(at);
  }
  return found;
}

function clips(element: Element): boolean {
  const { overflowX, overflowY, display } = getComputedStyle(element);
  return display !== 'contents' && !(overflowX === 'visible' && overflowY === 'visible');
}

/** The part of a box that its clipping ancestors leave in sight; null when nothing is left. */
function inSight(box: Box | null, element: Element): Box | null {
  let left = box;
  for (const holder of holders(element)) {
    if (left === null || holder === document.body || holder === document.documentElement) break;
    if (clips(holder)) left = shared(left, holder.getBoundingClientRect());
  }
  return left === null ? null : shared(left, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
}

/** What lies above the page by intent: nothing in one layer is held against another. */
function layerOf(element: Element): Element | null {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    if (['fixed', 'sticky'].includes(getComputedStyle(at).position) || at.getAttribute('role') === 'tooltip') return at;
  }
  return null;
}

function readTexts(): readonly Text[] {
  const found: Text[] = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const element = node.parentElement;
    const words = (node.nodeValue ?? '').replace(/\s+/g, ' ').trim();
    if (words === '' || element === null || ['OPTION', 'SCRIPT', 'STYLE'].includes(element.tagName)) continue;
    if (!isShown(element)) continue;
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0).map(boxOf);
    const shown = lines.flatMap(
      (line) => inSight(clips(element) ? shared(line, element.getBoundingClientRect()) : line, element) ?? [],
    );
    found.push({ element, words, lines, shown });
  }
  return found;
}

function name(element: Element): string {
  const label = element.getAttribute('aria-label') ?? element.textContent.replace(/\s+/g, ' ').trim();
  const kind = element.className;
  const known = typeof kind === 'string' && kind !== '' ? `.${kind.split(' ')[0]!}` : '';
  return `<${element.tagName.toLowerCase()}${known}> “${label.slice(0, 60)}”`;
}

/** A line without the room above and below its letters, where neighbours may reach in. */
function letters({ left, top, right, bottom }: Box): Box {
  const room = (bottom - top) * 0.22;
  return { left: left + 0.5, top: top + room, right: right - 0.5, bottom: bottom - room };
}

function crossings(texts: readonly Text[]): readonly string[] {
  const lines = texts.flatMap(({ element, words, shown }) =>
    shown.map((line) => ({ element, words, box: letters(line), layer: layerOf(element) })),
  );
  lines.sort((a, b) => a.box.top - b.box.top);
  const found: string[] = [];
  lines.forEach((one, at) => {
    for (let next = at + 1; next < lines.length && lines[next]!.box.top < one.box.bottom; next += 1) {
      const other = lines[next]!;
      if (one.layer !== other.layer || one.element === other.element) continue;
      if (shared(one.box, other.box) !== null) found.push(`“${one.words}” lies on “${other.words}”`);
    }
  });
  return found;
}

/** Whether all the words can be read elsewhere: as a hint of the element or of what holds it. */
function isTold(element: Element, words: string): boolean {
  const plain = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim();
  return [element, ...holders(element)].some((one) => plain(one.getAttribute('title')).includes(words));
}

function cutTexts(texts: readonly Text[]): readonly string[] {
  const found: string[] = [];
  for (const { element, words, lines } of texts) {
    if (isTold(element, words)) continue;
    for (const line of lines) {
      const holder = holders(element).find((one) => isCutBy(letters(line), one));
      if (holder !== undefined || isCutBy(letters(line), element)) found.push(`“${words}” is cut off`);
    }
  }
  for (const field of document.querySelectorAll<HTMLElement>('select, input:not([type])')) {
    if (!isShown(field)) continue;
    const { font, paddingLeft, paddingRight } = getComputedStyle(field);
    const pen = document.createElement('canvas').getContext('2d')!;
    pen.font = font;
    const isSelect = field instanceof HTMLSelectElement;
    const words = isSelect ? (field.selectedOptions[0]?.text ?? '') : (field as HTMLInputElement).value;
    // The arrow of a list takes its place at the right.
    const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - (isSelect ? 18 : 0);
    if (pen.measureText(words).width > room + 1 && !isTold(field, words))
      found.push(`“${words}” is cut off in its field`);
  }
  return found;
}

/** Whether an element that does not scroll cuts a part of the box away. */
function isCutBy(box: Box, element: Element): boolean {
  if (element === document.body || element === document.documentElement || !clips(element)) return false;
  const { overflowX, overflowY } = getComputedStyle(element);
  const edge = element.getBoundingClientRect();
  const isStill = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
  const cutAcross = isStill(overflowX) && (box.right > edge.right + 1 || box.left < edge.left - 1);
  const cutDown = isStill(overflowY) && (box.bottom > edge.bottom + 1 || box.top < edge.top - 1);
  return cutAcross || cutDown;
}

/** Sentences in a column so narrow that nearly every word has a line of its own. */
function brokenTexts(texts: readonly Text[]): readonly string[] {
  return texts
    .filter(({ words, lines }) => lines.length >= 5 && words.split(' ').length / lines.length < 1.4)
    .map(({ words }) => `“${words}” is broken word by word`);
}

function brokenLabels(): readonly string[] {
  return [...document.querySelectorAll(oneLine)].filter(isShown).flatMap((label) => {
    const range = document.createRange();
    range.selectNodeContents(label);
    const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => top);
    const height = parseFloat(getComputedStyle(label).fontSize);
    return Math.max(...tops) - Math.min(...tops) > height ? [`The label ${name(label)} is broken into lines`] : [];
  });
}

/** A box as far as scrolling its holders can bring it into sight; null where nothing brings it there. */
function reach(control: Element): string | null {
  let box = boxOf(control.getBoundingClientRect());
  for (const holder of holders(control)) {
    if (holder === document.documentElement || !clips(holder)) continue;
    const { overflowX, overflowY } = getComputedStyle(holder);
    const edge = holder === document.body ? new DOMRect(0, 0, innerWidth, innerHeight) : holder.getBoundingClientRect();
    const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
    const [left, right] = scrolls(overflowX) ? [edge.left, edge.right] : [box.left, box.right];
    const [top, bottom] = scrolls(overflowY) ? [edge.top, edge.bottom] : [box.top, box.bottom];
    if (left < edge.left - 2 || right > edge.right + 2) return `sideways out of ${name(holder)}`;
    if (top < edge.top - 2 || bottom > edge.bottom + 2) return `up or down out of ${name(holder)}`;
    box = { left, top, right, bottom };
  }
  const isInside = box.left >= -2 && box.top >= -2 && box.right <= innerWidth + 2 && box.bottom <= innerHeight + 2;
  return isInside ? null : 'out of the window';
}

function shownControls(): readonly Element[] {
  return [...document.querySelectorAll(controls)].filter(
    (one) => isShown(one) && one.getBoundingClientRect().width > 0,
  );
}

function unreachable(): readonly string[] {
  return shownControls().flatMap((control) => {
    const where = reach(control);
    return where === null ? [] : [`${name(control)} reaches ${where}`];
  });
}

/** Controls in sight that something else of the same layer lies on. */
function covered(): readonly string[] {
  // Behind the veil of a dialog everything is covered by intent.
  const open = document.querySelector('.dialog-box');
  return shownControls().flatMap((control) => {
    if (open !== null && !open.contains(control)) return [];
    const box = control.getBoundingClientRect();
    const seen = inSight(boxOf(box), control);
    // What scrolling has cut in half is not judged by its middle.
    if (seen === null || seen.bottom - seen.top < box.height - 1 || seen.right - seen.left < box.width - 1) return [];
    const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    if (top === null || control.contains(top) || top.contains(control) || layerOf(top) !== layerOf(control)) return [];
    return [`${name(control)} lies under ${name(top)}`];
  });
}

function sideways(): readonly string[] {
  const found: string[] = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push('The page scrolls sideways');
  for (const element of document.querySelectorAll('*')) {
    const { overflowX } = getComputedStyle(element);
    const scrolls = overflowX === 'auto' || overflowX === 'scroll';
    if (!scrolls || element.scrollWidth <= element.clientWidth + 1 || !isShown(element)) continue;
    const right = element.getBoundingClientRect().left + element.clientWidth;
    const widest = [...element.querySelectorAll('*')].findLast((one) => one.getBoundingClientRect().right > right + 1);
    found.push(`${name(element)} scrolls sideways, for ${widest === undefined ? 'something' : name(widest)}`);
  }
  return found;
}
