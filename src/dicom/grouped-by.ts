/** The elements of each key in their order; keys in the order of their first elements. */
export function groupedBy<Element, Key>(
  all: readonly Element[],
  keyOf: (element: Element) => Key,
): ReadonlyMap<Key, readonly Element[]> {
  const groups = new Map<Key, Element[]>();
  // For thousands of slices: code that runs for the first time makes two objects for each turn of `for … of`.
  all.forEach((element) => {
    const key = keyOf(element);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element]);
    else group.push(element);
  });
  return groups;
}
