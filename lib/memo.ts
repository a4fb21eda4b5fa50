/**
 * A function that remembers what it gave for an object, as long as the object is there. For what
 * follows from the catalogue alone, and is asked for in every combination of its types.
 */
export function memo<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}
