import { useCallback, useState } from 'react';

/** The width of an element in CSS pixels as it is laid out now, and what to give the element as its `ref`. 0 before it is known. */
export function useWidth(): readonly [width: number, ref: (element: Element | null) => (() => void) | undefined] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: Element | null) => {
    if (element === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [width, ref];
}
