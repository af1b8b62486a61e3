/** How often a property is tried: before a commit a quarter of it, as there will be more commits. */
export function runs(often: number): number {
  return process.env['QUICK'] ? Math.ceil(often / 4) : often;
}

/** The same for a long table of cases: before a commit each fourth, and the last. */
export function sampled<Each>(all: readonly Each[]): readonly Each[] {
  return process.env['QUICK'] ? all.filter((_, index) => index % 4 === 0 || index === all.length - 1) : all;
}
