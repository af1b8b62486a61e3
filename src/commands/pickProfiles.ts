import * as vscode from 'vscode';
import type { Profile } from '../buffer/model.ts';
import { networkOf } from '../buffer/networks.ts';
import { profileTrouble } from '../queue/queueRows.ts';
import type { Parts } from './parts.ts';

const { t } = vscode.l10n;
const lastChoiceKey = 'buffer.lastProfiles';

interface ProfileItem extends vscode.QuickPickItem {
  readonly profile?: Profile;
}

/**
 * Asks where to post. The last choice is chosen again, else the default profile.
 * @param note  what to say beside a profile, such as that the text is too long for it
 * @returns the chosen profiles, at least one
 * @throws vscode.CancellationError when the person gives up
 */
export async function pickProfiles({ store, memory }: Parts, title: string, note: (profile: Profile) => string | undefined): Promise<Profile[]> {
  const profiles = [...(await store.loadProfiles())].sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const able = profiles.filter((profile) => !profileTrouble(profile));
  const unable = profiles.filter((profile) => profileTrouble(profile));
  if (able.length === 0) {
    void vscode.window.showWarningMessage(t('No profile can take an update now. Connect one at buffer.com, then refresh.'));
    throw new vscode.CancellationError();
  }
  const items: ProfileItem[] = able.map((profile) => profileItem(profile, note(profile)));
  if (unable.length) items.push({ label: t('Cannot be posted to'), kind: vscode.QuickPickItemKind.Separator });
  items.push(...unable.map((profile) => ({ ...profileItem(profile, profileTrouble(profile)?.long), profile: undefined })));

  const last = new Set(memory.get<string[]>(lastChoiceKey));
  const before = items.filter(({ profile }) => profile && last.has(profile.id));
  const chosen = await choose(title, items, before.length ? before : items.slice(0, 1));
  await rememberProfiles(memory, chosen.map(({ id }) => id));
  return chosen;
}

/** Chooses these the next time. */
export async function rememberProfiles(memory: vscode.Memento, profileIds: readonly string[]): Promise<void> {
  await memory.update(lastChoiceKey, profileIds);
}

/** Forgets the last choice. */
export function forgetLastProfiles(memory: vscode.Memento): Thenable<void> {
  return memory.update(lastChoiceKey, undefined);
}

function profileItem(profile: Profile, detail: string | undefined): ProfileItem {
  return {
    label: profile.name,
    description: `${networkOf(profile.service).label} · ${t('{0} pending', profile.counts.pending)}`,
    detail,
    profile,
  };
}

function choose(title: string, items: ProfileItem[], selected: ProfileItem[]): Promise<Profile[]> {
  const pick = vscode.window.createQuickPick<ProfileItem>();
  pick.title = title;
  pick.placeholder = t('Where to?');
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
        pick.title = t('{0}: choose at least one profile', title);
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
