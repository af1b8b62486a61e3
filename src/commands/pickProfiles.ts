import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import { missingFor } from '../core/networks/networkNeeds.ts';
import { networkOf } from '../core/networks/networks.ts';
import { plainText } from '../ui/plainText.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { lastProfiles, rememberProfiles } from '../core/queue/lastProfiles.ts';
import { profileNotes } from '../ui/profileNotes.ts';
import { pendingWords, profileTrouble } from '../ui/profileWords.ts';
import { isolated } from '../ui/profileNames.ts';
import type { CommandContext } from './commandContext.ts';

interface ProfileItem extends vscode.QuickPickItem {
  readonly profile?: Profile;
}

/**
 * Asks where to post. The last choice is chosen again, else the default profile.
 * @param note  what to say beside a profile, such as that the text is too long for it
 * @returns the chosen profiles, at least one
 * @throws vscode.CancellationError when the person gives up
 */
export async function pickProfiles(
  { store, memory }: CommandContext,
  title: string,
  note: (profile: Profile) => string | undefined,
): Promise<Profile[]> {
  const isLoaded = store.profiles.status === 'loaded';
  const profiles = [...(isLoaded ? store.profiles.items : await loadVisibly(store, title))].sort(
    (a, b) => Number(b.isDefault) - Number(a.isDefault),
  );
  const trouble = (profile: Profile) => profileTrouble(profile)?.long ?? (store.capabilities.details ? needsMore(profile) : undefined);
  const able = profiles.filter((profile) => !trouble(profile));
  const unable = profiles.filter(trouble);
  if (able.length === 0) {
    void vscode.window.showWarningMessage(vscode.l10n.t('No profile can take an update now. Connect one at buffer.com, then refresh.'));
    throw new vscode.CancellationError();
  }
  const said = (profile: Profile) => [note(profile), ...profileNotes(profile, store)].filter(Boolean).join(' ') || undefined;
  const items: ProfileItem[] = able.map((profile) => profileItem(profile, store, said(profile)));
  if (unable.length) items.push({ label: vscode.l10n.t('Unavailable'), kind: vscode.QuickPickItemKind.Separator });
  items.push(...unable.map((profile) => ({ ...profileItem(profile, store, trouble(profile)), profile: undefined })));

  const last = new Set(lastProfiles(memory));
  const before = items.filter(({ profile }) => profile && last.has(profile.id));
  const chosen = await choose(title, items, before.length ? before : items.slice(0, 1));
  await rememberProfiles(
    memory,
    chosen.map(({ id }) => id),
  );
  return chosen;
}

/** Loads the profiles with a list on screen that says so; closing it gives up. */
async function loadVisibly(store: QueueStore, title: string): Promise<readonly Profile[]> {
  const waiting = vscode.window.createQuickPick();
  waiting.title = title;
  waiting.placeholder = vscode.l10n.t('Loading your profiles…');
  waiting.busy = true;
  waiting.ignoreFocusOut = true;
  const closed = new Promise<never>((_, reject) => waiting.onDidHide(() => reject(new vscode.CancellationError())));
  waiting.show();
  try {
    return await Promise.race([store.loadProfiles(), closed]);
  } finally {
    waiting.dispose();
  }
}

/** Why a text alone is not enough for a profile's network. */
function needsMore({ service }: Profile): string | undefined {
  const isEnough = missingFor(service, { text: 'x' }).length === 0;
  return isEnough ? undefined : vscode.l10n.t('{0} needs more than a text. Use the composer.', networkOf(service).label);
}

function profileItem(profile: Profile, store: QueueStore, detail: string | undefined): ProfileItem {
  return {
    label: plainText(isolated(profile.name)),
    description: [plainText(networkOf(profile.service).label), pendingWords(profile, store)].filter(Boolean).join(' · '),
    detail,
    profile,
  };
}

function choose(title: string, items: ProfileItem[], selected: ProfileItem[]): Promise<Profile[]> {
  const pick = vscode.window.createQuickPick<ProfileItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Choose profiles');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = items;
  pick.selectedItems = selected;
  return new Promise((resolve, reject) => {
    pick.onDidChangeSelection((chosen) => {
      // VS Code has no items that cannot be chosen; a disconnected profile is let go of again at once.
      if (chosen.some(({ profile }) => !profile)) pick.selectedItems = chosen.filter(({ profile }) => profile);
    });
    pick.onDidAccept(() => {
      const profiles = pick.selectedItems.flatMap(({ profile }) => profile ?? []);
      if (profiles.length === 0) {
        pick.title = vscode.l10n.t('{0}: choose at least one profile', title);
        return;
      }
      resolve(profiles);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      reject(new vscode.CancellationError());
    });
    pick.show();
  });
}
