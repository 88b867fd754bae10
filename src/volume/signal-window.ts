/** At most so many voxels are looked at: enough for any window, and no wait on the longest series. */
const mostVoxels = 1_000_000;

/** Centre and width from the 1st to the 99th percentile of the values: the window of a signal without a scale of its own, as in MR. */
export function signalWindow(values: Int16Array): { readonly centre: number; readonly width: number } {
  // Odd, so that it does not fall into step with the rows.
  const step = 2 * Math.floor(values.length / mostVoxels / 2) + 1;
  const seen = new Int16Array(Math.ceil(values.length / step));
  for (let at = 0; at < seen.length; at++) seen[at] = values[at * step]!;
  seen.sort();
  const low = seen[Math.floor((seen.length - 1) * 0.01)] ?? 0;
  const high = seen[Math.floor((seen.length - 1) * 0.99)] ?? 0;
  return { centre: Math.round((low + high) / 2), width: Math.max(1, high - low) };
}
