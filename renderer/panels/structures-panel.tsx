import { Eye, EyeOff, Lock, LockOpen } from 'lucide-react';
import { colourName, kindOf, liverLabel, structureColourNames, structureColours } from '../../src/liver/index.ts';
import type { Volumetry } from '../../src/liver/index.ts';
import { colourIn, structureIn } from '../../src/plan/index.ts';
import type { StructureEntry } from '../../src/plan/index.ts';
import { perform } from '../commands/command.ts';
import { commandById } from '../commands/list.ts';
import {
  colourStructure,
  listName,
  renameStructure,
  setOpacity,
  shownStructures,
  toggleLock,
  toggleVisibility,
} from '../commands/structures.ts';
import { opacityOf } from '../structure-look.ts';
import { useAccess, useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';
import { cssColour, printedNumber } from './format.ts';
import { MeasurementsList } from './measurements-list.tsx';
import { texts } from '../texts.ts';

/** The structures of the plan: which is painted, which are drawn, and how large they are. */
export function StructuresPanel() {
  const openCase = useSession((state) => state.openCase);
  const volumetry = useSession((state) => state.derived.volumetry);
  const structures = openCase === null ? [] : shownStructures(openCase.plan);
  return (
    <section className="structures-panel" aria-labelledby="structures-title">
      <header className="structures-head">
        <h2 id="structures-title">Structures</h2>
        <span data-place="tumours">
          <CommandButton id="structure.newTumour" look="text" />
        </span>
      </header>
      <ul className="structures-list" data-place="structures">
        {structures.map((structure) => (
          <Structure key={structure.label} structure={structure} volumeMl={volumeOf(structure.label, volumetry)} />
        ))}
      </ul>
      <ActiveStructure />
      <Overlay />
      <MeasurementsList />
      <MaskOrigin />
    </section>
  );
}

function Overlay() {
  const { session } = useAccess().context;
  const opacity = useSession((state) => state.view.overlayOpacity);
  return (
    <Slider
      name="Overlay"
      label="Opacity of the overlay"
      value={opacity}
      onChange={(overlayOpacity) => session.look({ overlayOpacity })}
    />
  );
}

function Slider({
  name,
  label,
  value,
  onChange,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <label className="structures-opacity">
      <span>{name}</span>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={value}
        aria-label={label}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <span className="structures-opacity-value">{Math.round(value * 100)} %</span>
    </label>
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
  const { context } = useAccess();
  const { session } = context;
  const { label, isLocked = false } = structure;
  const name = listName(structure);
  const isActive = useSession((state) => state.view.activeLabel === label);
  const isHidden = useSession((state) => state.view.hiddenLabels.includes(label));
  const colour = colourIn([structure], label);
  return (
    <li
      className={isActive ? 'structures-active' : undefined}
      data-structure={label}
      data-locked={isLocked}
      data-place={kindOf(label) === 'vessel' ? 'vessels' : undefined}
    >
      <button
        type="button"
        className="structures-name"
        aria-pressed={isActive}
        aria-label={`Paint ${name}${isLocked ? `, ${texts.structures.isLocked}` : ''}`}
        title={label === liverLabel ? `${name}: ${texts.structures.parenchymaHint}` : name}
        onClick={() => session.look({ activeLabel: label })}
        onDoubleClick={() => void perform(commandById('structure.rename'), context)}
      >
        <span
          className="structures-swatch"
          style={{ background: colour === null ? 'transparent' : cssColour(colour) }}
        />
        <span className="structures-text">{name}</span>
      </button>
      <span className="structures-volume" data-volume={volumeMl ?? ''}>
        {volumeMl === null ? '' : volumeMl === 0 ? '—' : `${printedNumber(volumeMl, volumeMl < 10 ? 1 : 0)} mL`}
      </span>
      <button
        type="button"
        className="structures-eye structures-lock"
        aria-pressed={isLocked}
        aria-label={isLocked ? `Unlock ${name}` : `Lock ${name}`}
        onClick={() => toggleLock(context, label)}
      >
        {isLocked ? <Lock size={14} aria-hidden="true" /> : <LockOpen size={14} aria-hidden="true" />}
      </button>
      <button
        type="button"
        className="structures-eye"
        aria-pressed={!isHidden}
        aria-label={isHidden ? `Show ${name}` : `Hide ${name}`}
        onClick={() => toggleVisibility(context, label)}
      >
        {isHidden ? <EyeOff size={15} aria-hidden="true" /> : <Eye size={15} aria-hidden="true" />}
      </button>
    </li>
  );
}

/** What can be changed of the structure that is painted: name, colour, how solid it is, and its voxels as a whole. */
function ActiveStructure() {
  const { context } = useAccess();
  const hasCase = useSession((state) => state.openCase !== null);
  const label = useSession((state) => state.view.activeLabel);
  const structures = useSession((state) => state.openCase?.plan.structures);
  const opacity = useSession((state) => opacityOf(state.view, label));
  const active = structureIn(structures ?? [], label);
  const name = listName(active);
  if (!hasCase) return null;
  return (
    <div className="structures-tools" role="group" aria-label={`Active structure: ${name}`}>
      <label className="structures-rename" data-place="name">
        <span>Name</span>
        <input
          key={`${label}-${name}`}
          defaultValue={name}
          maxLength={60}
          onBlur={(event) => renameStructure(context, label, event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            if (event.key === 'Escape') event.currentTarget.value = name;
            // Leaving the field names the structure; the focus goes on in the list.
            document.querySelector<HTMLElement>(`[data-structure="${label}"] .structures-name`)?.focus();
          }}
        />
      </label>
      <div className="structures-colours" role="radiogroup" aria-label={`Colour of ${name}`}>
        <span aria-hidden="true">{texts.structures.colour}</span>
        {structureColourNames.map((colour) => (
          <label key={colour} className="structures-colour" title={texts.structures.colours[colour]}>
            <input
              type="radio"
              name="structure-colour"
              className="unseen"
              aria-label={texts.structures.colours[colour]}
              checked={colour === (active.colour ?? colourName(label))}
              onChange={() => colourStructure(context, label, colour)}
            />
            <span className="structures-swatch" style={{ background: cssColour(structureColours[colour]) }} />
          </label>
        ))}
      </div>
      <Slider
        name={texts.structures.opacity}
        label={`Opacity of ${name}`}
        value={opacity}
        onChange={(value) => setOpacity(context, label, value)}
      />
      <div className="structures-whole">
        <CommandButton id="structure.fillHoles" look="text" short="Fill holes" />
        <CommandButton id="structure.keepLargest" look="text" short="Largest part" />
        <CommandButton id="structure.clear" look="text" short="Clear" />
      </div>
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
