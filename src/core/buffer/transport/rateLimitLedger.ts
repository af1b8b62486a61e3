/** What one window has asked for with a credential, as it tells the others. Times are milliseconds since 1970. */
export interface RateLimitUsage {
  /** Requests under way, or about to be. */
  readonly running: number;
  /** When those that still count were answered. */
  readonly answered: readonly number[];
  /** Until when the service wants nothing at all; 0 where it never said so. */
  readonly silentUntil: number;
}

/**
 * Where the windows that use one credential tell each other what they ask for. What cannot be told or read is left out:
 * nothing here fails.
 */
export interface RateLimitLedger {
  /** What the other windows told, as last read. */
  readonly others: readonly RateLimitUsage[];
  /** Calls back when the others are known to have told something else. */
  onDidChange(listener: () => void): { dispose(): void };
  /**
   * Tells this, and then reads what the others told. So of two windows that do it at the same time at least one learns
   * of the other. Takes milliseconds, and is over soon also where that was not possible.
   */
  exchange(use: RateLimitUsage): Promise<void>;
  /** Tells this before long. */
  tell(use: RateLimitUsage): void;
  /** Ends all telling and reading. What was told last goes on to count for the others. */
  dispose(): void;
}
