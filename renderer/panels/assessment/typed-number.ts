/** A number as it is typed, with a point or a comma; null when it is none. */
export function typedNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  const value = plain === '' ? NaN : Number(plain);
  return Number.isFinite(value) ? value : null;
}
