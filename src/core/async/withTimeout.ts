/**
 * What a promise gives, waited for no longer than this. What was asked goes on all the same.
 * @param patience  milliseconds; they keep no process alive
 * @param tooLate   called where they are over first
 * @throws what `tooLate` gives, or what the promise failed with
 */
export async function withTimeout<Value>(promise: Promise<Value>, patience: number, tooLate: () => Error): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), patience).unref();
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
