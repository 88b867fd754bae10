import { growthCaveat } from '../assessment/index.ts';
import type { Option, RuleBase, WithheldOption } from '../assessment/index.ts';
import type { SourceList } from './sources.ts';
import { percentText } from './wording.ts';

/** One option in words, and the range that its bar shows. */
export interface OptionContent {
  readonly title: string;
  readonly lines: readonly string[];
  readonly prediction: Option['prediction'];
}

/** An option as it is listed: why, what is published of its growth, what to verify, its sources by number. */
export function optionContent(option: Option, rules: RuleBase, sources: SourceList): OptionContent {
  const { id, title, reason, verify, citations, prediction } = option;
  const verified = rules.options.find((rule) => rule.id === id)?.verified ?? true;
  const growth = growthText(option);
  const cited = citations.map(({ text, address }) => sources.cite(text, address)).join(' ');
  return {
    title: verified ? title : `${title} · not verified`,
    lines: [
      reason,
      growth === null ? null : `Published growth: ${growth}.`,
      verify.length === 0 ? null : `Verify: ${verify.join('; ')}.`,
      `Sources ${cited}.`,
    ].filter((line) => line !== null),
    prediction,
  };
}

function growthText({ expectedGrowth, prediction }: Option): string | null {
  if (expectedGrowth === null && prediction === null) return null;
  // The caveat stands once above the options.
  const published = (expectedGrowth ?? '').replace(`; ${growthCaveat}`, '');
  return prediction === null ? published : `${published}; ${predictedText(prediction)} of the ${prediction.over}`;
}

/** A predicted range in words: "to 37.3–51.8 %, centrally 44.1 %". */
export function predictedText({ low, central, high }: NonNullable<Option['prediction']>): string {
  const centre = central.map((value) => `${percentText(value)} %`).join(' or ');
  return `to ${percentText(low)}–${percentText(high)} %${centre === '' ? '' : `, centrally ${centre}`}`;
}

/** What is not listed, the options of one reason together. */
export function withheldLines(withheld: readonly WithheldOption[]): readonly string[] {
  const titles = new Map<string, string[]>();
  for (const { title, reason } of withheld) titles.set(reason, [...(titles.get(reason) ?? []), title]);
  return [...titles].map(([reason, own]) => `${own.join('; ')}: ${reason}`);
}

/** The predicted ranges of all options as bars over weeks; options of one range share a bar. */
export interface PredictionContent {
  readonly bars: readonly {
    readonly mark: string;
    readonly titles: string;
    readonly prediction: NonNullable<Option['prediction']>;
  }[];
  /** The share now, at week 0; null where it is not known. */
  readonly now: number | null;
  readonly threshold: number | null;
  readonly over: string;
  readonly caveat: string;
}

/** What the chart of predicted ranges shows; null where no option has one. */
export function predictionContent(options: readonly Option[], now: number | null): PredictionContent | null {
  const bars = new Map<string, { titles: string[]; prediction: NonNullable<Option['prediction']> }>();
  for (const { title, prediction } of options) {
    if (prediction === null) continue;
    const key = JSON.stringify(prediction);
    const known = bars.get(key) ?? { titles: [], prediction };
    known.titles.push(title.replace(/ \(.*$/, ''));
    bars.set(key, known);
  }
  const [first] = bars.values();
  if (first === undefined) return null;
  const { over, thresholdPercent, caveat } = first.prediction;
  return {
    bars: [...bars.values()].map(({ titles, prediction }, place) => ({
      mark: String(place + 1),
      titles: titles.join('; '),
      prediction,
    })),
    ...{ now, threshold: thresholdPercent, over, caveat },
  };
}
