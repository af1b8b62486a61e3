import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { Profile, Update } from '../core/buffer/model.ts';
import { Git } from '../core/git/git.ts';
import { networkOf } from '../core/networks/networks.ts';
import { filesOf } from '../core/postFiles/config.ts';
import type { FileKeeper } from '../core/postFiles/keeper.ts';
import { noteOf } from '../core/postFiles/plan.ts';
import { hasErrors } from '../core/postFiles/problem.ts';
import { queueWriter } from '../core/postFiles/queueWriter.ts';
import { isSendable, readPosts, wantedOf } from '../core/postFiles/readPosts.ts';
import { normalPath } from '../core/postFiles/record.ts';
import { recordsAt } from '../core/postFiles/recordsAt.ts';
import { handleOf, type Wanted } from '../core/postFiles/wanted.ts';
import { fileNameFor, fileOf } from '../core/postFiles/write.ts';
import { sentence } from '../ui/errorWords.ts';
import { plainText } from '../ui/plainText.ts';
import { isolated } from '../ui/profileNames.ts';
import { pendingWords } from '../ui/profileWords.ts';
import { problemWords } from './problemWords.ts';
import { publishedAt } from './published.ts';
import type { QueueFilesParts } from './queueFiles.ts';
import { recordOf } from './recordOf.ts';
import { filesIn, pathIn, readConfig, rootOfFolder } from './repository.ts';
import { refuseUntrusted } from './refuseUntrusted.ts';

/** Where the files are to be: in this folder, or in one that is asked for, beginning in the one that is open. */
export interface ExportPlace {
  readonly folder?: vscode.Uri;
  readonly open?: vscode.Uri;
}

/** An update in its file. */
interface Exported {
  readonly path: string;
  readonly profile: Profile;
  readonly update: Update;
}

/** What came of an export. */
interface Outcome {
  readonly exported: readonly Exported[];
  /** How many have a file already. */
  readonly known: number;
  /** How many are no posts to be queued: they failed, are on their way, or wait for approval. */
  readonly unfit: number;
  /** Profiles that could not be read, with why. */
  readonly failed: readonly string[];
  /** How many files need a hand before anything can be sent from them. */
  readonly stopped: number;
}

/** Writes a file for each update that waits at the chosen profiles, over none that is there, and notes whose file it is. */
export async function exportQueue(parts: QueueFilesParts, { folder: given, open }: ExportPlace): Promise<void> {
  if (refuseUntrusted(vscode.l10n.t('Nothing is exported to a folder that you do not trust.'))) return;
  if (!given && !open) return;
  const profiles = await chooseProfiles(parts);
  if (!profiles) return;
  const folder = given ?? (await chooseFolder(open!));
  if (!folder) return;
  const root = await rootOfFolder(folder);
  const refusal = await whyNot(folder, root);
  if (refusal !== undefined) {
    await vscode.window.showErrorMessage(vscode.l10n.t('Nothing was exported: {0}', refusal));
    return;
  }
  const progress = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Exporting the queue…'), cancellable: true };
  const outcome = await vscode.window.withProgress(progress, (_, cancelled) => write(parts, root, folder, profiles, cancelled));
  const [first] = outcome.exported;
  if (first) await vscode.window.showTextDocument(vscode.Uri.joinPath(root, first.path));
  tell(outcome, folder);
}

async function chooseProfiles({ store }: QueueFilesParts): Promise<readonly Profile[] | undefined> {
  const profiles = store.profiles.status === 'loaded' ? store.profiles.items : await store.loadProfiles();
  const choices = profiles.map((profile) => ({
    label: plainText(isolated(profile.name)),
    description: [plainText(networkOf(profile.service).label), pendingWords(profile, store)].filter(Boolean).join(' · '),
    picked: true,
    profile,
  }));
  const picked = await vscode.window.showQuickPick(choices, {
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    title: vscode.l10n.t('Export Queue as Files'),
    placeHolder: vscode.l10n.t('Choose profiles'),
  });
  return picked?.length ? picked.map(({ profile }) => profile) : undefined;
}

