import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import type { PlanItem } from '../core/postFiles/plan.ts';
import { nameInFile } from '../core/postFiles/profileNames.ts';
import { fileOf, timeToWrite, writePost } from '../core/postFiles/write.ts';
import type { Wanted } from '../core/postFiles/wanted.ts';
import { planScheme as scheme } from './postLanguage.ts';
import { actionWords, whichPost } from './planWords.ts';

/** What Buffer has, and what files want, beside each other in VS Code's own comparison. */
export class PlanDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  /** The comparison goes with the plan: what it showed holds no longer. */
  dispose(): void {
    void closePlans();
    this.#registration.dispose();
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.#texts.get(path) ?? '';
  }

  /**
   * @param profiles  all of the account
   * @param tagNames  of the account's tags, by their ids
   */
  async show(items: readonly PlanItem[], profiles: readonly Profile[], tagNames: ReadonlyMap<string, string>): Promise<void> {
    // One that a reload left open has no texts any more.
    await closePlans();
    // VS Code keeps a text that it read once for as long as it likes: another plan has another address.
    const name = `${Date.now()}`;
    const left = this.#document(`/${name}/buffer.buffer.md`, items.map((item) => thereOf(item, profiles)).join('\n---post---\n'));
    const right = this.#document(
      `/${name}/files.buffer.md`,
      items.map((item) => wantedOf(item, profiles, tagNames)).join('\n---post---\n'),
    );
    await vscode.commands.executeCommand('vscode.diff', left, right, vscode.l10n.t('Plan: Buffer ↔ Files'), {
      preview: true,
      preserveFocus: true,
    });
  }

  #document(path: string, text: string): vscode.Uri {
    this.#texts.set(path, text);
    return vscode.Uri.from({ scheme, path });
  }
}

/** Closes all comparisons of plans. */
async function closePlans(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const plans = tabs.filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme);
  if (plans.length) await vscode.window.tabGroups.close(plans, true);
}

/** A post with a line above its keys that says what is to be done with it. */
function headed(item: PlanItem, post = '---\n---\n'): string {
  const { path, profile } = whichPost(item);
  return post.replace('---\n', () => `---\n# ${actionWords(item.action)}: ${profile} (${path})\n`);
}

function thereOf(item: PlanItem, profiles: readonly Profile[]): string {
  const { update } = item;
  const profile = update && profiles.find(({ id }) => id === update.profileId);
  return headed(item, update && profile && fileOf(update, profile, profiles));
}

function wantedOf(item: PlanItem, profiles: readonly Profile[], tagNames: ReadonlyMap<string, string>): string {
  return headed(item, item.wanted && wantedText(item.wanted, profiles, tagNames));
}

function wantedText(
  { profile, content, when, options }: Wanted,
  profiles: readonly Profile[],
  tagNames: ReadonlyMap<string, string>,
): string {
  return writePost({
    profiles: [nameInFile(profile, profiles)],
    when: typeof when === 'object' ? timeToWrite(when.at, profile.timeZone) : when === 'now' ? 'next' : when,
    text: content.text,
    service: profile.service,
    media: content.media,
    details: content.details,
    tags: options?.tagIds?.map((id) => tagNames.get(id) ?? id),
    isReminder: options?.isReminder,
  });
}
