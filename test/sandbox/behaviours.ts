/**
 * How the live service was measured to behave, as switches. Nobody here asked it: each switch names the line of
 * `docs/live-service.md` that it stands for, and its first setting is what is on by default. Where sources disagree,
 * both are settings of one switch, and the client has to be right on either.
 */
export interface Behaviour {
  /** The line of `docs/live-service.md`, such as `reading-1`. */
  readonly line: string;
  /** What is switched, in a sentence. */
  readonly about: string;
  /** The first is the default. */
  readonly settings: readonly [string, ...string[]];
}

export const behaviours = {
  approvalFilter: {
    line: 'reading-1',
    about: 'A filter by status that has needs_approval beside others finds nothing, or what it says.',
    settings: ['empty', 'combined'],
  },
  editPost: {
    line: 'editing-1',
    about: 'Whether editPost checks the whole, keeps what is left out, or drops it.',
    settings: ['strict', 'merge', 'replace'],
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof behaviours;
/** The setting of every switch. */
export type Settings = { -readonly [Name in BehaviourName]: (typeof behaviours)[Name]['settings'][number] };

/** Every switch as it was measured. */
export function measuredSettings(): Settings {
  return Object.fromEntries(Object.entries(behaviours).map(([name, { settings }]) => [name, settings[0]])) as Settings;
}