async function chooseFolder(open: vscode.Uri): Promise<vscode.Uri | undefined> {
  const usual = vscode.Uri.joinPath(open, 'posts');
  // A dialog cannot begin in a folder that is not there.
  const isNew = open.scheme === 'file' && (await made(usual.fsPath));
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: usual,
      title: vscode.l10n.t('Export Queue as Files'),
      openLabel: vscode.l10n.t('Export'),
    })) ?? [];
  // It stays where something else was put into it meanwhile.
  if (isNew && folder?.path !== usual.path) await vscode.workspace.fs.delete(usual).then(undefined, () => undefined);
  return folder;
}

/** Makes a folder. @returns whether it was not there */
const made = (path: string) =>
  mkdir(path).then(
    () => true,
    () => false,
  );

/** Why no posts can be kept in a folder, in a sentence; undefined where they can. */
async function whyNot(folder: vscode.Uri, root: vscode.Uri): Promise<string | undefined> {
  const isOpen = vscode.workspace.getWorkspaceFolder(folder) !== undefined;
  if (folder.scheme !== 'file' || !isOpen || !(await isWithin(folder, root)))
    return vscode.l10n.t('Choose a folder of the workspace, on this computer.');
  const { config, problems } = await readConfig(root);
  if (hasErrors(problems)) return plainText(problemWords(problems.find((each) => each.severity === 'error')!));
  if (!filesOf(config)(pathIn(root, vscode.Uri.joinPath(folder, 'a.buffer.md'))))
    return vscode.l10n.t('The configuration of this repository has no posts in {0}.', plainText(vscode.workspace.asRelativePath(folder)));
  return undefined;
}

/** Whether a folder is in the repository once all links are followed. */
async function isWithin(folder: vscode.Uri, root: vscode.Uri): Promise<boolean> {
  await mkdir(folder.fsPath, { recursive: true });
  const [inside, top] = await Promise.all([realpath(folder.fsPath), realpath(root.fsPath)]);
  return !/^\.\.|^(?:\w:)?[\\/]/u.test(relative(top, inside));
}

async function write(
  parts: QueueFilesParts,
  root: vscode.Uri,
  folder: vscode.Uri,
  chosen: readonly Profile[],
  cancelled: vscode.CancellationToken,
): Promise<Outcome> {
  const { store } = parts;
  const isOver = () => cancelled.isCancellationRequested;
  const writer = queueWriter(parts);
  const all = await writer.profiles();
  const keeper = await recordOf(root);
  const inFiles = await updatesInFiles(root, keeper);
  const exported: Exported[] = [];
  const failed: string[] = [];
  let known = 0;
  let unfit = 0;
  let stopped: number;
  try {
    for (const { id } of chosen) {
      const profile = all.find((each) => each.id === id);
      if (!profile || isOver()) continue;
      try {
        for (const listed of await writer.pending([id])) {
          if (isOver()) break;
          if (inFiles.has(listed.id)) known++;
          else if (listed.status !== 'pending' && listed.status !== 'draft') unfit++;
          else {
            // A list does not tell the pictures of a thread's parts.
            const update = listed.details?.thread?.length ? await store.inFull(listed.id) : listed;
            const name = await writeNew(folder, fileNameFor(update, profile.timeZone), fileOf(update, profile, all));
            exported.push({ path: pathIn(root, vscode.Uri.joinPath(folder, name)), profile, update });
          }
        }
      } catch (error) {
        if (!(error instanceof BufferError)) throw error;
        failed.push(`${plainText(isolated(profile.name))}: ${sentence(error)}`);
      }
    }
  } finally {
    // Also of those that were written before somebody had enough of it.
    const { wanted, stopped: paths } = await readBack(exported, root, all);
    const whose = { account: writer.account ?? '', now: writer.now() };
    if (exported.length > 0) await keeper.note({ put: exported.map((each) => noteOf(whose, wantedIn(each, wanted), each.update)) });
    stopped = paths.length;
  }
  return { exported, known, unfit, failed, stopped };
}

