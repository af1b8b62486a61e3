/** Remembers what comes of a text: tests ask the same questions thousands of times. */
export function byText<Result>(work: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    if (known.has(text)) return known.get(text)!;
    const result = work(text);
    // Texts with values in them are new each time.
    if (known.size < 1_000) known.set(text, result);
    return result;
  };
}
