import type { MeasuredUpdate } from '../../core/buffer/model.ts';
import type { FiguresTold, SentUpdate, ToPage } from '../messages.ts';

/** A message that the page knows; undefined for whatever else arrives in a window. */
export function asMessage(data: unknown): ToPage | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'figures' || !('told' in data)) return undefined;
  const { told } = data;
  if (typeof told !== 'object' || told === null) return undefined;
  const { period, profiles, updates = [], before = [] } = told as Partial<FiguresTold>;
  const lists: readonly unknown[] = [updates, before];
  const isWhole = typeof period === 'object' && Array.isArray(profiles);
  return isWhole && lists.every((each) => Array.isArray(each) && each.every(isSent)) ? (data as ToPage) : undefined;
}

function isSent(value: unknown): value is SentUpdate {
  if (typeof value !== 'object' || value === null) return false;
  const { id, profileId, text, sentAt } = value as Partial<SentUpdate>;
  return typeof id === 'string' && typeof profileId === 'string' && typeof text === 'string' && typeof sentAt === 'number';
}

/** As it was before it was on its way. */
export function arrived({ sentAt, measuredAt, ...rest }: SentUpdate): MeasuredUpdate {
  return { ...rest, sentAt: new Date(sentAt), measuredAt: measuredAt === undefined ? undefined : new Date(measuredAt) };
}
