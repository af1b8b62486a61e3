import * as vscode from 'vscode';
import { EditConflict } from '../core/queue/editConflict.ts';
import { inTurn, type Turn } from '../core/queue/inTurn.ts';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { BudgetWindow, Update } from '../core/buffer/model.ts';
import { pastTime, personLocale, rowTime, shortTime } from '../core/time/formatTime.ts';
import { sentence, unclear } from '../ui/errorWords.ts';
import { headline } from '../ui/headline.ts';
import { inNumbers } from '../ui/numbers.ts';
import { plainText } from '../ui/plainText.ts';
import { profileNames } from '../ui/profileNames.ts';
import type { CommandContext } from './commandContext.ts';
import { confirm, flash } from './unsentUpdate.ts';

/** What came of one of several updates. */
export interface Done {
  /** Takes it back; absent where nothing does. */
  readonly undo?: () => Promise<Done>;
  /** What there is to know of it besides. */
  readonly note?: string | undefined;
  /** It was taken back, but not to its place. */
  readonly isElsewhere?: boolean;
}

export type UpdateTurn = Turn<Update, Done>;

/** One of several was not done, for a reason that is a sentence. Nothing was sent. */
export class NotDone extends Error {}

/** The words for one kind of change to several updates, by how many they are. */
export interface Words {
  /** While it is done. */
  readonly doing: () => string;
  /** Once it was. */
  readonly done: (count: number) => string;
  /** Once it was taken back. */
  readonly undone: (count: number) => string;
}

/**
 * Does the same with several updates, with one progress that can be cancelled: what is under way is finished, the rest
 * left. So it is where the account is left meanwhile.
 */
export async function doSeveral(
  { log, store }: Pick<CommandContext, 'log' | 'store'>,
  updates: readonly Update[],
  title: string,
  step: (update: Update) => Promise<Done>,
): Promise<readonly UpdateTurn[]> {
  const { owner } = store;
  const turns = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, cancellation) =>
      inTurn(updates, step, {
        // What was chosen in one account is no other one's.
        isCancelled: () => cancellation.isCancellationRequested || store.owner !== owner,
        pause: (until) => {
          progress.report({ message: vscode.l10n.t('Buffer allows no more requests until {0}.', clock(until)) });
          return sleepUntil(until, cancellation);
        },
        onTurn: (update, index) =>
          progress.report({
            message: plainText(`${index + 1}/${updates.length} · ${short(headline(update))}`),
            increment: index && 100 / updates.length,
          }),
      }),
  );
  for (const turn of turns) if (turn.state === 'failed') log.error(turn.error instanceof Error ? turn.error : String(turn.error));
  return turns;
}

/** Nobody waits for longer than this: what is left then can be done later. Milliseconds. */
const longestPause = 16 * 60_000;

