import { countCharacters } from '../networks/characterCount.ts';
import { tagged } from '../networks/utm.ts';
import type { UtmRule } from '../networks/utmRule.ts';
import type { PreviewText } from './previewUpdate.ts';

/** A longer text is not counted: nobody reads where it grows too long, and each letter would wait for it. */
const longest = 10_000;

/** A text as it is sent to a network, and where it grows longer than `limit` characters. */
export function sentText(text: string, service: string, limit = Number.POSITIVE_INFINITY, rules: readonly UtmRule[] = []): PreviewText {
  const sent = tagged(text, service, rules);
  if (!Number.isFinite(limit) || sent.length > longest) return { text: sent };
  const { overflowsAt } = countCharacters(sent, service, limit);
  return { text: sent, ...(overflowsAt !== undefined && { overflowsAt }) };
}
