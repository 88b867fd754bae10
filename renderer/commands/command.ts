import type { LucideIcon } from 'lucide-react';
import type { SessionState, Tool } from '../session.ts';
import type { CommandContext } from './context.ts';

/** Where a command is listed in the sheet of keys. */
export type CommandGroup =
  'File' | 'View' | 'Tools' | 'Segmentation' | 'Resection' | 'Assessment' | 'Workflow' | 'Help';

/** A user action, defined once: toolbars, menus, keys and the sheet of keys are drawn from it. */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  /** Longer label that depends on the state, e.g. what undo would undo. */
  readonly labelNow?: (state: SessionState) => string;
  /** Keys that perform it, each as `Mod+Shift+Z`; `Mod` is Ctrl, or Command on a Mac. */
  readonly keys: readonly string[];
  /** The tools with which its keys are its own; with others they may perform another command. Always when left out. */
  readonly tools?: readonly Tool[];
  readonly icon: LucideIcon;
  /** True, or the sentence that says why it can not be done now. */
  readonly enabled: (state: SessionState) => true | string;
  /** Whether it is the current choice, for tools and switches. */
  readonly active?: (state: SessionState) => boolean;
  readonly perform: (context: CommandContext) => void | Promise<void>;
}

/** The label as it reads now. */
export function labelOf(command: Command, state: SessionState): string {
  return command.labelNow?.(state) ?? command.label;
}

/** Performs a command when it is enabled; says why not otherwise. */
export async function perform(command: Command, context: CommandContext): Promise<void> {
  if (command.enabled(context.session.get()) !== true) return;
  await command.perform(context);
}

/** The usual conditions, each with the sentence shown when it fails. */
export const always = (): true => true;

/** Enabled with an open series. */
export function withCase(state: SessionState): true | string {
  return state.openCase === null ? 'Open a series first.' : true;
}

/** The command that chooses what the left mouse button does. */
export function toolCommand(tool: Tool, label: string, key: string, icon: LucideIcon): Command {
  return {
    id: `tool.${tool}`,
    group: 'Tools',
    label,
    keys: [key],
    icon,
    enabled: withCase,
    active: ({ view }) => view.tool === tool,
    perform: ({ session }) => session.look({ tool, keyPoints: [] }),
  };
}
