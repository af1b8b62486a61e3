import * as vscode from 'vscode';
import type { NewShareTime, Profile, Update } from '../core/buffer/model.ts';
import type { Delivery } from '../core/delivery/deliver.ts';
import { draftToRepeat } from '../core/drafts/draftUpdate.ts';
import { takenDetails } from '../core/networks/networkNeeds.ts';
import type { Planned } from '../core/queue/twins.ts';
import { headline } from '../ui/headline.ts';
import { twinNotes } from '../ui/twinWords.ts';
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
