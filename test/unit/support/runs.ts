/** How often a property is tried: before a commit a quarter of it, as there will be more commits. */
export function runs(often: number): number {
  return process.env['QUICK'] ? Math.ceil(often / 4) : often;
}