/** Gives false where that is too long, or nobody wants it any more. */
function sleepUntil(until: Date, cancellation: vscode.CancellationToken): Promise<boolean> {
  const time = until.getTime() - Date.now();
  if (time > longestPause || cancellation.isCancellationRequested) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), Math.max(0, time));
    cancellation.onCancellationRequested(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

/** A time by the person's own clock. */
function clock(time: Date): string {
  return pastTime(time, { locale: personLocale(vscode.env.language), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
}

/**
 * Does the same with several and tells what came of it in one message: how many were done, with one Undo for all of them;
 * what was not done row by row under *Show Details*, and *Try Again* for what certainly changed nothing. What was done before
 * a second try is taken back with the rest. Nothing more is done where another account is signed in by then.
 * @param run  does them, each once; a second time as they were chosen, and not by what became of them since
 */
export async function runSeveral(
  parts: CommandContext,
  updates: readonly Update[],
  words: Telling,
  run: (updates: readonly Update[]) => Promise<readonly UpdateTurn[]>,
): Promise<void> {
  const { owner } = parts.store;
  let turns = await run(updates);
  if (words.isBrief && turns.every((turn) => turn.state === 'done' && !turn.result.note)) return flash(words.done(turns.length));
  for (;;) {
    const choice = await tellOnce(turns, words, () => parts.store.owner === owner);
    if (choice === undefined) return;
    if (choice === 'details') {
      // The way back is not lost by a look.
      await showDetails(parts, turns);
      continue;
    }
    // The message may have stood there for long.
    if (parts.store.owner !== owner) {
      void vscode.window.showInformationMessage(vscode.l10n.t('You are signed in to another account now. Nothing was changed.'));
      return;
    }
    if (choice === 'undo') return takeBack(parts, turns, words);
    const others = new Map((await run(repeatableOf(turns))).map((turn) => [turn.item.id, turn]));
    turns = turns.map((turn) => others.get(turn.item.id) ?? turn);
  }
}

/** What is said of several, and how they are taken back. */
export interface Telling extends Pick<Words, 'done' | 'undone'> {
  /** How many came back to another place. */
  readonly elsewhere?: (count: number) => string;
  /** The last one is taken back first. */
  readonly isUndoneBackwards?: boolean;
  /** Told for a moment where all were done and there is no more to know. */
  readonly isBrief?: boolean;
}

function repeatableOf(turns: readonly UpdateTurn[]): Update[] {
  return turns.filter((turn) => turn.state === 'left' || (turn.state === 'failed' && isRepeatable(turn.error))).map(({ item }) => item);
}

/**
 * Tells once; gives what the person wants then.
 * @param isSame  whether the account is the one in which they were chosen
 */
async function tellOnce(
  turns: readonly UpdateTurn[],
  words: Telling,
  isSame: () => boolean,
): Promise<'undo' | 'details' | 'retry' | undefined> {
  const done = turns.filter((turn) => turn.state === 'done');
  const failed = turns.filter((turn) => turn.state === 'failed');
  const left = turns.length - done.length - failed.length;
  const noted = done.filter(({ result }) => result.note).length;
  const elsewhere = done.filter(({ result }) => result.isElsewhere).length;
  const sentences = [
    done.length > 0 && words.done(done.length),
    elsewhere > 0 && words.elsewhere?.(elsewhere),
    failedWords(failed),
    left > 0 && leftWords(left),
  ];
  const message = sentences.filter(Boolean).join(' ');
  const choices = new Map<string, 'undo' | 'details' | 'retry'>();
  if (isSame() && done.some(({ result }) => result.undo)) choices.set(vscode.l10n.t('Undo'), 'undo');
  if (failed.length > 0 || noted > 0) choices.set(vscode.l10n.t('Show Details'), 'details');
  if (isSame() && repeatableOf(turns).length > 0) choices.set(vscode.l10n.t('Try Again'), 'retry');
  const show = failed.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const choice = await show(plainText(message), ...choices.keys());
  return choice === undefined ? undefined : choices.get(choice);
}

/** Takes back what can be, one after the other. */
async function takeBack(parts: CommandContext, turns: readonly UpdateTurn[], { undone, isUndoneBackwards }: Telling): Promise<void> {
  const undoable = turns.filter((turn) => turn.state === 'done').filter(({ result }) => result.undo);
  const undos = new Map(undoable.map(({ item, result }) => [item.id, result.undo!]));
  const run = (updates: readonly Update[]) =>
    doSeveral(parts, isUndoneBackwards ? updates.toReversed() : updates, vscode.l10n.t('Undoing'), ({ id }) => undos.get(id)!());
  const items = undoable.map(({ item }) => item);
  await runSeveral(parts, items, { done: undone, undone, elsewhere: elsewhereWords, isBrief: true }, run);
}

/** Of what came back, and not to its place. */
function elsewhereWords(count: number): string {
  return count === 1 ? vscode.l10n.t('One stands at another place now.') : vscode.l10n.t('{0} stand at another place now.', count);
}

/** Whether it certainly changed nothing, and nobody else has to be asked. */
function isRepeatable(error: unknown): boolean {
  return error instanceof BufferError && error.outcome === 'notDone' && !(error instanceof EditConflict);
}

/** Of those that failed: why, where it is the same for all. */
function failedWords(failed: readonly Extract<UpdateTurn, { state: 'failed' }>[]): string {
  const reasons = [...new Set(failed.map(({ error }) => reasonWords(error)))];
  if (failed.length === 0) return '';
  if (reasons.length === 1) {
    return failed.length === 1
      ? vscode.l10n.t('One was not changed: {0}', reasons[0]!)
      : vscode.l10n.t('{0} were not changed: {1}', failed.length, reasons[0]!);
  }
  return vscode.l10n.t('{0} were not changed.', failed.length);
}

function leftWords(count: number): string {
  return count === 1 ? vscode.l10n.t('One was left as it is.') : vscode.l10n.t('{0} were left as they are.', count);
}

/** Why one of several was not done. */
function reasonWords(error: unknown): string {
  if (error instanceof NotDone) return error.message;
  if (error instanceof BufferError) return error.outcome === 'unknown' ? unclear(error) : sentence(error);
  return vscode.l10n.t('Something went wrong in Queue for Buffer.');
}

/** Row by row: what came of each, what was not done first. */
async function showDetails({ store }: CommandContext, turns: readonly UpdateTurn[]): Promise<void> {
  const copy: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy Text') };
  const ofTurn = (turn: UpdateTurn) => {
    if (turn.state === 'failed') return { icon: '$(error)', detail: reasonWords(turn.error) };
    if (turn.state === 'left') return { icon: '$(circle-slash)', detail: vscode.l10n.t('Left as it is') };
    return { icon: '$(check)', detail: turn.result.note };
  };
  const rank = { failed: 0, left: 1, done: 2 };
  const items = turns
    .toSorted((a, b) => rank[a.state] - rank[b.state])
    .map((turn) => {
      const { icon, detail } = ofTurn(turn);
      return {
        label: `${icon} ${plainText(short(headline(turn.item)))}`,
        description: profileNames([store.profile(turn.item.profileId) ?? []].flat(), store.profiles.items),
        detail: detail && plainText(detail),
        buttons: [copy],
        update: turn.item,
      };
    });
  const pick = vscode.window.createQuickPick<(typeof items)[number]>();
  pick.title = vscode.l10n.t('Details');
  pick.placeholder = vscode.l10n.t('What came of each update');
  pick.matchOnDetail = true;
  pick.items = items;
  pick.onDidTriggerItemButton(({ item }) => void vscode.env.clipboard.writeText(item.update.text));
  await new Promise<void>((resolve) => {
    pick.onDidAccept(() => pick.hide());
    pick.onDidHide(() => resolve());
    pick.show();
  });
  pick.dispose();
}

/** Beyond so many requests a person is told before. */
const many = 10;

/**
 * What so many requests mean by what is left of them, in a sentence; undefined where they are few.
 * @param budget  what is left, in each window
 */
export function requestWords(needed: number, budget: readonly BudgetWindow[]): string | undefined {
  const [least] = budget.toSorted((a, b) => a.remaining - b.remaining);
  if (needed <= many && (!least || needed <= least.remaining / 10)) return undefined;
  if (!least) return vscode.l10n.t('Uses up to {0} requests to Buffer.', inNumbers(needed));
  const until = clock(least.resetsAt);
  if (needed > least.remaining) {
    return vscode.l10n.t(
      'Needs up to {0} requests to Buffer, and only {1} are left until {2}.',
      inNumbers(needed),
      inNumbers(least.remaining),
      until,
    );
  }
  return vscode.l10n.t(
    'Uses up to {0} of the {1} requests to Buffer that are left until {2}.',
    inNumbers(needed),
    inNumbers(least.remaining),
    until,
  );
}

/** Asks once for all. @param notes  what to know before; none of those that are undefined */
export async function askSeveral(
  { store }: CommandContext,
  question: string,
  updates: readonly Update[],
  notes: readonly (string | undefined)[],
  action: string,
): Promise<void> {
  const profiles = new Set(updates.map(({ profileId }) => profileId));
  const locale = personLocale(vscode.env.language);
  const zones = new Set(updates.map(({ profileId }) => store.profile(profileId)?.timeZone));
  // In several zones each line says whose time it is.
  const timeWords = zones.size > 1 ? shortTime : rowTime;
  const lines = updates.slice(0, mostLines).map((update) => {
    const profile = store.profile(update.profileId);
    const time = update.dueAt && profile && timeWords(update.dueAt, { locale, timeZone: profile.timeZone });
    return [time, short(headline(update)), profiles.size > 1 && profile && profileNames([profile], store.profiles.items)]
      .filter(Boolean)
      .join(' · ');
  });
  const rest = updates.length - lines.length;
  if (rest > 0) lines.push(vscode.l10n.t('… and {0} more', rest));
  await confirm(question, [lines.join('\n'), ...notes].filter(Boolean).join('\n\n'), action);
}

/** Of so many rows a question shows the words. */
const mostLines = 8;

function short(text: string): string {
  const characters = [...text];
  return characters.length > 60 ? `${characters.slice(0, 60).join('').trimEnd()}…` : text;
}
