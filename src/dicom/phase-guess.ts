import type { PhaseGuess } from './series.ts';
import type { SliceHeader } from './slice-header.ts';

type Phase = PhaseGuess['phase'];

/** Words of descriptions in the languages scanners are set to. */
const words: readonly (readonly [Phase, RegExp])[] = [
  [
    'native',
    /\b(nativ\w*|non[- ]?(contrast|enhanced)|unenhanced|pre[- ]?(contrast|gd|km|kontrast)|plain|ohne km|sans inj\w*|sin contraste|without( iv)?( contrast)?|w\/?o( iv)?( contrast)?|nc)\b|平扫|平掃|単純/u,
  ],
  [
    'delayed',
    /\b(delay(ed)?|late (venous|phase|portal)|sp(ä|ae)t\w*|equilibri\w*|excret\w*|hepato ?-?biliary|hbp|tardi\w*|retard\w*|\d{1,2} ?min(utes)?)\b|平衡|延迟|延遲/u,
  ],
  ['arterial', /\b(arter\w*|art|angio\w*|cta|hap|eap|lap|bolus[- ]?track\w*)\b|动脉|動脈/u],
  [
    'portal-venous',
    /\b(portal\w*|porto\w*|pven\w*|pv|pvp|vp|ven(ous|ös|oes|ose|euse|osa|oso)?|70 ?s(ec)?|80 ?s(ec)?)\b|门脉|門脈|门静脉|門静脈/u,
  ],
];

/** With and without contrast: the description of a study or of two series. */
const severalPhases =
  /\bw\/?o? ?[/&+,]? ?(and )?w\/?o?\b|\bwith (and|&|\+|\/) ?without\b|\bwithout (and|&|\+|\/) ?with\b|\bmit und ohne\b/;
const isVenous = /^(ven|portal|porto)/;

/** Seconds after the start of the injection at which the phases of the liver are taken (CT protocols; the spaces between are left open). */
const afterInjection: readonly (readonly [Phase, number, number])[] = [
  ['arterial', 15, 45],
  ['portal-venous', 55, 100],
  ['delayed', 150, 1800],
];

/** A guess for each volume of one series; null where nothing speaks. */
export function guessPhases(volumes: readonly (readonly SliceHeader[])[]): readonly (PhaseGuess | null)[] {
  const sequence = volumes.length > 1 ? guessBySequence(volumes) : null;
  return volumes.map((slices, index) => {
    const [first] = slices;
    if (first === undefined) return null;
    // Several phases in one series share its description: it can not name each of them.
    return sequence?.[index] ?? guessByInjection(slices) ?? (volumes.length > 1 ? null : guessByWords(first));
  });
}

function guessByWords(slice: SliceHeader): PhaseGuess | null {
  const texts = [
    { where: 'the series description', text: slice.series.description },
    { where: 'the protocol name', text: slice.acquisition.protocol },
  ];
  for (const { where, text } of texts) {
    // Underscores and letters before digits join words that are read apart.
    const plain = (text ?? '').toLowerCase().replace(/[_.,;:+]+/g, ' ');
    if (plain === '') continue;
    if (severalPhases.test(plain)) return null;
    const found = words.flatMap(([phase, pattern]) => {
      const word = pattern.exec(plain)?.[0];
      return word === undefined ? [] : [{ phase, word }];
    });
    // Late and early are said of veins and arteries as well; two other phases are a protocol, not a guess.
    const [first, second] = found;
    const isOne =
      found.length === 1 || (found.length === 2 && first!.phase === 'delayed' && isVenous.test(second!.word));
    if (isOne) return { phase: first!.phase, reason: `${where} says “${first!.word}”` };
    if (found.length > 1) return null;
  }
  return null;
}

function startOf(slices: readonly SliceHeader[]): number | null {
  const times = slices.map(({ acquisition }) => acquisition.acquisitionTime ?? acquisition.contentTime);
  return times.some((time) => time === null) ? null : Math.min(...(times as number[]));
}

function guessByInjection(slices: readonly SliceHeader[]): PhaseGuess | null {
  const start = startOf(slices);
  const injected = slices[0]!.acquisition.contrastTime;
  if (start === null || injected === null) return null;
  const seconds = start - injected;
  const found = afterInjection.find(([, from, to]) => seconds >= from && seconds <= to);
  return found === undefined
    ? null
    : { phase: found[0], reason: `taken ${Math.round(seconds)} s after the injection began` };
}

/** Three or four volumes in the time pattern of a liver scan: (native,) arterial, portal venous half a minute later, delayed. */
function guessBySequence(volumes: readonly (readonly SliceHeader[])[]): readonly (PhaseGuess | null)[] | null {
  const timed = volumes
    .map((slices, index) => ({ index, start: slices.length < 2 ? null : startOf(slices) }))
    .filter((one): one is { index: number; start: number } => one.start !== null)
    .sort((a, b) => a.start - b.start);
  if (timed.length < 3 || timed.length > 4) return null;
  const gaps = timed.slice(1).map(({ start }, index) => start - timed[index]!.start);
  const [toPortal, toDelayed] = gaps.slice(-2) as [number, number];
  if (toPortal < 20 || toPortal > 60 || toDelayed < 60 || toDelayed > 1800) return null;
  const names: readonly Phase[] = ['native', 'arterial', 'portal-venous', 'delayed'];
  const guesses: (PhaseGuess | null)[] = volumes.map(() => null);
  for (const [rank, { index }] of timed.entries()) {
    const after = rank === 0 ? 'first' : `${Math.round(gaps[rank - 1]!)} s after the one before`;
    guesses[index] = {
      phase: names[rank + 4 - timed.length]!,
      reason: `volume ${rank + 1} of ${timed.length} in time, ${after}`,
    };
  }
  return guesses;
}
