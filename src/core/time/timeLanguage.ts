import type { ParsedResult, ParsingReference } from 'chrono-node/en';
import type { DurationWords } from './durations.ts';
import type { MonthWords } from './monthDays.ts';

/** How words for times are read in a language. */
export interface TimeLanguage {
  /** A part of chrono: it finds times in words. */
  readonly reader: { parse(words: string, reference: ParsingReference): readonly ParsedResult[] };
  /** Words that the library does not know, and what it knows them by. */
  readonly spellings?: readonly (readonly [RegExp, string])[];
  /**
   * How a half or a quarter of an hour is told: what stands around `#`, the hour, as a part of a regular expression, how many
   * minutes that is after the hour, and the hour's names from one on where they are not the numbers.
   */
  readonly partsOfHours?: readonly (readonly [around: string, minutes: number, names?: readonly string[]])[];
  /** Words around a day and a time that add nothing. */
  readonly fillers: RegExp;
  /** What makes a part of a day, or a day of the week, the one that is now, even when it is past. */
  readonly current: RegExp;
  /** Words before `18h` that make it a duration. */
  readonly beforeDurations: RegExp;
  readonly durations: DurationWords;
  readonly months: MonthWords;
  /** What makes more than one time of what stands on its sides, or of what follows it. */
  readonly between: RegExp;
  /** Whether `18h` alone is a time of day there. Where it could be a duration as well it is not guessed at. */
  readonly hoursAreTimes: boolean;
}
