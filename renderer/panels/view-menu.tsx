import { Check } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { labelOf, perform } from '../commands/command.ts';
import { commandById } from '../commands/list.ts';
import { viewMenuRows } from '../commands/viewport-commands.ts';
import type { ViewName } from '../session.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { keysOf } from './command-button.tsx';

/** The menu of a view, drawn from the commands, where it was asked for. Keys move in it; Escape and a press elsewhere close it. */
export function ViewMenu() {
  const at = useSession((state) => state.view.menu?.at ?? null);
  const view = useSession((state) => state.view.menu?.view ?? null);
  return at === null || view === null ? null : <OpenMenu key={`${view} ${at.join()}`} at={at} view={view} />;
}

function OpenMenu({ at, view }: { readonly at: readonly [number, number]; readonly view: ViewName }) {
  const { context } = useAccess();
  const { session } = context;
  const state = useSession((now) => now);
  const element = useRef<HTMLDivElement>(null);
  const close = () => {
    session.look({ menu: null });
    document.querySelector<HTMLElement>(`[data-view="${view}"]`)?.focus({ preventScroll: true });
  };

  useLayoutEffect(() => {
    const menu = element.current;
    if (menu === null) return;
    // Kept inside the window; set through the object model, as the page's policy blocks style attributes.
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(at[0], window.innerWidth - width - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(at[1], window.innerHeight - height - 8))}px`;
    menu.querySelector<HTMLElement>('button')?.focus();
  }, [at]);

  useEffect(() => {
    const press = (event: Event) => {
      if (event.target instanceof Node && element.current?.contains(event.target) === true) return;
      session.look({ menu: null });
    };
    window.addEventListener('pointerdown', press, true);
    window.addEventListener('blur', press);
    return () => {
      window.removeEventListener('pointerdown', press, true);
      window.removeEventListener('blur', press);
    };
  }, [session]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    // Nothing typed here is a shortcut of the views below.
    event.stopPropagation();
    const items = [...(element.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const now = items.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      items[(next + items.length) % items.length]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    }
  };

  return (
    <div
      ref={element}
      className="view-menu"
      role="menu"
      aria-label={`${texts.views[view]} view`}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {viewMenuRows(view).map((row) => (
        <div key={row[0]} className="view-menu-group" role="group">
          {row.map((id) => {
            const command = commandById(id);
            const enabled = command.enabled(state);
            const active = command.active?.(state);
            const Icon = command.icon;
            const keys = keysOf(id);
            return (
              <button
                key={id}
                type="button"
                role={active === undefined ? 'menuitem' : 'menuitemcheckbox'}
                aria-checked={active}
                aria-disabled={enabled !== true}
                title={enabled === true ? undefined : enabled}
                data-menu-command={id}
                onClick={() => {
                  if (enabled !== true) return;
                  void perform(command, context).finally(close);
                }}
              >
                {active === true ? (
                  <Check size={15} aria-hidden="true" className="view-menu-check" />
                ) : (
                  <Icon size={15} strokeWidth={1.75} aria-hidden="true" />
                )}
                <span>{labelOf(command, state)}</span>
                {keys === '' ? null : <kbd className="control-key">{keys}</kbd>}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}
