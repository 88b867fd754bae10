import { useState } from 'react';
import { growthPlot, sayEarlierScans, usualMethods } from '../../../src/assessment/index.ts';
import type { GrowthMethod, MeasuredGrowth, PlotSource } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { Citation } from './citation.tsx';
import { GrowthPlotDrawing } from './growth-plot-drawing.tsx';

const methods = Object.keys(texts.growth.methodNames) as GrowthMethod[];

/** The plot of FLR against time, whose published ranges are chosen above it and named with their sources beneath. */
export function GrowthPlotSection({ growth }: { readonly growth: MeasuredGrowth }) {
  const [chosen, setChosen] = useState<readonly GrowthMethod[] | null>(null);
  const shown = chosen ?? usualMethods(growth);
  const plot = growthPlot(growth, shown);
  const earlier = sayEarlierScans(plot);
  const isAnchored = plot.cutoffs.length > 0;
  return (
    <div role="group" aria-labelledby="growth-plot-title">
      <h3 id="growth-plot-title">{texts.growth.plot}</h3>
      {isAnchored ? (
        <fieldset className="growth-methods">
          <legend>{texts.growth.methods}</legend>
          {methods.map((method) => (
            <label key={method} className="inputs-tick">
              <input
                type="checkbox"
                checked={shown.includes(method)}
                onChange={(event) =>
                  setChosen(
                    methods.filter((one) => (one === method ? event.currentTarget.checked : shown.includes(one))),
                  )
                }
              />
              {texts.growth.methodNames[method]}
            </label>
          ))}
        </fieldset>
      ) : null}
      <GrowthPlotDrawing plot={plot} />
      {earlier === null ? null : <p className="figures-hint">{earlier}</p>}
      {isAnchored ? (
        <>
          <p className="figures-hint">
            {plot.bands.length === 0 ? null : `${texts.growth.shaded} `}
            {texts.growth.population}
          </p>
          <Legend title={texts.growth.legend.bands} entries={plot.bands} />
          <Legend title={texts.growth.legend.cutoffs} entries={plot.cutoffs} />
          <Legend title={texts.growth.legend.beside} entries={plot.beside} />
        </>
      ) : null}
    </div>
  );
}

type Entry = Omit<PlotSource, 'mark'> & { readonly mark?: string };

function Legend({ title, entries }: { readonly title: string; readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <div className="growth-legend">
      <h4>{title}</h4>
      <ul>
        {entries.map(({ ruleId, mark, label, population, citation, address }) => (
          <li key={ruleId} data-reference={ruleId}>
            {mark === undefined ? null : <span className="growth-mark">{mark}</span>}
            <span>
              {label}
              <small>
                {population}. <Citation text={citation} address={address} />
              </small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
