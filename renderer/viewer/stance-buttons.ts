import type { StandardStance } from './trackball.ts';

const buttons = [
  ['front', 'Front', 'Look from the front'],
  ['left', 'Left', "Look from the patient's left"],
  ['top', 'Top', 'Look from the top (head)'],
] as const satisfies readonly (readonly [StandardStance, string, string])[];

/** The row of buttons that set the 3D view straight. Styled through the object model: style attributes are blocked by the page's policy. */
export function stanceButtons(choose: (stance: StandardStance) => void): HTMLElement {
  const row = document.createElement('div');
  Object.assign(row.style, { position: 'absolute', top: '6px', right: '6px', display: 'flex', gap: '4px' });
  for (const [stance, text, label] of buttons) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.title = label;
    button.setAttribute('aria-label', label);
    Object.assign(button.style, {
      font: '12px "Inter Variable", Inter, sans-serif',
      color: '#e8eef4',
      background: 'rgba(40, 48, 58, 0.85)',
      border: '1px solid rgba(255, 255, 255, 0.25)',
      borderRadius: '4px',
      padding: '3px 8px',
      cursor: 'pointer',
    });
    button.addEventListener('click', () => choose(stance));
    row.append(button);
  }
  return row;
}
