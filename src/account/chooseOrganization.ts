import * as vscode from 'vscode';
import type { Account, Organization } from '../core/buffer/model.ts';
import { plainText } from '../ui/plainText.ts';

/**
 * The organization whose queues are shown; asks where there are several.
 * @param current  the one that is shown now
 * @throws vscode.CancellationError when the person gives up
 */
export async function chooseOrganization({ organizations = [] }: Account, current?: Organization): Promise<Organization | undefined> {
  if (organizations.length < 2) return organizations[0];
  const items = organizations.map((organization) => ({
    label: plainText(organization.name),
    description: organization.id === current?.id ? vscode.l10n.t('shown now') : undefined,
    organization,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Organization'),
    placeHolder: vscode.l10n.t('Choose whose queues to show'),
    ignoreFocusOut: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.organization;
}
