import { growthCaveat } from '../../../src/assessment/index.ts';
import type { Assessment, Option } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { printedNumber } from '../format.ts';

/** The options to discuss, least invasive first, each with its reason and source. Listed, never chosen. */
export function OptionsList({ options }: { readonly options: readonly Option[] }) {
  if (options.length === 0) return null;
  return (
    <section className="figures-section">
      <h2>{texts.options}</h2>
      <ol className="options">
        {options.map((option) => (
          <li key={option.id} data-option={option.id}>
            <details>
              <summary>{option.title}</summary>
              <p>{option.reason}</p>
              {option.expectedGrowth === null ? null : (
                <p>
                  <b>Expected growth:</b> {option.expectedGrowth}
                </p>
              )}
              {option.predictedPercent === null ? null : (
                <p>
                  <b>FLR after it:</b> {printedNumber(option.predictedPercent.low, 0)}–
                  {printedNumber(option.predictedPercent.high, 0)} % of the baseline volume; {growthCaveat}.
                </p>
              )}
              {option.verify.length === 0 ? null : (
                <p>
                  <b>Verify:</b> {option.verify.join('; ')}
                </p>
              )}
              <p className="options-source">{option.citation}</p>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Other published thresholds: text beside the verdict, never colour. */
export function OtherThresholds({ assessment }: { readonly assessment: Assessment }) {
  const { otherThresholds, rules } = assessment;
  if (otherThresholds.length === 0) return null;
  return (
    <details className="figures-others">
      <summary>{texts.otherThresholds}</summary>
      <ul>
        {otherThresholds.map((threshold) => (
          <li key={threshold.ruleId}>
            {threshold.text} <span className="options-source">{threshold.citation}</span>
            {threshold.verified ? null : <em> {texts.unverified}</em>}
          </li>
        ))}
      </ul>
      <p className="options-source">{rules}</p>
    </details>
  );
}
