import { Eye, EyeOff } from 'lucide-react';
import { kindOf, labelColour } from '../../src/liver/index.ts';
import type { Volumetry } from '../../src/liver/index.ts';
import type { StructureEntry } from '../../src/plan/index.ts';
import { renameStructure } from '../commands/plan-inputs.ts';
import { useAccess, useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';
import { cssColour, printedNumber } from './format.ts';
import { MeasurementsList } from './measurements-list.tsx';
import { texts } from '../texts.ts';
import { shownStructures } from '../commands/structures.ts';

/** The structures of the plan: which is painted, which are drawn, and how large they are. */
export function StructuresPanel() {
  const openCase = useSession((state) => state.openCase);
  const volumetry = useSession((state) => state.derived.volumetry);
  const opacity = useSession((state) => state.view.overlayOpacity);
  const { session } = useAccess().context;
  const structures = openCase === null ? [] : shownStructures(openCase.plan);
  return (
    <section className="structures-panel" aria-labelledby="structures-title" data-place="structures">
      <h2 id="structures-title">Structures</h2>
      <ul className="structures-list">
        {structures.map((structure) => (
          <Structure key={structure.label} structure={structure} volumeMl={volumeOf(structure.label, volumetry)} />
        ))}
      </ul>
      <div className="structures-row" data-place="tumours">
        <CommandButton id="structure.newTumour" look="text" />
      </div>
      <label className="structures-opacity">
        <span>Overlay</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={opacity}
          aria-label="Opacity of the overlay"
          onChange={(event) => session.look({ overlayOpacity: event.currentTarget.valueAsNumber })}
        />
        <span className="structures-opacity-value">{Math.round(opacity * 100)} %</span>
      </label>
      <ActiveStructure />
      <MaskOrigin />
      <MeasurementsList />
    </section>
  );
}

function volumeOf(label: number, volumetry: Volumetry | null): number | null {
  if (volumetry === null) return null;
  switch (kindOf(label)) {
    case 'tumour':
      return volumetry.tumours.find((tumour) => tumour.label === label)?.volumeMl ?? 0;
    case 'vessel':
      return volumetry.vesselMl;
    case 'nonFunctional':
      return volumetry.nonFunctionalMl;
    case 'liver':
      return volumetry.totalMl - volumetry.tumourMl - volumetry.vesselMl - volumetry.nonFunctionalMl;
    case 'outside':
    case null:
      return null;
  }
}

function Structure({ structure, volumeMl }: { readonly structure: StructureEntry; readonly volumeMl: number | null }) {
  const { session } = useAccess().context;
  const { label, name } = structure;
  const isActive = useSession((state) => state.view.activeLabel === label);
  const isHidden = useSession((state) => state.view.hiddenLabels.includes(label));
  const colour = labelColour(label);
  const toggle = () => {
    const { hiddenLabels } = session.get().view;
    session.look({ hiddenLabels: isHidden ? hiddenLabels.filter((one) => one !== label) : [...hiddenLabels, label] });
  };
  return (
    <li
      className={isActive ? 'structures-active' : undefined}
      data-structure={label}
      data-place={kindOf(label) === 'vessel' ? 'vessels' : undefined}
    >
      <button
        type="button"
        className="structures-name"
        aria-pressed={isActive}
        aria-label={`Paint ${name}`}
        onClick={() => session.look({ activeLabel: label })}
      >
        <span
          className="structures-swatch"
          style={{ background: colour === null ? 'transparent' : cssColour(colour) }}
        />
        <span className="structures-text">{name}</span>
      </button>
      <span className="structures-volume" data-volume={volumeMl ?? ''}>
        {volumeMl === null ? '' : volumeMl === 0 ? '–' : `${printedNumber(volumeMl, volumeMl < 10 ? 1 : 0)} mL`}
      </span>
      <button
        type="button"
        className="structures-eye"
        aria-pressed={!isHidden}
        aria-label={isHidden ? `Show ${name}` : `Hide ${name}`}
        onClick={toggle}
      >
        {isHidden ? <EyeOff size={15} aria-hidden="true" /> : <Eye size={15} aria-hidden="true" />}
      </button>
    </li>
  );
}

function ActiveStructure() {
  const { context } = useAccess();
  const label = useSession((state) => state.view.activeLabel);
  const name = useSession(
    (state) => state.openCase?.plan.structures.find((structure) => structure.label === state.view.activeLabel)?.name,
  );
  return (
    <div className="structures-tools" role="group" aria-label="Active structure">
      {name === undefined ? null : (
        <label className="structures-rename">
          <span>Name</span>
          <input
            key={`${label}-${name}`}
            defaultValue={name}
            maxLength={60}
            onBlur={(event) => {
              if (event.currentTarget.value !== name) renameStructure(context, label, event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur();
            }}
          />
        </label>
      )}
      <CommandButton id="structure.fillHoles" look="text" short="Fill holes" />
      <CommandButton id="structure.keepLargest" look="text" short="Keep largest part" />
      <CommandButton id="structure.clear" look="text" short="Clear" />
    </div>
  );
}

function MaskOrigin() {
  const plan = useSession((state) => state.openCase?.plan);
  if (plan === undefined) return null;
  const { author, edited, reviewedBy } = plan.segmentation;
  return (
    <dl className="structures-origin">
      <dt>Masks from</dt>
      <dd>{author ?? (edited ? texts.paintedHere : texts.noMasks)}</dd>
      {author !== null && edited ? (
        <>
          <dt>Edited</dt>
          <dd>by hand since the import</dd>
        </>
      ) : null}
      <dt>Reviewed by</dt>
      <dd data-reviewed={reviewedBy ?? ''}>{reviewedBy ?? texts.nobody}</dd>
    </dl>
  );
}
