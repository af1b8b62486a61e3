import type { ToApp } from '../messages.ts';
import type { Draft } from '../../core/drafts/draft.ts';
import { isDraft } from './isDraft.ts';

const types: Readonly<Record<ToApp['type'], true>> = {
  open: true,
  profiles: true,
  time: true,
  slots: true,
  picture: true,
  card: true,
  tags: true,
  twins: true,
  insert: true,
  sent: true,
  pong: true,
  kept: true,
  notice: true,
};

/** A message that the page knows; undefined for whatever else arrives in a window. */
export function asMessage(data: unknown): ToApp | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || typeof data.type !== 'string') return undefined;
  if (!Object.hasOwn(types, data.type)) return undefined;
  if (data.type === 'open' && !asDraft('draft' in data ? data.draft : undefined)) return undefined;
  return data as ToApp;
}

/** A draft, unless an older version or something else wrote it. */
export function asDraft(data: unknown): Draft | undefined {
  return isDraft(data) ? data : undefined;
}
