import { X } from 'lucide-react';
import { deleteMeasurement } from '../commands/viewport-commands.ts';
import { measurementNames, measurementText } from '../measurement-text.ts';
import type { Measurement } from '../session.ts';
import { useAccess, useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';

/** The measurements drawn in the views; nothing while there are none. A press shows where one lies. */
export function MeasurementsList() {
  const { session } = useAccess().context;
  const measurements = useSession((state) => state.view.measurements);
  const volume = useSession((state) => state.openCase?.volume);
  if (volume === undefined || measurements.length === 0) return null;
  return (
    <section aria-labelledby="measurements-title">
      <h2 id="measurements-title">Measurements</h2>
      <ul className="measurements-list">
        {measurements.map((measurement) => {
          const name = `${measurementNames[measurement.kind]} ${measurement.id}`;
          return (
            <li key={measurement.id} data-measurement={measurement.id}>
              <button
                type="button"
                className="measurements-what"
                title="Show where it lies"
                onClick={() => session.look({ crosshair: placeOf(measurement) })}
              >
                <span>{name}</span>
                {measurementText(measurement, volume).map((line) => (
                  <span key={line}>{line}</span>
                ))}
              </button>
              <button
                type="button"
                className="control-button"
                aria-label={`Delete ${name}`}
                onClick={() => deleteMeasurement(session, measurement.id)}
              >
                <X size={15} aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ul>
      <CommandButton id="measure.deleteAll" look="text" short="Delete all" />
    </section>
  );
}

function placeOf(measurement: Measurement) {
  if (measurement.kind === 'region') return measurement.ellipse.centre;
  return measurement.points[measurement.kind === 'angle' ? 1 : 0];
}
