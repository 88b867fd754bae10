const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/**
 * A name or description that others wrote, to be set in a line with figures: beside Arabic or Hebrew letters 2024-05-15 would be shown as
 * 15-05-2024 and 280 × 280 × 86 as 86 × 280 × 280, so these letters are kept apart (Unicode's first strong isolate). Other text is as it was.
 */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
