import { ImageOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Thumbnail } from '../../src/boundary/index.ts';
import type { SeriesEntry } from '../../src/dicom/index.ts';
import { openSeries } from '../commands/opening.ts';
import { useAccess, useSession } from './access.tsx';
import { patientsOf, patientText, printedDate } from './format.ts';
import { isolated } from '../isolated-text.ts';
import { texts } from '../texts.ts';
import { unbroken } from '../unbroken-text.ts';
import { LoadingView } from './loading-view.tsx';

/** The series of the chosen folder: what can be opened, and why the rest can not. */
export function SeriesScreen() {
  const choice = useSession((state) => state.choice);
  const task = useSession((state) => state.tasks.find(({ loading }) => loading !== undefined));
  useFocusAfter(task?.loading?.entry.volumeId);
  if (task?.loading !== undefined) {
    return (
      <main className="series-page">
        <LoadingView task={task} loading={task.loading} />
      </main>
    );
  }
  if (choice === null) return <main className="series-page" />;
  const hasSeveralPatients = patientsOf(choice).length > 1;
  const usable = choice.entries.filter((entry) => entry.status === 'volume').length;
  return (
    <main className="series-page">
      <h1>Series in {choice.folderName}</h1>
      <p className="series-summary">
        {usable} of {choice.entries.length} volumes can be opened.
        {choice.skipped > 0 ? ` ${texts.skipped(choice.skipped)}` : ''}
      </p>
      <ul className="series-list" aria-label="Series">
        {choice.entries.map((entry, index) => (
          <SeriesCard
            key={`${entry.header.seriesInstanceUid}-${index}`}
            entry={entry}
            thumbnail={choice.thumbnails[index] ?? null}
            patient={hasSeveralPatients ? patientText(entry.header) : null}
            suggestion={usable > 1 && choice.best?.volumeId === entry.volumeId ? choice.best.reason : null}
          />
        ))}
      </ul>
    </main>
  );
}

/** After a series that was not loaded to its end the keys go on where they were: at what opens it. */
function useFocusAfter(loading: string | undefined): void {
  useEffect(() => {
    if (loading === undefined) return undefined;
    return () => document.querySelector<HTMLElement>(`[data-volume="${CSS.escape(loading)}"] .series-open`)?.focus();
  }, [loading]);
}

function SeriesCard({
  entry,
  thumbnail,
  patient,
  suggestion,
}: {
  readonly entry: SeriesEntry;
  readonly thumbnail: Thumbnail | null;
  /** Who it is of, in a folder of several patients. */
  readonly patient: string | null;
  /** Why this is the one to look at first; null for the others. */
  readonly suggestion: string | null;
}) {
  const { context } = useAccess();
  const isBusy = useSession((state) => state.tasks.length > 0);
  const { header, spacing } = entry;
  const name = header.description ?? texts.noDescription;
  const canOpen = entry.status === 'volume';
  return (
    <li
      className={
        suggestion !== null ? 'series-card series-best' : canOpen ? 'series-card' : 'series-card series-refused'
      }
      data-series={header.seriesInstanceUid}
      data-volume={entry.volumeId}
    >
      <Picture thumbnail={thumbnail} />
      <div className="series-facts">
        <h2>
          <span className="series-modality">{header.modality}</span> {isolated(name)}
        </h2>
        {patient === null ? null : <p className="series-patient">{patient}</p>}
        <p>
          {entry.slices === 1 ? '1 slice' : `${entry.slices} slices`}
          {entry.size === null ? '' : ` · ${entry.size[0]} × ${entry.size[1]}`}
          {spacing === null ? '' : ` · ${spacing.map((step) => step.toFixed(2)).join(' × ')}\u00a0mm`}
          {entry.coverageMm === null ? '' : ` · ${entry.coverageMm.toFixed(0)}\u00a0mm covered`}
        </p>
        {entry.part === null ? null : <p className="series-part">{unbroken(entry.part)}</p>}
        {entry.phase === null ? null : (
          <p className="series-phase">
            Perhaps {entry.phase.phase}: {unbroken(entry.phase.reason)}.
          </p>
        )}
        {suggestion === null ? null : <p className="series-suggestion">{unbroken(suggestion)}</p>}
        <p>
          {[header.studyDescription, printedDate(header.studyDate)]
            .filter((part) => part !== null)
            .map(isolated)
            .join(' · ')}
        </p>
        {entry.reasons.map((reason) => (
          <p key={reason.message} className="series-reason" data-code={reason.code}>
            {unbroken(reason.message)}
          </p>
        ))}
        {entry.remarks.map((remark) => (
          <p key={remark.message} className="series-remark" data-code={remark.code}>
            {unbroken(remark.message)}
          </p>
        ))}
      </div>
      {canOpen ? (
        <button
          type="button"
          className="series-open"
          disabled={isBusy}
          title={isBusy ? texts.why.busy : undefined}
          aria-label={`Open ${name}`}
          autoFocus={suggestion !== null}
          onClick={() => void openSeries(context, entry)}
        >
          Open
        </button>
      ) : (
        <Closed entry={entry} name={name} />
      )}
    </li>
  );
}

/** In place of the open button: the explicit remedy where there is one. */
function Closed({ entry, name }: { readonly entry: SeriesEntry; readonly name: string }) {
  const { context } = useAccess();
  const isBusy = useSession((state) => state.tasks.length > 0);
  if (entry.resampling !== 'offered') return <span className="series-closed">Can not be opened</span>;
  return (
    <button
      type="button"
      className="series-open series-resample"
      disabled={isBusy}
      aria-label={`Interpolate ${name} to a regular grid`}
      title="The slices are interpolated to a regular upright grid. Every result will say so."
      onClick={() => void openSeries(context, entry)}
    >
      Interpolate
    </button>
  );
}

function Picture({ thumbnail }: { readonly thumbnail: Thumbnail | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const drawing = canvas.current?.getContext('2d');
    if (thumbnail === null || drawing === null || drawing === undefined) return;
    const image = drawing.createImageData(thumbnail.width, thumbnail.height);
    thumbnail.pixels.forEach((grey, place) => image.data.set([grey, grey, grey, 255], place * 4));
    drawing.putImageData(image, 0, 0);
  }, [thumbnail]);
  if (thumbnail === null) {
    return (
      <div className="series-no-picture" aria-hidden="true">
        <ImageOff size={26} strokeWidth={1.25} />
      </div>
    );
  }
  return (
    <canvas
      ref={canvas}
      className="series-picture"
      width={thumbnail.width}
      height={thumbnail.height}
      role="img"
      aria-label="Middle slice"
    />
  );
}
