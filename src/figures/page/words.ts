import * as l10n from '@vscode/l10n';
import { isPercentage } from '../../core/figures/sums.ts';
import { asNumber } from '../../page/format.ts';

/** What a figure is called. */
export function figureWord(name: string): string {
  switch (name) {
    case 'reactions':
      return l10n.t('Reactions');
    case 'comments':
      return l10n.t('Comments');
    case 'shares':
      return l10n.t('Shares');
    case 'reposts':
      return l10n.t('Reposts');
    case 'reach':
      return l10n.t('Reach');
    case 'impressions':
      return l10n.t('Impressions');
    case 'views':
      return l10n.t('Views');
    case 'clicks':
      return l10n.t('Clicks');
    case 'likes':
      return l10n.t('Likes');
    case 'saves':
      return l10n.t('Saves');
    case 'engagementRate':
      return l10n.t('Engagement Rate');
    default:
      // Buffer’s own word, such as `totalTimeWatched`.
      return name.replace(/(?<=[a-z])(?=[A-Z])/gu, ' ').replace(/^./u, (letter) => letter.toUpperCase());
  }
}

/** A figure as it is written; a dash where it is not known. */
export function figureText(name: string, value: number | undefined): string {
  if (value === undefined) return '–';
  if (isPercentage(name)) return `${asNumber(value)} %`;
  return asNumber(Number.isInteger(value) ? value : Math.round(value * 10) / 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A time as clocks in a zone show it. */
export function timeText(time: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(document.documentElement.lang || 'en', options)));
  return format.format(time);
}

/** Names of the week's days, Monday first. */
export function weekdayText(index: number, weekday: 'short' | 'long' = 'short'): string {
  // 5 January 1970 was a Monday.
  return timeText(new Date((4 + index) * 86_400_000), { weekday, timeZone: 'UTC' });
}

export function hourText(hour: number): string {
  return timeText(new Date(hour * 3_600_000), { hour: 'numeric', timeZone: 'UTC' });
}
