import { casual } from 'chrono-node/en';
import type { TimeLanguage } from './timeLanguage.ts';

export const english: TimeLanguage = {
  reader: casual,
  fillers: /\b(?:at|on|the|by|for|of)\b/giu,
  current: /\bthis\b/iu,
  beforeDurations: /(?:\b(?:in|within|for|after|next|past|last)|[+-])\s*$/iu,
  hoursAreTimes: false,
};
