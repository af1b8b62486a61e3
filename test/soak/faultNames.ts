/**
 * The faults that a soak can throw, beside which it always kills windows.
 * - `network`    answers that are lost, replaced, late or cut off, and times without a connection
 * - `late`       creates that are carried out 1 to 90 seconds after they were answered
 * - `lag`        lists that lag behind by up to 20 seconds
 * - `partial`    of several posts in one request some fail
 * - `disk`       a disk that is full or refuses, also in the middle of a file
 * - `skew`       a service whose clock is up to three hours from this computer's
 * - `elsewhere`  edits and deletions by somebody else
 * - `newer`      hundreds of updates that come after what is looked for
 * - `version`    files of a newer version, and files that nobody can read
 * - `account`    somebody else signs in for a while
 * - `keyring`    a keyring that fails
 */
export const faultNames = [
  'network',
  'late',
  'lag',
  'partial',
  'disk',
  'skew',
  'elsewhere',
  'newer',
  'version',
  'account',
  'keyring',
] as const;
export type FaultName = (typeof faultNames)[number];
