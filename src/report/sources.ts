/** A source as it is listed at the end of the report, with the number that stands where it is cited. */
export interface Source {
  readonly number: number;
  readonly text: string;
  /** Where it can be opened, https; null where no address is known. */
  readonly address: string | null;
}

/** Numbers sources in the order in which they are first cited; the same source keeps its number. */
export interface SourceList {
  readonly cite: (text: string, address: string | null) => string;
  readonly listed: () => readonly Source[];
}

/** An empty list of sources. */
export function sourceList(): SourceList {
  const sources = new Map<string, Source>();
  return {
    cite: (text, address) => {
      const key = `${text} ${address ?? ''}`;
      const known = sources.get(key) ?? { number: sources.size + 1, text, address };
      sources.set(key, known);
      return `[${known.number}]`;
    },
    listed: () => [...sources.values()],
  };
}

/** A source as it is printed: "[3] Shindoh 2013 (PMC3632508) pmc.ncbi.nlm.nih.gov/…"; a DOI is not said twice. */
export function sourceText({ number, text, address }: Source): string {
  if (address === null) return `[${number}] ${text}`;
  const doi = address.startsWith('https://doi.org/') ? address.replace('https://doi.org/', 'doi:') : null;
  const plain = doi !== null && text.endsWith(doi) ? text.slice(0, -doi.length).replace(/[,; ]+$/, '') : text;
  return `[${number}] ${plain === '' ? '' : `${plain} `}${address.replace('https://', '')}`;
}
