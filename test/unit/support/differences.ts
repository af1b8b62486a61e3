/**
 * What differs between two values that came over the wire, by path; nothing, null and a missing field are the same.
 * @param excepted  paths of which nothing is told, nor of what is under them
 */
export function differences(a: unknown, b: unknown, excepted: readonly string[] = [], path = ''): string[] {
  const [before, after] = [a ?? null, b ?? null];
  if (Object.is(before, after) || excepted.includes(path)) return [];
  if (
    typeof before !== 'object' ||
    typeof after !== 'object' ||
    before === null ||
    after === null ||
    Array.isArray(before) !== Array.isArray(after)
  ) {
    return [`${path}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`];
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    differences(
      (before as Record<string, unknown>)[name],
      (after as Record<string, unknown>)[name],
      excepted,
      path ? `${path}.${name}` : name,
    ),
  );
}
