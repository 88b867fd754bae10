import { labelOf } from '../commands/command.ts';
import type { CommandGroup } from '../commands/command.ts';
import { printedKey } from '../commands/keyboard.ts';
import { commands } from '../commands/list.ts';
import { texts } from '../texts.ts';
import { useAccess } from './access.tsx';
import { onMac } from './command-button.tsx';
import { DialogFrame } from './dialog-frame.tsx';

const groups: readonly CommandGroup[] = [
  'File',
  'View',
  'Tools',
  'Segmentation',
  'Resection',
  'Assessment',
  'Workflow',
  'Help',
];

/** Every command with its keys, drawn from the list of commands, and what the mouse does in the views. */
export function ShortcutSheet() {
  const { session } = useAccess().context;
  const state = session.get();
  return (
    <DialogFrame title="Keys and commands" isWide>
      <div className="keys-columns">
        {groups.map((group) => (
          <section key={group} className="keys-group">
            <h3>{group}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <div key={command.id} className="keys-row">
                    <dt>{labelOf(command, state)}</dt>
                    <dd>
                      {command.keys.map((keys) => (
                        <kbd key={keys} className="control-key">
                          {printedKey(keys, onMac)}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section className="keys-group">
          <h3>Mouse in a view</h3>
          <dl>
            {texts.mouse.map(([gesture, does]) => (
              <div key={gesture} className="keys-row">
                <dt>{does}</dt>
                <dd>
                  <kbd className="control-key">{gesture}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </DialogFrame>
  );
}
