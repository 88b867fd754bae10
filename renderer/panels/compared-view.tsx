import { useEffect, useRef } from 'react';
import type { SeriesEntry } from '../../src/dicom/index.ts';
import { openBeside } from '../commands/comparing.ts';
import { isolated } from '../isolated-text.ts';
import type { ComparedSeries } from '../session.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';
import { printedDate } from './format.ts';
import { focusByMouse } from './view-focus.ts';

function factsOf({ header, part }: SeriesEntry): readonly string[] {
  return [header.modality, header.description ?? texts.noDescription, part, printedDate(header.studyDate)]
    .filter((fact) => fact !== null)
    .map(isolated);
}

/** Above two series side by side: what each is, their plane, and how they are linked. */
export function PairBar() {
  const entry = useSession((state) => state.openCase?.entry ?? null);
  const compared = useSession((state) => state.view.compared);
  if (entry === null) return null;
  return (
    <div className="pair-bar">
      <div className="pair-side" role="group" aria-label={texts.pair.planned}>
        <SeriesName what={texts.pair.planned} entry={entry} />
        <span className="pair-buttons" role="group" aria-label="Plane">
          {(['axial', 'coronal', 'sagittal'] as const).map((plane) => (
            <CommandButton key={plane} id={`pair.${plane}`} look="text" short={texts.views[plane]} />
          ))}
        </span>
      </div>
      <div className="pair-side" role="group" aria-label={texts.pair.compared}>
        <SeriesName
          what={compared === null ? texts.pair.compared : linkText(compared)}
          entry={compared?.entry ?? null}
          isLinked={compared !== null && compared.offset !== null}
        />
        <span className="pair-buttons">
          <CommandButton id="pair.link" look="text" short="Link" />
          <CommandButton id="pair.choose" />
          <CommandButton id="pair.leave" />
        </span>
      </div>
    </div>
  );
}

function linkText({ isSameFrame, offset }: ComparedSeries): string {
  const { byPosition, byOffset, unlinked, unlinkedOther } = texts.pair;
  if (offset === null) return isSameFrame ? unlinked : unlinkedOther;
  return isSameFrame ? byPosition : byOffset;
}

interface SeriesNameProps {
  readonly what: string;
  readonly entry: SeriesEntry | null;
  readonly isLinked?: boolean;
}

function SeriesName({ what, entry, isLinked }: SeriesNameProps) {
  const name = entry === null ? '' : factsOf(entry).join(' · ');
  return (
    <span className="pair-name">
      <span className="pair-what" role="status" title={what} data-linked={isLinked}>
        {what}
      </span>
      <span className="pair-series" title={name}>
        {name}
      </span>
    </span>
  );
}

/** The second series: its view, or the list it is chosen from. */
export function ComparedView() {
  const hasSeries = useSession((state) => state.view.compared !== null);
  const plane = useSession((state) => state.view.pairPlane);
  return hasSeries ? <ComparedFrame key={plane} label={texts.views[plane]} /> : <SeriesPicker />;
}

function ComparedFrame({ label }: { readonly label: string }) {
  const { attach, context } = useAccess();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current === null ? undefined : attach('compared', element.current)), [attach]);
  return (
    <div
      ref={element}
      className="workspace-view"
      role="application"
      tabIndex={0}
      aria-label={`${texts.pair.compared}: ${label} view`}
      aria-description={texts.pair.readOnly}
      data-view="compared"
      onFocus={() => context.session.look({ focusedView: 'compared' })}
      onContextMenu={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        if (event.target instanceof HTMLCanvasElement) focusByMouse(event.currentTarget);
      }}
    />
  );
}

/** The series of the open folder, the open one at the end; those that can not be opened are left out. */
function SeriesPicker() {
  const { context } = useAccess();
  const choice = useSession((state) => state.choice);
  const own = useSession((state) => state.openCase?.entry.volumeId ?? null);
  const isBusy = useSession((state) => state.tasks.length > 0);
  const usable = choice?.entries.filter((entry) => entry.status === 'volume') ?? [];
  const others = usable.filter((entry) => entry.volumeId !== own);
  const listed = [...others, ...usable.filter((entry) => entry.volumeId === own)];
  return (
    <div className="workspace-view pair-picker" data-view="picker">
      <h2 id="pair-picker-title">{texts.pair.choose}</h2>
      {others.length === 0 ? <p>{texts.pair.nothingElse}</p> : null}
      <ul aria-labelledby="pair-picker-title">
        {listed.map((entry) => (
          <li key={entry.volumeId}>
            <button
              type="button"
              className="pair-choice"
              data-series={entry.header.seriesInstanceUid}
              disabled={isBusy}
              title={isBusy ? texts.why.busy : undefined}
              onClick={() => void openBeside(context, entry)}
            >
              <span>
                {factsOf(entry).map((fact, place, facts) => (
                  <span key={fact} className="pair-fact">
                    {fact}
                    {place === facts.length - 1 ? '' : ' · '}
                  </span>
                ))}
              </span>
              <span className="pair-facts">
                {entry.volumeId === own ? texts.pair.own : `${entry.slices} slices`}
                {entry.spacing === null ? '' : ` · ${entry.spacing.map((step) => step.toFixed(2)).join(' × ')} mm`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
