import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { PostFilesConfig } from '../core/postFiles/config.ts';
import type { RecordKeeper } from '../core/postFiles/keeper.ts';
import { hashOfBytes } from '../core/postFiles/pictures.ts';
import type { PlanItem } from '../core/postFiles/plan.ts';
import { takeTheirs } from '../core/postFiles/take.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { plainText } from '../ui/plainText.ts';
import { fieldWords, whichPost } from './planWords.ts';
import { filesIn } from './repository.ts';

/** Where a post stands that is changed at two places. */
export interface ConflictParts {
  readonly root: vscode.Uri;
  readonly config: PostFilesConfig;
  readonly keeper: RecordKeeper;
  readonly store: QueueStore;
  /** Of the account's tags, by their ids. */
  readonly tagNames: ReadonlyMap<string, string>;
  /** By the service's clock. */
  readonly now: () => Date;
}

/** What a person wants of a post that stands apart from what Buffer has. */
type Answer = 'keep' | 'take' | 'leave';

/**
 * Asks, post by post, which it is to be; what is taken from Buffer is written into its file at once, and noted.
 * @returns those whose file is to be written over what Buffer has; undefined where the person left it
 */
export async function resolveConflicts(items: readonly PlanItem[], parts: ConflictParts): Promise<readonly PlanItem[] | undefined> {
  const kept: PlanItem[] = [];
  for (const [index, item] of items.entries()) {
    const answer = await ask(item, { step: index + 1, totalSteps: items.length });
    if (answer === undefined) return undefined;
    if (answer === 'keep') kept.push(item);
    if (answer === 'take') await take(item, parts);
  }
  return kept;
}

async function ask(item: PlanItem, steps: { readonly step: number; readonly totalSteps: number }): Promise<Answer | undefined> {
  const { path, profile } = whichPost(item);
  const about = plainText(`${path} · ${profile}: ${fieldWords(item.fields ?? [])}`);
  const choices: readonly (vscode.QuickPickItem & { readonly answer: Answer })[] = [
    {
      label: vscode.l10n.t('$(file) Keep the File’s'),
      detail: vscode.l10n.t('Writes over what was changed at Buffer, once you have confirmed that'),
      answer: 'keep',
    },
    {
      label: vscode.l10n.t('$(cloud-download) Take Buffer’s'),
      detail: vscode.l10n.t('Changes just that in the file'),
      answer: 'take',
    },
    { label: vscode.l10n.t('$(dash) Leave It'), detail: vscode.l10n.t('Both stay as they are'), answer: 'leave' },
  ];
  const many = steps.totalSteps > 1 ? ` (${steps.step}/${steps.totalSteps})` : '';
  const picked = await vscode.window.showQuickPick(choices, {
    title: `${item.action === 'conflict' ? vscode.l10n.t('Changed Here and at Buffer') : vscode.l10n.t('Changed at Buffer')}${many}`,
    placeHolder: about,
    ignoreFocusOut: true,
  });
  return picked?.answer;
}

async function take(item: PlanItem, { root, config, keeper, store, tagNames, now }: ConflictParts): Promise<void> {
  const { wanted, update } = item;
  if (!wanted || !update) return;
  const files = filesIn(root, config);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, wanted.path));
  // A list does not tell all of a thread.
  const whole = await store.inFull(update.id);
  const taken = await takeTheirs(wanted.path, document.getText(), item, whole, {
    config,
    now: now(),
    profiles: store.profiles.items,
    tags: [...tagNames].map(([id, name]) => ({ id, name })),
    hashOf: (path) => files.read(path).then(hashOfBytes, () => undefined),
  });
  if ('byHand' in taken) {
    const { path, profile } = whichPost(item);
    throw new BufferError(
      'rejected',
      vscode.l10n.t(
        '{0}: the file has no words for the {1} of {2} alone. Write it there by hand, as the comparison shows, and queue the file again.',
        plainText(path),
        fieldWords(taken.byHand),
        plainText(profile),
      ),
    );
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of taken.edits)
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  const isWritten = (await vscode.workspace.applyEdit(edit)) && (await document.save());
  // A file that could not be written says what it said.
  if (isWritten) await keeper.note({ put: [taken.note] });
}
