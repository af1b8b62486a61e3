/**
 * The faults that a soak can throw, beside which it always kills windows.
 * - `network`    answers that are lost, replaced, late or cut off, and times without a connection
 * - `late`       creates that are carried out 1 to 90 seconds after they were answered
 * - `lag`        lists that lag behind by up to 20 seconds
 * - `partial`    of several posts in one request some fail
 * - `disk`       a disk that is full or refuses, also in the middle of a file
 * - `skew`       a service whose clock is up to three hours from true time
 * - `elsewhere`  edits and deletions by somebody else, mostly of what was made while its answer was lost
 * - `newer`      hundreds of updates that come after what is looked for
 * - `version`    files of a newer version, and files that nobody can read
 * - `account`    somebody else signs in for a while
 * - `keyring`    a keyring that fails
 * - `kill`       power cuts, which take what was not synced; some of them of a real process, killed at any moment
 * - `twins`      equal texts, sent on purpose
 * - `clock`      computers whose clocks are set, and that sleep in the middle of what they do
 * - `machines`   two computers over one home folder, whose clocks and process numbers say nothing to each other
 * - `caches`     what one of those computers did in a folder, the other one sees up to a minute later
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
  'kill',
  'twins',
  'clock',
  'machines',
  'caches',
] as const;
export type FaultName = (typeof faultNames)[number];
