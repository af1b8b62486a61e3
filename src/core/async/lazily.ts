/**
 * What `load` gives, loaded with the first call and kept. A load that failed is not kept: the next call tries again.
 * `hasBegun` tells whether anything asked for it.
 */
export function lazily<Value>(load: () => Promise<Value>): (() => Promise<Value>) & { hasBegun(): boolean } {
  let loading: Promise<Value> | undefined;
  const get = () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return Object.assign(get, { hasBegun: () => loading !== undefined });
}
