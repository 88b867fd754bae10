/** A figure or a letter in its box. */
export function Mark({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) {
  return (
    <g className="growth-label">
      <rect x={x - 8} y={y - 7} width="16" height="14" rx="3" />
      <text x={x} y={y + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
