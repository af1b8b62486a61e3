import * as l10n from '@vscode/l10n';
import { asNumber } from '../../../page/format.ts';
import type { TextCount } from '../page.ts';
import { tooMany } from '../words.ts';

/** How a count is shown: plain, close to its limit, or over it. */
export const countClass = ({ count, limit }: TextCount) =>
  count > limit ? 'count is-over' : limit - count <= 20 ? 'count is-close' : 'count';

/** A count and its limit, and how many are too many. */
export function countWords(count: TextCount): string {
  if (!Number.isFinite(count.limit)) return asNumber(count.count);
  const numbers = l10n.t('{0}/{1}', asNumber(count.count), asNumber(count.limit));
  return tooMany(count) > 0 ? l10n.t('{0}, {1} too many', numbers, asNumber(tooMany(count))) : numbers;
}
