/** The elements of each key in their order; keys in the order of their first elements. A plain loop: a folder has thousands of slices. */
export function groupedBy<Element, Key>(
  all: readonly Element[],
  keyOf: (element: Element) => Key,
): ReadonlyMap<Key, readonly Element[]> {
  const groups = new Map<Key, Element[]>();
  for (const element of all) {
    const key = keyOf(element);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element]);
    else group.push(element);
  }
  return groups;
}