/** Updates that have a file: another one would be a second post, and made again when it is queued. */
async function updatesInFiles(root: vscode.Uri, keeper: FileKeeper): Promise<ReadonlySet<string>> {
  const { program, branch } = await publishedAt(root);
  const here = await keeper.load();
  const all = await (await recordOf(root, () => recordsAt(new Git(root.fsPath, program), branch))).load();
  const files = filesIn(root, (await readConfig(root)).config);
  const paths = new Set((await files.list()).map(normalPath));
  const noted = new Set(all.map(({ post }) => post));
  const isHere = new Set(here.map(({ update }) => update));
  // A file that the record does not know may be one that was renamed.
  const isAnyUnknown = [...paths].some((path) => !noted.has(path));
  const known = all.filter(({ post, update }) => paths.has(post) || !isHere.has(update) || isAnyUnknown);
  return new Set(known.flatMap(({ update }) => update ?? []));
}

/** What the files say, read as they are when they are queued. */
async function readBack(exported: readonly Exported[], root: vscode.Uri, profiles: readonly Profile[]) {
  const paths = exported.map(({ path }) => path);
  const tags = exported.flatMap(({ update }) => update.tags ?? []);
  const files = { ...filesIn(root), list: () => Promise.resolve(paths) };
  const read = await readPosts(files, { now: new Date(), profiles, tagNames: tags.map(({ name }) => name) });
  const tagIds = new Map(tags.map(({ id, name }) => [name.normalize('NFC'), id] as const));
  return {
    wanted: await wantedOf(read.files, { tagIds }),
    stopped: read.files.filter((each) => !isSendable(each)),
  };
}

/** What a file wants; what the update says where its file has a problem, so that it is the same update once that is mended. */
function wantedIn({ path, profile, update }: Exported, wanted: readonly Wanted[]): Wanted {
  const found = wanted.find((each) => each.path === normalPath(path));
  if (found) return found;
  const { text, media, details, tags, isReminder, status, isFixedTime, dueAt } = update;
  return {
    path,
    part: 1,
    profile,
    handle: handleOf(profile),
    content: { text, ...(media && { media }), ...(details && { details }) },
    when: status === 'draft' ? 'draft' : isFixedTime && dueAt ? { at: dueAt } : 'queue',
    options: { ...(tags?.length && { tagIds: tags.map(({ id }) => id) }), ...(isReminder && { isReminder }) },
  };
}

/** Writes a file that is not there yet. @returns its name: with a number where the name is taken */
async function writeNew(folder: vscode.Uri, name: string, text: string): Promise<string> {
  const ending = '.buffer.md';
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name.slice(0, -ending.length)}-${number}${ending}`;
    try {
      await writeFile(join(folder.fsPath, free), text, { flag: 'wx' });
      return free;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

function tell({ exported, known, unfit, failed, stopped }: Outcome, folder: vscode.Uri): void {
  const { l10n } = vscode;
  const place = plainText(vscode.workspace.asRelativePath(folder));
  const count = exported.length;
  const said = [
    count === 1 ? l10n.t('1 update was exported to {0}.', place) : l10n.t('{0} updates were exported to {1}.', count, place),
    ...(known > 0 ? [l10n.t('In a file already: {0}.', known)] : []),
    ...(unfit > 0 ? [l10n.t('Left out, as they failed, are being sent or wait for approval: {0}.', unfit)] : []),
    ...(stopped > 0 ? [`${l10n.t('Files with a problem: {0}', stopped)}.`] : []),
    ...failed,
  ].join(' ');
  if (failed.length > 0 || stopped > 0) void vscode.window.showWarningMessage(said);
  else void vscode.window.showInformationMessage(said);
}
