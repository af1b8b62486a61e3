import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Outbox } from '../core/delivery/outbox.ts';
import type { OutboxSender } from '../core/delivery/outboxSender.ts';
import { apply, type ApplyParts, type Done, plan } from '../core/postFiles/apply.ts';
import { Git } from '../core/git/git.ts';
import type { PostFilesConfig } from '../core/postFiles/config.ts';
import { newRun } from '../core/postFiles/keeper.ts';
import { type PlanAction, type PlanItem } from '../core/postFiles/plan.ts';
import { hasErrors } from '../core/postFiles/problem.ts';
import { queueWriter } from '../core/postFiles/queueWriter.ts';
import { isSendable, type ReadPosts } from '../core/postFiles/readPosts.ts';
import { recordsAt } from '../core/postFiles/recordsAt.ts';
import { repositoryParts } from '../core/postFiles/repositoryRun.ts';
import type { Wanted } from '../core/postFiles/wanted.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { shortTime, personLocale } from '../core/time/formatTime.ts';
import { plainText } from '../ui/plainText.ts';
import { PlanDocuments } from './planDocuments.ts';
import { actionWords, failureWords, whichPost } from './planWords.ts';
import { problemWords } from './problemWords.ts';
import { publishedAt } from './published.ts';
import { recordOf } from './recordOf.ts';
import { filesIn, pathIn, readConfig, rootOf, rootOfFolder } from './repository.ts';
import { refuseUntrusted } from './refuseUntrusted.ts';

export interface QueueFilesParts {
  readonly store: QueueStore;
  readonly outbox: Outbox;
  readonly sender: OutboxSender;
}

/** What a person can confirm; all else is only told. */
const confirmable: ReadonlySet<PlanAction> = new Set(['create', 'edit', 'adopt', 'settle', 'forget']);

/** How long what cannot be told yet is waited for, in milliseconds. */
const patience = 30_000;

/**
 * Queues the posts of one file, once its plan was seen and confirmed.
 * @param resolves  asks also of what was changed at Buffer alone which it is to be
 */
export async function queueFile(parts: QueueFilesParts, shown: vscode.Uri, resolves = false): Promise<void> {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === shown.toString());
  // One that has no name yet is asked for it, and is another document then.
  const uri = document?.isDirty || document?.isUntitled ? await vscode.workspace.save(shown) : shown;
  if (!uri) return;
  if (!vscode.workspace.fs.isWritableFileSystem(uri.scheme)) {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('What shows here is no file of posts itself. Open the file to queue what is in it.'),
    );
    return;
  }
  const root = await rootOf(uri);
  const path = pathIn(root, uri).normalize('NFC');
  await queue(parts, root, (each) => each === path, resolves);
}

/** The same of all files in a folder. */
export async function queueFolder(parts: QueueFilesParts, folder: vscode.Uri): Promise<void> {
  const root = await rootOfFolder(folder);
  const path = folder.path === root.path ? '' : `${pathIn(root, folder).normalize('NFC')}/`;
  const isIn = (uri: vscode.Uri) => uri.path.startsWith(`${folder.path.replace(/\/$/u, '')}/`);
  for (const document of vscode.workspace.textDocuments) if (document.isDirty && isIn(document.uri) && !(await document.save())) return;
  await queue(parts, root, (each) => each.startsWith(path));
}

async function queue(parts: QueueFilesParts, root: vscode.Uri, isMeant: (path: string) => boolean, resolves = false): Promise<void> {
  if (refuseUntrusted(vscode.l10n.t('Nothing is queued from a folder that you do not trust.'))) return;
  const { config, problems } = await readConfig(root);
  if (hasErrors(problems)) {
    await vscode.window.showErrorMessage(
      vscode.l10n.t('Nothing was queued: {0}', plainText(problemWords(problems.find((each) => each.severity === 'error')!))),
    );
    return;
  }
  let read: ReadPosts | undefined;
  let tagNames: ReadonlyMap<string, string> = new Map();
  /** What a person wants written over what Buffer has. */
  const kept = new Set<string>();
  const made = await runOf(parts, root, config, (found, tags) => ([read, tagNames] = [found, tags]), filesIn(root, config));
  const run: ApplyParts = { ...made, options: { ...made.options, overwrites: (wanted) => kept.has(nameOf(wanted)) } };
  const progress = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Comparing posts with Buffer…') };
  const compare = async () => {
    const { items } = await vscode.window.withProgress(progress, () => plan(run));
    return items.filter((item) => isMeant(item.wanted?.path ?? item.entry!.post));
  };
  let own = await compare();
  const stopped = (read?.files ?? []).filter((file) => isMeant(file.parsed.path.normalize('NFC')) && !isSendable(file));
  if (own.length === 0)
    return tellNothing(
      root,
      stopped.map(({ parsed: { path } }) => path),
    );
  const apart = own.filter(({ action }) => action === 'conflict' || (resolves && action === 'changed'));
  if (apart.length > 0) {
    const { store } = parts;
    const documents = new PlanDocuments();
    try {
      await documents.show(apart, store.profiles.items, tagNames);
      const now = () => run.writer.now();
      const { resolveConflicts } = await import('./resolveConflicts.ts');
      const chosen = await resolveConflicts(apart, { root, config, keeper: run.keeper, store, tagNames, now });
      if (!chosen) return;
      for (const { wanted } of chosen) kept.add(nameOf(wanted!));
    } finally {
      documents.dispose();
    }
    own = await compare();
  }
  const applied = await confirmAndApply(parts, run, own, { tagNames, stopped: stopped.length });
  if (!applied) return;
  const told = tellDone(applied.done, applied.isOvertaken);
  // Said at once: the other message stands until somebody takes it away.
  if (applied.failure !== undefined) throw applied.failure;
  await told;
}

