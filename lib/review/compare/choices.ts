/** Every choice of one item from each list; that of the first list changes fastest. */
export function* choices<Item>(lists: readonly (readonly Item[])[]): Generator<Item[]> {
  const last = lists.at(-1);
  if (last === undefined) yield [];
  for (const item of last ?? []) {
    for (const others of choices(lists.slice(0, -1))) yield [...others, item];
  }
}
