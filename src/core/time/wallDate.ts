const Instant = Date;

/**
 * A date and a time of day on a calendar without a zone: every day has its 24 hours, on every computer. A step of months
 * or years that would end behind a month's last day ends on that day, as in Temporal.
 */
export class WallDate extends Instant {
  /** What `Date` takes; parts are those of no zone. */
  constructor(...parts: readonly unknown[]) {
    const [first] = parts.length > 1 ? [Instant.UTC(...(parts as [number, number]))] : (parts as [number]);
    // With nothing given it is now, which undefined is not.
    super(...((parts.length > 0 ? [first] : []) as [number]));
  }

  override getFullYear(): number {
    return this.getUTCFullYear();
  }
  override getMonth(): number {
    return this.getUTCMonth();
  }
  override getDate(): number {
    return this.getUTCDate();
  }
  override getDay(): number {
    return this.getUTCDay();
  }
  override getHours(): number {
    return this.getUTCHours();
  }
  override getMinutes(): number {
    return this.getUTCMinutes();
  }
  override getSeconds(): number {
    return this.getUTCSeconds();
  }
  override getMilliseconds(): number {
    return this.getUTCMilliseconds();
  }
  override getTimezoneOffset(): number {
    return 0;
  }
  override setDate(day: number): number {
    return this.setUTCDate(day);
  }
  override setHours(...parts: Parameters<Date['setHours']>): number {
    return this.setUTCHours(...parts);
  }
  override setMinutes(...parts: Parameters<Date['setMinutes']>): number {
    return this.setUTCMinutes(...parts);
  }
  override setSeconds(...parts: Parameters<Date['setSeconds']>): number {
    return this.setUTCSeconds(...parts);
  }
  override setMilliseconds(milliseconds: number): number {
    return this.setUTCMilliseconds(milliseconds);
  }
  override setMonth(month: number, day?: number): number {
    return this.setFullYear(this.getUTCFullYear(), month, day);
  }
  override setFullYear(year: number, month = this.getUTCMonth(), day?: number): number {
    return this.setUTCFullYear(year, month, day ?? Math.min(this.getUTCDate(), daysIn(year, month)));
  }
}

/** How many days a month (0–11, or beyond for other years) has. */
function daysIn(year: number, month: number): number {
  return new Instant(Instant.UTC(year, month + 1, 0)).getUTCDate();
}

/**
 * What `work` gives when each `Date` that it makes is one without a zone. The library that reads words has no other
 * calendar than `Date`'s own methods, which are those of the computer's zone, down to the hours that its clocks skip.
 * `work` ends before anything else runs, so nobody else meets this `Date`.
 */
export function withoutZone<Given>(work: () => Given): Given {
  const { Date: replaced } = globalThis;
  globalThis.Date = WallDate as unknown as DateConstructor;
  try {
    return work();
  } finally {
    globalThis.Date = replaced;
  }
}
