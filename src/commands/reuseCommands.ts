import * as vscode from 'vscode';
import type { NewShareTime, Profile, Update } from '../core/buffer/model.ts';
import type { Delivery } from '../core/delivery/deliver.ts';
import { draftToRepeat } from '../core/drafts/draftUpdate.ts';
import { takenDetails } from '../core/networks/networkNeeds.ts';
import { knownTwins, type Planned } from '../core/queue/twins.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { weeklyTimes } from '../core/time/weekly.ts';
import { headline } from '../ui/headline.ts';
import { inNumbers } from '../ui/numbers.ts';
import { profileNames } from '../ui/profileNames.ts';
import { twinNotes } from '../ui/twinWords.ts';
import { askForTime } from './askForTime.ts';
import { askForWeeks } from './askForWeeks.ts';
import { requestWords } from './batch.ts';
import type { CommandContext } from './commandContext.ts';
import { type Target, targetUpdate } from './pickUpdate.ts';
import { refuseClosed } from './refuseClosed.ts';
import { send } from './send.ts';
import { confirm, unsentUpdate } from './unsentUpdate.ts';

/** Opens the composer with all of an update that a draft can hold, to send it once more; tells what it cannot hold. */
export async function composeAgain(parts: CommandContext, target?: Target): Promise<void> {
  const { id } = await targetUpdate(parts, target, vscode.l10n.t('Compose Again'));
  // A list leaves out what the parts of a thread carry.
  const update = await parts.failures.attempt(() => parts.store.inFull(id));
  const { start, left } = draftToRepeat(update);
  await parts.composers.write(start);
  if (left === 0) return;
  void vscode.window.showInformationMessage(
    left === 1 ? vscode.l10n.t('One file was not taken along.') : vscode.l10n.t('{0} files were not taken along.', left),
  );
}

/**
 * Makes another update like one that waits: at the end of its queue, or among the drafts where it is one. Asked first where
 * there is another one like it by now.
 */
export async function duplicateUpdate(parts: CommandContext, target?: Target): Promise<void> {
  const { update, profile } = await repeatable(parts, target, vscode.l10n.t('Duplicate'));
  const twins = update.status === 'draft' ? [] : twinNotes(parts, profile, plannedLike(update));
  if (twins.length > 0)
    await confirm(vscode.l10n.t('Duplicate this update?'), [headline(update), ...twins].join('\n\n'), vscode.l10n.t('Duplicate'));
  await send(parts, [deliveryOf(update, profile, update.status === 'draft' ? 'draft' : 'queue')]);
}

/**
 * Makes updates like one that waits, for the same weekday and time of the weeks that follow: ordinary ones, each of which can
 * be changed or deleted by itself. Their times are shown before.
 */
export async function duplicateWeekly(parts: CommandContext, target?: Target): Promise<void> {
  const title = vscode.l10n.t('Duplicate for the Next Weeks');
  const { update, profile } = await repeatable(parts, target, title);
  const { timeZone } = profile;
  const now = new Date();
  // One without a time goes out at the first of those times as well.
  const first = update.dueAt ?? (await askForTime(title, [profile]));
  const after = update.dueAt && update.dueAt > now ? update.dueAt : now;
  const times = await askForWeeks(title, timeZone, (weeks) => weeklyTimes(first, timeZone, weeks, after));
  await confirm(
    times.length === 1
      ? vscode.l10n.t('Make one more update like this?')
      : vscode.l10n.t('Make {0} more updates like this?', inNumbers(times.length)),
    weeklyDetail(parts, update, profile, times),
    vscode.l10n.t('Duplicate'),
  );
  const like = deliveryOf(update, profile, 'queue');
  await send(
    parts,
    times.map((at) => ({ ...like, when: { at } })),
  );
}

/** What is made again, when it goes out, what is close to that, and what it costs. */
function weeklyDetail(parts: CommandContext, update: Update, profile: Profile, times: readonly Date[]): string {
  const style = { locale: personLocale(vscode.env.language), timeZone: profile.timeZone };
  const lines = times.map((at) => {
    // That it says the same as the one that it is made from, everybody knows.
    const { near } = knownTwins(parts.store, { ...plannedLike(update), profileId: profile.id, when: { at } });
    return near ? vscode.l10n.t('{0} (close to another update)', shortTime(at, style)) : shortTime(at, style);
  });
  const requests = requestWords(times.length, parts.queueView.budget);
  return [headline(update), profileNames([profile], parts.store.profiles.items), lines.join('\n'), requests].filter(Boolean).join('\n\n');
}

/** An update with all that it holds, of which nothing would be missing in another one; others are told and left. */
async function repeatable(
  parts: CommandContext,
  target: Target | undefined,
  title: string,
): Promise<{ readonly update: Update; readonly profile: Profile }> {
  const { update: chosen, profile } = await unsentUpdate(parts, target, title);
  const update = await parts.failures.attempt(() => parts.store.inFull(chosen.id));
  await refuseClosed(parts, update);
  if (draftToRepeat(update).left === 0) return { update, profile };
  const compose = vscode.l10n.t('Compose Again');
  const message = vscode.l10n.t('This update holds files that cannot be sent again from here.');
  if ((await vscode.window.showWarningMessage(message, compose)) === compose) await composeAgain(parts, target);
  throw new vscode.CancellationError();
}

/** That it is like the one that it is made from, everybody knows. */
function plannedLike({ id, text, media, details }: Update): Omit<Planned, 'profileId'> {
  return { text, media, thread: details?.thread, when: 'queue', updateId: id };
}

function deliveryOf({ text, media, details, tags = [], isReminder }: Update, profile: Profile, when: NewShareTime): Delivery {
  const tagIds = tags.map(({ id }) => id);
  return {
    text,
    profiles: [profile],
    when,
    media,
    ...(details && { details: { [profile.id]: takenDetails(profile.service, details) } }),
    options: { ...(tagIds.length > 0 && { tagIds }), ...(isReminder && { isReminder }) },
  };
}
