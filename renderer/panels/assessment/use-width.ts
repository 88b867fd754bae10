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
    const measure = (): void => {
      const style = getComputedStyle(element);
      const scale = Number(style.getPropertyValue('--picture-scale')) || 1;
      const inner = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const width = Math.floor(inner / scale);
      setSize((known) => (known.width === width && known.scale === scale ? known : { width, scale }));
    };
    // At once, before anything is seen: a drawing that came a frame later would push away what is just being pressed.
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [size, ref];
}
