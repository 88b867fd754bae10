import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { homeOf } from '../commands/pages.ts';
import type { Session } from '../session.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';

const { steps } = texts.tour;

function goToStep(session: Session, tourStep: number | null): void {
  // Its last steps lie on another page: whoever leaves the tour finds the pictures again.
  const place = tourStep === null ? 'views' : steps[tourStep]?.place;
  if (place !== undefined) session.look(homeOf(place));
  session.update((state) => ({ ...state, tourStep }));
}

/** The tour of the sample case: a callout beside each place in turn. The page below stays usable all the while. */
export function Tour() {
  const { session } = useAccess().context;
  const at = useSession((state) => state.tourStep);
  const isHere = useSession((state) => state.screen === 'workspace');
  useEffect(() => {
    if (!isHere && at !== null) goToStep(session, null);
  }, [session, isHere, at]);
  return at === null || !isHere ? null : <Callout key={at} at={at} />;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const margin = 12;

/** Where the callout lies: beside its place, on the side with the most room, and always on the screen. */
export function calloutAt(
  place: Box,
  size: { width: number; height: number },
  page: { width: number; height: number },
) {
  const rooms = {
    right: page.width - place.left - place.width - size.width,
    left: place.left - size.width,
    below: page.height - place.top - place.height - size.height,
    above: place.top - size.height,
  };
  const side = (Object.keys(rooms) as (keyof typeof rooms)[]).reduce((a, b) => (rooms[b] > rooms[a] ? b : a));
  const wanted = {
    right: [place.left + place.width + margin, place.top],
    left: [place.left - size.width - margin, place.top],
    below: [place.left, place.top + place.height + margin],
    above: [place.left, place.top - size.height - margin],
  }[side] as [number, number];
  const inside = (value: number, room: number) => Math.max(margin, Math.min(value, room - margin));
  return { left: inside(wanted[0], page.width - size.width), top: inside(wanted[1], page.height - size.height) };
}

function Callout({ at }: { readonly at: number }) {
  const { session } = useAccess().context;
  const box = useRef<HTMLElement>(null);
  const onward = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<Box | null>(null);
  const [where, setWhere] = useState({ left: 0, top: 0 });
  const step = steps[at];
  const isLast = at === steps.length - 1;
  useLayoutEffect(() => {
    const anchor = document.querySelector(`[data-place="${step?.place ?? ''}"]`);
    anchor?.scrollIntoView({ block: 'nearest' });
    const lay = (): void => {
      const own = box.current;
      if (own === null) return;
      const found = anchor?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0);
      setPlace(found);
      const size = { width: own.offsetWidth, height: own.offsetHeight };
      setWhere(calloutAt(found, size, { width: innerWidth, height: innerHeight }));
    };
    lay();
    onward.current?.focus();
    const watch = new ResizeObserver(lay);
    if (anchor !== null) watch.observe(anchor);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [step]);
  if (step === undefined) return null;
  return (
    <>
      {place === null ? null : (
        <div
          className="tour-place"
          style={{ left: place.left - 3, top: place.top - 3, width: place.width + 6, height: place.height + 6 }}
        />
      )}
      <section
        ref={box}
        className="tour-callout"
        role="dialog"
        aria-modal="false"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        data-tour={at}
        style={where}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          goToStep(session, null);
        }}
      >
        <div className="dialog-head">
          <h2 id="tour-title">{step.title}</h2>
          <button
            type="button"
            className="control-button control-icon"
            aria-label={texts.tour.skip}
            onClick={() => goToStep(session, null)}
          >
            <X size={16} aria-hidden="true" />
          </button>
        </div>
        <p id="tour-text">{step.text}</p>
        <div className="dialog-foot">
          <small className="dialog-note">{texts.tour.of(at + 1, steps.length)}</small>
          {at === 0 ? null : (
            <button type="button" className="control-button control-text" onClick={() => goToStep(session, at - 1)}>
              {texts.tour.back}
            </button>
          )}
          <button
            ref={onward}
            type="button"
            className="control-button control-text control-active"
            onClick={() => goToStep(session, isLast ? null : at + 1)}
          >
            {isLast ? texts.tour.end : texts.tour.next}
          </button>
        </div>
      </section>
    </>
  );
}
