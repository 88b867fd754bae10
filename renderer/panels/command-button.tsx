import { UNSAFE_PortalProvider as PortalProvider } from 'react-aria/PortalProvider';
import { Focusable, Tooltip, TooltipTrigger } from 'react-aria-components';
import { commandById } from '../commands/list.ts';
import { labelOf, perform } from '../commands/command.ts';
import { printedKey } from '../commands/keyboard.ts';
import { useAccess, useSession } from './access.tsx';

/** Whether keys are printed as on a Mac. */
export const onMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac');

/** The keys of a command as printed, or an empty string. */
export function keysOf(id: string): string {
  const [first] = commandById(id).keys;
  return first === undefined ? '' : printedKey(first, onMac);
}

/** Keys in the words that screen readers are told. */
function spokenKeys(keys: string): string {
  return keys.replace('Mod', onMac ? 'Meta' : 'Control');
}

/** In the status bar, a landmark of every screen: who goes through the page by landmarks meets the hints too. */
function placeOfTooltips(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.app-tooltips');
}

interface CommandButtonProps {
  readonly id: string;
  /** `icon` shows only the icon, `text` icon and label, `primary` the main action of a screen. */
  readonly look?: 'icon' | 'text' | 'primary';
  /** A shorter label on the button; the command's own stays its accessible name. */
  readonly short?: string;
}

/** A button drawn from a command: its name, icon, keys, state, and why it can not be pressed. */
export function CommandButton({ id, look = 'icon', short }: CommandButtonProps) {
  const { context } = useAccess();
  const command = commandById(id);
  const label = useSession((state) => labelOf(command, state));
  const enabled = useSession((state) => command.enabled(state));
  const active = useSession((state) => command.active?.(state) ?? null);
  const Icon = command.icon;
  const keys = keysOf(id);
  return (
    <TooltipTrigger delay={500} closeDelay={50}>
      <Focusable>
        <button
          type="button"
          className={['control-button', `control-${look}`, active === true ? 'control-active' : ''].join(' ')}
          aria-label={label}
          aria-pressed={active ?? undefined}
          aria-disabled={enabled !== true}
          aria-description={enabled === true ? undefined : enabled}
          aria-keyshortcuts={command.keys.map(spokenKeys).join(' ') || undefined}
          data-command={id}
          onClick={() => void perform(command, context)}
        >
          <Icon aria-hidden="true" size={look === 'primary' ? 20 : 16} strokeWidth={1.75} />
          {look === 'icon' ? null : <span>{short ?? label}</span>}
        </button>
      </Focusable>
      <PortalProvider getContainer={placeOfTooltips}>
        <Tooltip className="control-tooltip" offset={6}>
          <span>
            {label}
            {keys === '' ? null : <kbd className="control-key">{keys}</kbd>}
          </span>
          {enabled === true ? null : <span className="control-reason">{enabled}</span>}
        </Tooltip>
      </PortalProvider>
    </TooltipTrigger>
  );
}
