import { useCallback, useState } from 'react';

/** How wide a drawing may be in its own pixels, and how many CSS pixels each of them takes (`--picture-scale`: larger on large screens). */
export interface DrawingWidth {
  /** 0 before it is known. */
  readonly width: number;
  readonly scale: number;
}

/** The width of an element as it is laid out now, for a drawing inside, and what to give the element as its `ref`. */
export function useWidth(): readonly [size: DrawingWidth, ref: (element: Element | null) => (() => void) | undefined] {
  const [size, setSize] = useState<DrawingWidth>({ width: 0, scale: 1 });
  const ref = useCallback((element: Element | null) => {
    if (element === null) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      const scale = Number(getComputedStyle(element).getPropertyValue('--picture-scale')) || 1;
      setSize({ width: Math.floor((entry?.contentRect.width ?? 0) / scale), scale });
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [size, ref];
}
