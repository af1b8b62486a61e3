/** How one schema differs from another, each difference in a line of its own. */
export interface Drift {
  readonly came: readonly string[];
  readonly went: readonly string[];
  readonly changed: readonly string[];
  /** What is newly marked as deprecated. */
  readonly deprecated: readonly string[];
  /** What is used and will go, soonest first. */
  readonly ending: readonly string[];
  /** What no longer holds of all that the extension itself asks and sends. */
  readonly broken: readonly string[];
}

const titles: Readonly<Record<keyof Drift, string>> = {
  came: 'Came',
  went: 'Went',
  changed: 'Changed',
  deprecated: 'Deprecated',
  ending: 'Used, and to go',
  broken: 'No longer fits what the extension asks and sends',
};

/** The differences as text for the terminal; what needs someone to act stands last. What is to go is no difference. */
export function reportOf(drift: Drift): string {
  const parts = (Object.keys(titles) as (keyof Drift)[]).filter((part) => drift[part].length > 0);
  const told = parts.map((part) => [`${titles[part]} (${drift[part].length})`, ...drift[part].map((line) => `  ${line}`)].join('\n'));
  return [...(parts.some((part) => part !== 'ending') ? [] : ['No difference.']), ...told].join('\n\n');
}
