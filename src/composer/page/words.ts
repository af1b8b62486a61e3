import * as l10n from '@vscode/l10n';
import { asList, asNumber } from '../../page/format.ts';
import type { ChosenNetwork } from './chosen.ts';
import { threadKey } from './counting.ts';
import type { Draft } from '../../core/drafts/draft.ts';
import type { Sending, TextCount } from './page.ts';

/** Sentences that more than one part of the page says. */

/** How many characters a text has too many; none as long as it is not counted. */
export function tooMany(count: TextCount | undefined): number {
  return count ? Math.max(0, count.count - count.limit) : 0;
}

/** What the button does: how, and on how many profiles. */
export function sendLabel({ when, editing }: Draft, profiles: number, isRetry: boolean): string {
  if (isRetry) return profiles > 1 ? l10n.t('Retry on {0} Profiles', profiles) : l10n.t('Retry');
  if (editing && when.kind === 'keep') return l10n.t('Save Changes');
  switch (when.kind) {
    case 'next':
      return profiles > 1 ? l10n.t('Share Next on {0} Profiles', profiles) : l10n.t('Share Next');
    case 'now':
      return profiles > 1 ? l10n.t('Share Now on {0} Profiles', profiles) : l10n.t('Share Now');
    case 'draft':
      return profiles > 1 ? l10n.t('Save {0} Drafts at Buffer', profiles) : l10n.t('Save as Draft at Buffer');
    case 'at':
      return profiles > 1 ? l10n.t('Schedule for {0} Profiles', profiles) : l10n.t('Schedule');
    case 'queue':
    case 'keep':
      return profiles > 1 ? l10n.t('Add to {0} Queues', profiles) : l10n.t('Add to Queue');
  }
}

/** What was done, once nothing is left to do; what waits in the outbox was not done yet. */
export function sentTitle({ when, results }: Sending): string {
  const profiles = Object.values(results).filter(({ kind }) => kind === 'done').length;
  if (profiles === 0) return l10n.t('Waits in the Outbox');
  switch (when) {
    case 'now':
      return l10n.t('Shared');
    case 'at':
      return l10n.t('Scheduled');
    case 'draft':
      return l10n.t('Saved as Drafts at Buffer');
    case 'keep':
      return l10n.t('Saved');
    case 'queue':
    case 'next':
      return profiles > 1 ? l10n.t('Added to {0} Queues', profiles) : l10n.t('Added to the Queue');
  }
}

/** What to say of sending to someone who does not see it. */
export function sendingNews({ results, isOver }: Sending): string {
  const all = Object.values(results);
  const number = (kind: (typeof all)[number]['kind']) => all.filter((each) => each.kind === kind).length;
  if (!isOver) return l10n.t('Sending…');
  const [failed, unclear, done, waiting] = [number('failed'), number('unclear'), number('done'), number('waiting')];
  return [
    done && l10n.t('{0} of {1} sent.', done, all.length),
    waiting && l10n.t('{0} of {1} waiting in the outbox.', waiting, all.length),
    failed && l10n.t('{0} failed.', failed),
    unclear && l10n.t('{0} may have been sent; check before you send again.', unclear),
  ]
    .filter(Boolean)
    .join(' ');
}

/** What to say of the counts: nothing while there is room enough. */
export function countNews(networks: readonly ChosenNetwork[], counts: ReadonlyMap<string, TextCount>): string {
  const counted = networks.flatMap((network) => {
    const count = counts.get(network.service);
    return count ? [{ ...network, left: count.limit - count.count }] : [];
  });
  const over = counted.filter(({ left }) => left < 0);
  if (over.length > 0) return asList(over.map(({ label, left }) => l10n.t('{0}: {1} too many', label, asNumber(-left))));
  const close = counted.filter(({ left }) => left <= 20);
  return asList(close.map(({ label, left }) => l10n.t('{0}: {1} left', label, asNumber(left))));
}

/** What to say of the counts of threads: nothing while there is room enough. */
export function threadNews(networks: readonly ChosenNetwork[], counts: ReadonlyMap<string, TextCount>): string {
  const parts = networks.flatMap(({ service, label, thread }) =>
    (thread?.texts ?? []).map((_, index) => ({ service: threadKey(service, index), label: partOfThread(label, index), limit: 0 })),
  );
  return countNews(parts, counts);
}

/** What a text of a thread is called; the text of all is part 1. `index` is its place among those that follow. */
export function partOfThread(label: string, index: number): string {
  return l10n.t('{0}, part {1}', label, asNumber(index + 2));
}
