import { describe, expect, it } from 'vitest';
import { commands } from '../../renderer/commands/list.ts';
import { fit, paletteEntries } from '../../renderer/commands/palette.ts';
import { initialState } from '../../renderer/session.ts';

const first = (typed: string) => paletteEntries(commands, typed, initialState)[0]?.command.id;

describe('the command palette', () => {
  it('holds every command, those that can be done now first, in their order', () => {
    const entries = paletteEntries(commands, '', initialState);
    expect(entries.map((entry) => entry.command.id).sort()).toEqual(commands.map((command) => command.id).sort());
    const usable = entries.map((entry) => entry.enabled === true);
    expect(usable.indexOf(false)).toBe(usable.filter(Boolean).length);
    expect(usable.includes(false)).toBe(true);
  });

  it('finds every command by the whole of its name, before every other that is called otherwise', () => {
    for (const { id, label } of commands) {
      const found = paletteEntries(commands, label, initialState)[0]!;
      expect(found.command.label, id).toBe(label);
    }
  });

  it('finds by letters in order, by beginnings of words, without accents or case', () => {
    expect(first('wr rep')).toBe('report.write');
    expect(first('UNDÔ')).toBe('edit.undo');
    expect(first('cfat')).toBe('figures.copy');
    expect(first('light')).toBe('view.theme');
    expect(first('fipo')).toBeDefined();
    expect(paletteEntries(commands, 'xqzv', initialState)).toEqual([]);
    expect(fit('abc', 'acb')).toBeNull();
    expect(fit('brush', 'Brush')!).toBeGreaterThan(fit('brush', 'Bring rush hour')!);
  });

  it('says why a command can not be done', () => {
    const undo = paletteEntries(commands, 'undo', initialState)[0]!;
    expect(undo.enabled).toBe('There is nothing to undo.');
  });
});
