/**
 * What chance begins with in tests: `SEED`, or another one each time. In CI it is always the same, so that it fails of a change
 * and never of a draw. A property that fails tells its seed.
 */
export const seed = Number(process.env['SEED'] ?? (process.env['CI'] ? 20_261_127 : Date.now() % 1_000_000_000));