function nameOf({ path, part, handle }: Wanted): string {
  return [path, part, handle].join('\0');
}

/** Undefined where the person left it. The plan shows until it is carried out. */
async function confirmAndApply(
  { store }: QueueFilesParts,
  run: ApplyParts,
  items: readonly PlanItem[],
  { tagNames, stopped }: { readonly tagNames: ReadonlyMap<string, string>; readonly stopped: number },
): Promise<Awaited<ReturnType<typeof apply>> | undefined> {
  const documents = new PlanDocuments();
  try {
    // Where all is as it should be, there is nothing to compare.
    if (items.some(({ action }) => action !== 'leave')) await documents.show(items, store.profiles.items, tagNames);
    const confirmed = await confirm(items, stopped);
    if (!confirmed) return undefined;
    const title = vscode.l10n.t('Queueing posts…');
    return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      apply(run, { confirmed, patience, sleep: (milliseconds) => sleep(milliseconds) }),
    );
  } finally {
    documents.dispose();
  }
}

async function tellNothing(root: vscode.Uri, stopped: readonly string[]): Promise<void> {
  const [first] = stopped;
  if (first === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to queue.'));
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(root, first));
  await vscode.commands.executeCommand('workbench.actions.view.problems');
  await vscode.window.showErrorMessage(vscode.l10n.t('Nothing was queued: {0} has a problem.', plainText(first)));
}

interface Choice extends vscode.QuickPickItem {
  readonly item?: PlanItem;
}

/** The plan as a list to choose from, above the comparison. Undefined where the person left it. */
async function confirm(items: readonly PlanItem[], stopped: number): Promise<readonly PlanItem[] | undefined> {
  const choices = items.filter(({ action }) => confirmable.has(action)).map((item): Choice => ({ ...choiceOf(item), item, picked: true }));
  const left = items.filter(({ action }) => !confirmable.has(action) && action !== 'leave');
  const told = [...new Set(left.map(({ action }) => actionWords(action)))];
  if (stopped > 0) told.push(vscode.l10n.t('Files with a problem: {0}', stopped));
  if (choices.length === 0) {
    const nothing = vscode.l10n.t('All is at Buffer as the files have it.');
    await vscode.window.showInformationMessage(told.length ? vscode.l10n.t('Nothing was queued. {0}.', told.join('. ')) : nothing);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(choices, {
    canPickMany: true,
    ignoreFocusOut: true,
    title: vscode.l10n.t('Queue These Posts'),
    placeHolder: told.length ? told.join('. ') : vscode.l10n.t('Only what is chosen is sent'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const confirmed = picked?.flatMap(({ item }) => (item ? [item] : []));
  return confirmed?.length ? confirmed : undefined;
}

function choiceOf(item: PlanItem): vscode.QuickPickItem {
  const { path, profile } = whichPost(item);
  const { wanted, action } = item;
  const icon = action === 'edit' ? 'edit' : action === 'create' || action === 'settle' ? 'add' : 'check';
  const when = wanted && (item.when ?? wanted.when);
  const locale = personLocale(vscode.env.language);
  const time = typeof when === 'object' ? shortTime(when.at, { locale, timeZone: wanted!.profile.timeZone }) : timeWords(when);
  return {
    label: `$(${icon}) ${actionWords(action)}`,
    description: plainText([profile, time].filter(Boolean).join(' · ')),
    detail: plainText(`${path}: ${wanted?.content.text.replaceAll(/\s+/gu, ' ').slice(0, 120) ?? ''}`),
  };
}

function timeWords(when: Wanted['when'] | undefined): string {
  if (when === 'draft') return vscode.l10n.t('as a draft');
  if (when === 'next') return vscode.l10n.t('next in its queue');
  return when === 'queue' ? vscode.l10n.t('in its queue') : '';
}

async function tellDone(done: readonly Done[], isOvertaken: boolean): Promise<void> {
  const failed = done.flatMap((each) => {
    const why = failureWords(each);
    return why === undefined ? [] : [`${whichPost(each.item).profile}: ${why}`];
  });
  const fine = done.length - failed.length;
  const said =
    fine === 1
      ? vscode.l10n.t('1 post is at Buffer as its file has it.')
      : vscode.l10n.t('{0} posts are at Buffer as their files have them.', fine);
  if (failed.length) await vscode.window.showErrorMessage(plainText([...(fine ? [said] : []), ...failed].join(' ')));
  else if (isOvertaken)
    await vscode.window.showWarningMessage(
      vscode.l10n.t('Somebody else queued these posts meanwhile. Queue them again to see what is left.'),
    );
  else if (done.length === 0)
    await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Nothing was done: the files, or what is at Buffer, changed after the plan was made. Queue them again to see what is left.',
      ),
    );
  else await vscode.window.showInformationMessage(said);
}

async function runOf(
  { store, outbox, sender }: QueueFilesParts,
  root: vscode.Uri,
  config: PostFilesConfig,
  tell: (read: ReadPosts, tagNames: ReadonlyMap<string, string>) => void,
  files: ReturnType<typeof filesIn>,
): Promise<ApplyParts> {
  const { program, branch, ...published } = await publishedAt(root);
  const git = new Git(root.fsPath, program);
  return {
    writer: queueWriter({ store, outbox, sender }),
    // What workflows noted at the remote counts, also where nobody has pulled it.
    keeper: await recordOf(root, () => recordsAt(git, branch)),
    run: newRun(),
    options: { late: config.late === 'next' ? 'next' : 'tell' },
    ...repositoryParts({ files, git, config, published, store, userAgent: 'queue-for-buffer', onRead: tell }),
  };
}
