import * as vscode from 'vscode';
import { chooseOrganization } from '../account/chooseOrganization.ts';
import { openKeyPage } from '../account/movingOver.ts';
import { plainText } from '../ui/plainText.ts';
import { isolated } from '../ui/profileNames.ts';
import type { CommandContext } from './commandContext.ts';

/** Asks for a token and signs in; the sidebar follows by itself. */
export async function signIn({ account }: CommandContext): Promise<void> {
  const session = await account.createSession();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('You are signed in to Buffer as {0}.', plainText(isolated(session.account.label))),
  );
}

/** Shows another organization's queues from now on. */
export async function switchOrganization({ account, store, failures }: CommandContext): Promise<void> {
  const connection = await account.connection();
  if (!connection) return vscode.commands.executeCommand('buffer.signIn');
  const person = await failures.attempt(() => store.account());
  if ((person.organizations?.length ?? 0) < 2) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Your Buffer account has one organization only.'));
    return;
  }
  const chosen = await chooseOrganization(person, connection.organization);
  if (chosen && chosen.id !== connection.organization?.id) await account.switchTo(chosen);
}

/** Takes someone with a token of the API v1 to the current one: the page for a key opens, and it is asked for. */
export async function moveToCurrentApi(parts: CommandContext): Promise<void> {
  await openKeyPage();
  await signIn(parts);
}

/** Forgets the token and everything that was kept with it. */
export async function signOut({ account }: CommandContext): Promise<void> {
  await account.removeSession();
  void vscode.window.showInformationMessage(vscode.l10n.t('You are signed out of Buffer.'));
}

/** Whether the person still wants to sign out although edited updates are open. */
export async function mayLeave(scheme: string): Promise<boolean> {
  const unsaved = vscode.workspace.textDocuments.filter(({ uri, isDirty }) => isDirty && uri.scheme === scheme);
  if (unsaved.length === 0) return true;
  const signOut = vscode.l10n.t('Sign Out');
  const choice = await vscode.window.showWarningMessage(
    unsaved.length === 1
      ? vscode.l10n.t('An update you edited is not saved.')
      : vscode.l10n.t('{0} updates you edited are not saved.', unsaved.length),
    { modal: true, detail: vscode.l10n.t('The text stays open, but it can be saved to Buffer only after you sign in again.') },
    signOut,
  );
  return choice === signOut;
}
