/** A function whose results are kept: the same arguments are worked out once. They must be plain data. */
export function once<Keys extends readonly unknown[], Value>(
  make: (...keys: Keys) => Value,
): (...keys: Keys) => Value {
  const known = new Map<string, Value>();
  return (...keys) => {
    const name = JSON.stringify(keys);
    const found = known.get(name) ?? make(...keys);
    known.set(name, found);
    return found;
  };
}
