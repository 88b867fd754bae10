const figureAndUnit = /(\d) (?=(?:[mck]m[²³]?|m²|m?L|[mk]?g|µmol|k?V|m?s|HU|[GMK]iB|%)(?![\p{L}\d]))/gu;

/** A sentence in which the end of a line never parts a figure from its unit: "5" at one end and "mm" at the other begin is misread. */
export function unbroken(sentence: string): string {
  return sentence.replace(figureAndUnit, '$1\u00a0');
}
