/** Gives a view the focus by a press of the mouse: who sees where he presses needs no ring around the picture, until the focus comes by a key. */
export function focusByMouse(view: HTMLElement): void {
  view.dataset['byMouse'] = 'true';
  view.addEventListener('blur', () => delete view.dataset['byMouse'], { once: true });
  view.focus({ preventScroll: true });
}
