import { casual } from 'chrono-node/en';
import type { TimeLanguage } from './timeLanguage.ts';

export const english: TimeLanguage = {
  reader: casual,
  spellings: [
    [/ ?@ ?(?=\d)/u, ' at '],
    [/\b12 (?=noon|midday|midnight)/iu, ''],
    // The library takes the modifier for a week's.
    [/\bnext weekday\b/iu, 'weekday'],
    [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) in the (?:afternoon|evening)\b/iu, '$1$2 pm'],
  ],
  partsOfHours: [
    ['half past #', 30],
    ['(?:a )?quarter (?:past|after) #', 15],
    ['(?:a )?quarter (?:to|of|before) #', -15],
  ],
  fillers: /\b(?:at|on|the|by|for|of)\b/giu,
  current: /\bthis\b/iu,
  beforeDurations: /(?:\b(?:in|within|for|after|next|past|last)|[+-])\s*$/iu,
  durations: {
    before: 'in|within|for|after',
    after: String.raw`(?:ago|from now|later|earlier)\b`,
    numbers: ['an?|one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
    halfBefore: ' and a half',
    halfAfter: ' and a half',
    and: 'and|,',
    hours: 'h(?:ou)?rs?|h',
    days: 'days?',
    weeks: 'weeks?',
    minutes: 'm(?:in(?:ute)?s?)?',
    minute: 'minutes',
  },
  months: {
    day: String.raw`(?:(?:on )?the )?(?:(?<day>\d{1,2})(?:st|nd|rd|th)?|first(?: day)?|(?<last>last day|end))`,
    bareDay: String.raw`(?:(?:on )?the )?(?<day>\d{1,2})(?:st|nd|rd|th)`,
    of: ' of (?:the )?',
    months: ['this month|month', 'next month', 'month after next'],
    at: 'at',
  },
  between: /\b(?:to|till|until|or|and|every|each)\b|[-–—~/,]/giu,
  hoursAreTimes: false,
};
