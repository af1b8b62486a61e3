import type { ToPage } from '../messages.ts';

const types: Readonly<Record<ToPage['type'], true>> = { show: true, picture: true, scroll: true };

/** A message that the page knows; undefined for whatever else arrives in a window. */
export function asMessage(data: unknown): ToPage | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || typeof data.type !== 'string') return undefined;
  return Object.hasOwn(types, data.type) ? (data as ToPage) : undefined;
}
