import type { StandardStance } from './trackball.ts';

const buttons = [
  ['front', 'Front', 'Look from the front'],
  ['left', 'Left', "Look from the patient's left"],
  ['top', 'Top', 'Look from the top (head)'],
] as const satisfies readonly (readonly [StandardStance, string, string])[];

/** The row of buttons that set the 3D view straight. */
export function stanceButtons(choose: (stance: StandardStance) => void): HTMLElement {
  const row = document.createElement('div');
  row.className = 'workspace-stances';
  for (const [stance, text, label] of buttons) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.title = label;
    button.setAttribute('aria-label', label);
    button.addEventListener('click', () => choose(stance));
    row.append(button);
  }
  return row;
}
