import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { may } from '../core/queue/abilities.ts';
import { profileNames } from '../ui/profileNames.ts';
import { profileTrouble } from '../ui/profileWords.ts';
import { setRequeueOnSave } from '../ui/requeueOnSave.ts';
import type { CommandContext } from './commandContext.ts';
import { idInView, type Target, targetUpdate } from './pickUpdate.ts';
import { reconnect } from './queueCommands.ts';
import { refuseClosed } from './refuseClosed.ts';
import { openUpdate } from './showUpdate.ts';
import { openDocument } from './unsentUpdate.ts';

/** Opens the next of all that failed; after the last one the first. */
export async function nextFailedUpdate(parts: CommandContext): Promise<void> {
  const { tree, view } = parts;
  const update = await nextFailed(parts);
  await openUpdate(parts, update.id);
  // Its row is shown where there are rows: the keyboard stays with the update.
  const row = view.visible ? await tree.find(update.id) : undefined;
  if (row) await view.reveal(row, { select: true, focus: false });
}

/**
 * Opens what failed with the reason beside it, so that saving puts it back into its queue: as a document, or in the composer
 * where there is more to mend than a text.
 */
export async function fixAndRequeue(parts: CommandContext, target?: Target): Promise<void> {
  const { store } = parts;
  const chosen = target || idInView(parts) ? await targetUpdate(parts, target, vscode.l10n.t('Fix and Requeue')) : undefined;
  const update = chosen?.status === 'failed' || target ? chosen! : await nextFailed(parts);
  if (update.status !== 'failed') {
    void vscode.window.showInformationMessage(vscode.l10n.t('This update did not fail.'));
    throw new vscode.CancellationError();
  }
  await refuseClosed(parts, update);
  if (!may('edit', update, store)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Buffer does not let you edit this update.'));
    throw new vscode.CancellationError();
  }
  await refuseTrouble(parts, update);
  const { requeue } = store.capabilities;
  if (!requeue)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('REST API v1 cannot put an update back into its queue. Once it is mended, share it now or reschedule it.'),
    );
  if (openDocument(update) || isTextOnly(update)) {
    await openUpdate(parts, update.id);
    return setRequeueOnSave(update.id, requeue);
  }
  const whole = await parts.failures.attempt(() => store.inFull(update.id));
  await parts.composers.edit(whole, requeue ? { when: { kind: 'queue' } } : undefined);
}

/** What failed because of its profile fails again: the person is told before, and may know better. */
async function refuseTrouble({ store }: CommandContext, { profileId }: Update): Promise<void> {
  const profile = store.profile(profileId);
  const trouble = profile && profileTrouble(profile);
  if (!profile || !trouble) return;
  const anyway = vscode.l10n.t('Fix Anyway');
  const options = profile.isDisconnected ? [vscode.l10n.t('Reconnect'), anyway] : [anyway];
  const choice = await vscode.window.showWarningMessage(`${profileNames([profile], store.profiles.items)}: ${trouble.long}`, ...options);
  if (choice === anyway) return;
  if (choice) await reconnect(profile);
  throw new vscode.CancellationError();
}

/** The one after the update that is open or selected. */
async function nextFailed(parts: CommandContext): Promise<Update> {
  const { store, failures } = parts;
  await failures.attempt(() => store.loadProfiles());
  const { failed } = store;
  const from = failed.findIndex(({ id }) => id === idInView(parts));
  const next = failed[(from + 1) % failed.length];
  if (next) return next;
  void vscode.window.showInformationMessage(vscode.l10n.t('No update failed.'));
  throw new vscode.CancellationError();
}

/** Whether a document shows all that can be mended: no files, and no words beside the text. */
function isTextOnly({ media, attachments = [], threadAttachments = [], details = {} }: Update): boolean {
  const isPlain = Object.entries(details).every(([name, value]) => name === 'type' || !(typeof value === 'string' || Array.isArray(value)));
  return (!media || media.link !== undefined) && attachments.length === 0 && threadAttachments.length === 0 && isPlain;
}
