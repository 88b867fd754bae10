import { expect, it } from 'vitest';
import { isolated } from '../../renderer/isolated-text.ts';
import { patientText } from '../../renderer/panels/format.ts';
import { planTitle } from '../../renderer/commands/saving.ts';
import { madeWorld } from './made-world.ts';

it('names in Arabic and Hebrew letters stand apart from the figures beside them; all others are as they were', () => {
  for (const text of ['Müller, Änne', 'Διονυσιος', 'Люкceмбypг', '山田 太郎', '홍 길동', 'Portal 2.5 mm', ''])
    expect(isolated(text)).toBe(text);
  for (const text of ['البطن', 'שם', 'CT بطن 5']) expect(isolated(text)).toBe(`\u2068${text}\u2069`);
  const openCase = madeWorld().session.get().openCase!;
  const header = { ...openCase.entry.header, patientName: 'قباني^لنزار', patientId: '12-34', description: 'البطن' };
  expect(patientText(header)).toBe('\u2068قباني, لنزار\u2069 · 12-34');
  expect(planTitle({ ...openCase, entry: { ...openCase.entry, header } })).toMatch(
    /^\u2068.*\u2069 · \u2068البطن\u2069 · 2026-03-02$/u,
  );
});
