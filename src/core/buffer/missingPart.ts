/** What an answer can lack without being worthless. */
export type OptionalPart = 'figures' | 'sums' | 'dailyLimits' | 'planLimits' | 'approvals' | 'groups' | 'other';

/** A part that did not come, and why. */
export interface MissingPart {
  readonly part: OptionalPart;
  /** The service's own words. */
  readonly reason: string;
  /** The credential may not read it. */
  readonly isForbidden: boolean;
}
