import * as vscode from 'vscode';
import type { ApiName, BudgetWindow, Organization } from '../core/buffer/model.ts';
import type { MissingPart } from '../core/buffer/missingPart.ts';
import type { LazyRateLimiter } from '../core/buffer/transport/lazyRateLimiter.ts';
import { type Action, lacking, needs } from '../core/buffer/permissions.ts';
import { isScarce, tightest } from '../core/buffer/transport/requestBudget.ts';
import { pastTime, personLocale } from '../core/time/formatTime.ts';
import { plainText } from '../ui/plainText.ts';
import { waitingWords } from '../ui/errorWords.ts';
import { updateIdOf } from '../ui/updateUri.ts';
import { inNumbers } from '../ui/numbers.ts';
import { countWords } from '../ui/profileWords.ts';
import type { GivenPermissions } from '../ui/permissionWords.ts';
import type { QueueNode } from './queueNodes.ts';
import type { Change, Waiting } from '../core/queue/queueModel.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import type { QueueTree } from './queueTree.ts';

/** What tells how long requests wait. */
type RequestWaits = Pick<LazyRateLimiter, 'waiting' | 'onDidChange'>;

/** A wait that is shorter than this, in milliseconds, is not worth a word. */
const noticeable = 2_000;

/** What a timer takes, in milliseconds; a view that is shown again looks again. */
const longestTimer = 2 ** 31 - 1;

/** The sidebar's frame: the tree view, its badge and messages, and the words that decide which welcome is shown. */
export class QueueView implements vscode.Disposable {
  readonly tree: vscode.TreeView<QueueNode>;
  readonly #store: QueueStore;
  readonly #subscriptions: { dispose(): void }[];
  #budget: BudgetWindow | undefined;
  /** What is left of the requests, in each window that was told. */
  #windows: readonly BudgetWindow[] = [];
  #rateLimiter: RequestWaits | undefined;
  #rateLimiterSubscription: { dispose(): void } | undefined;
  /** Runs while seconds are counted down. */
  #countdown: NodeJS.Timeout | undefined;
  /** Runs until the requests that are scarce are whole again. */
  #budgetEnd: NodeJS.Timeout | undefined;
  /** Whose queues these are. */
  #place = '';
  /** What may not be done for want of a permission, in a line. */
  #missing: string | undefined;
  /** Whose queues were to be shown last. */
  #latest: object | undefined;
  /** Whether the person was last at work here, and not in an editor. */
  #isLastUsed = false;
  /** What of the queues is shown, in a line; undefined where it is all. */
  #filter: string | undefined;
  /** What Buffer's latest answers lacked. */
  #missingParts: readonly MissingPart[] = [];
  /** The same in words. */
  #missingWords: string | undefined;

  constructor(store: QueueStore, provider: QueueTree, dragAndDropController: vscode.TreeDragAndDropController<QueueNode>) {
    this.#store = store;
    this.tree = vscode.window.createTreeView('buffer.queue', {
      treeDataProvider: provider,
      dragAndDropController,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#subscriptions = [
      this.tree,
      store.onDidChange((changes) => this.#follow(changes)),
      // What is not looked at any more need not be read.
      this.tree.onDidCollapseElement(({ element }) => {
        if (element.kind === 'profile') store.stopReading(element.profileId);
        else if (element.kind === 'section' && element.section !== 'drafts') store.stopReading(element.profileId, element.section);
      }),
      this.tree.onDidChangeSelection(({ selection }) => {
        if (selection.length > 0) this.#isLastUsed = true;
      }),
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
        if (kind === Keyboard || kind === Mouse) this.#isLastUsed = false;
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const opened = editor && updateIdOf(editor.document.uri);
        // What a row opened is no sign that it was left.
        if (editor && !this.tree.selection.some((row) => row.kind === 'update' && row.updateId === opened)) this.#isLastUsed = false;
      }),
      this.tree.onDidChangeVisibility(({ visible }) => {
        if (!visible) store.stopReading();
        this.#showMessage();
      }),
    ];
  }

  dispose(): void {
    clearInterval(this.#countdown);
    clearTimeout(this.#budgetEnd);
    this.#rateLimiterSubscription?.dispose();
    // VS Code keeps it over a restart of extensions, and takes one that was never set for no change.
    this.tree.badge = undefined;
    for (const each of this.#subscriptions) each.dispose();
  }

  /**
   * Tells menus and welcomes whether someone is signed in, to what, and whose queues are shown.
   * @param isLocked  whether only the keyring knows
   */
  async show(
    connection: (GivenPermissions & { readonly api: ApiName; readonly organization?: Organization }) | undefined,
    isLocked = false,
  ): Promise<void> {
    this.#budget = undefined;
    this.#windows = [];
    this.#missingParts = [];
    this.#missingWords = undefined;
    this.#latest = connection;
    const words = connection?.scopes && (await import('../ui/permissionWords.ts'));
    // Meanwhile it may be somebody else's.
    if (this.#latest !== connection) return;
    this.#missing = words?.missingPermissions(connection!, ['account', 'queues', 'post', 'change', 'figures']);
    this.#showMessage();
    this.#place = connection ? plainText(connection.api === 'v1' ? vscode.l10n.t('API v1') : (connection.organization?.name ?? '')) : '';
    this.#describe();
    await Promise.all([
      vscode.commands.executeCommand('setContext', 'buffer.account', connection ? 'signedIn' : isLocked ? 'locked' : 'signedOut'),
      vscode.commands.executeCommand('setContext', 'buffer.api', connection?.api),
      ...menuContexts(connection ?? {}).map(([key, isSet]) => vscode.commands.executeCommand('setContext', key, isSet)),
    ]);
  }

  /** Whether rows were chosen here since the person last worked in an editor: what a command without a target is about. */
  get isLastUsed(): boolean {
    return this.#isLastUsed && this.tree.visible;
  }

  /** Calls back once the view is seen, now or later, and each time it is seen again. */
  onDidOpen(listener: () => unknown): vscode.Disposable {
    return this.tree.onDidChangeVisibility(({ visible }) => {
      if (visible) listener();
    });
  }

  /** Whether so few requests are left that none is made which nobody asked for. */
  get isBudgetScarce(): boolean {
    return this.#budget !== undefined && isScarce(this.#budget) && this.#budget.resetsAt.getTime() > Date.now();
  }

  /** What is left of the requests, as last told; without what is whole again since. */
  get budget(): readonly BudgetWindow[] {
    return this.#windows.filter(({ resetsAt }) => resetsAt.getTime() > Date.now());
  }

  /** Says above the queues what of them is shown. */
  tellFilter(words: string | undefined): void {
    this.#filter = words;
    this.#showMessage();
    void vscode.commands.executeCommand('setContext', 'buffer.isFiltered', words !== undefined);
  }

  /** Takes what is left of the requests; shown when it is little. */
  tellBudget(windows: readonly BudgetWindow[]): void {
    const budget = tightest(windows);
    if (!budget) return;
    this.#budget = budget;
    this.#windows = windows;
    this.#tellAgainAt(budget.resetsAt);
    this.#showMessage();
  }

  /** What is said of a window holds until that is whole again. */
  #tellAgainAt(time: Date): void {
    clearTimeout(this.#budgetEnd);
    this.#budgetEnd = undefined;
    const wait = time.getTime() - Date.now();
    if (this.isBudgetScarce) this.#budgetEnd = setTimeout(() => this.#showMessage(), Math.min(wait, longestTimer));
  }

  /** Takes what answers lacked; the rest of them is shown, and one line says what is missing and why. */
  async tellMissing(all: readonly MissingPart[]): Promise<void> {
    // Sums are for the insights, which do without.
    const parts = all.filter(({ part }) => part !== 'sums');
    this.#missingParts = parts;
    const words = parts.length > 0 ? (await import('../ui/missingPartsWords.ts')).missingPartsWords(parts) : undefined;
    // Meanwhile another answer may have come, or another account.
    if (this.#missingParts !== parts) return;
    this.#missingWords = words;
    this.#showMessage();
  }

  /** Shows how long requests wait at this rateLimiter. */
  followRateLimiter(rateLimiter: RequestWaits | undefined): void {
    this.#rateLimiterSubscription?.dispose();
    this.#rateLimiter = rateLimiter;
    this.#rateLimiterSubscription = rateLimiter?.onDidChange(() => this.#showMessage());
    this.#showMessage();
  }

  /** A countdown while requests wait; else what is left of them, when it is little; else what may not be done. */
  #showMessage(): void {
    const waiting = this.#rateLimiter?.waiting;
    if (waiting && this.tree.visible) this.#countdown ??= setInterval(() => this.#showMessage(), 1_000);
    else {
      clearInterval(this.#countdown);
      this.#countdown = undefined;
    }
    const isNoticeable = waiting && waiting.until.getTime() - waiting.since.getTime() > noticeable;
    const other = isNoticeable ? waitingWords(waiting) : (this.#budgetWords() ?? this.#missing ?? this.#missingWords);
    const message = [this.#filter, other].filter(Boolean).join(' ') || undefined;
    if (this.tree.message !== message) this.tree.message = message;
  }

  #budgetWords(): string | undefined {
    if (!this.#budget || !this.isBudgetScarce) return undefined;
    const { remaining, quota, resetsAt, length } = this.#budget;
    const isToday = length <= 86_400;
    const format = new Intl.DateTimeFormat(
      personLocale(vscode.env.language),
      isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
    );
    return vscode.l10n.t(
      '{0} of {1} requests to Buffer left until {2}. The queue is no longer refreshed by itself.',
      inNumbers(remaining),
      inNumbers(quota),
      format.format(resetsAt),
    );
  }

  /** Says whose queues are shown, and how old what is shown is where it is not fresh. */
  #describe(): void {
    const { asOf } = this.#store;
    const style = { locale: personLocale(vscode.env.language), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
    const age = asOf && vscode.l10n.t('As of {0}', pastTime(asOf, style));
    const description = [countsWords(this.#store), this.#place, age].filter(Boolean).join(' · ') || undefined;
    if (this.tree.description !== description) this.tree.description = description;
  }

  #follow(changes: readonly Change[]): void {
    this.#describe();
    if (changes.some(({ kind }) => kind === 'profiles')) {
      const { status, items } = this.#store.profiles;
      void vscode.commands.executeCommand('setContext', 'buffer.hasNoProfiles', status === 'loaded' && items.length === 0);
    }
    const failed = this.#store.failed.length;
    // The number that wants a look; its words tell the rest.
    const tooltip = failed ? countsWords(this.#store, true) : undefined;
    if (failed === (this.tree.badge?.value ?? 0) && tooltip === this.tree.badge?.tooltip) return;
    this.tree.badge = failed && tooltip ? { value: failed, tooltip } : undefined;
    void vscode.commands.executeCommand('setContext', 'buffer.hasFailed', failed > 0);
  }
}

/** How all queues stand, as far as that is known: "29 pending, 7 failed". */
function countsWords(store: QueueStore, isSentence = false): string {
  const waiting = store.allWaiting;
  const failed = store.failed.length;
  return [
    waiting.count || (waiting.isAll && failed) ? pendingCount(waiting, isSentence) : undefined,
    failed ? vscode.l10n.t('{0} failed', inNumbers(failed)) : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

function pendingCount(waiting: Waiting, isSentence: boolean): string {
  return isSentence && !waiting.isAll
    ? vscode.l10n.t('At least {0} pending', inNumbers(waiting.count))
    : vscode.l10n.t('{0} pending', countWords(waiting));
}

/**
 * What menus are told of permissions. Each says what may *not* be done: before anyone has looked who is signed in, all is
 * offered, and a key does not tell.
 */
export const menuActions = {
  'buffer.cannotReadAccount': 'account',
  'buffer.cannotReadQueues': 'queues',
  'buffer.cannotReadFigures': 'figures',
  'buffer.cannotPost': 'post',
  'buffer.cannotChange': 'change',
  'buffer.cannotReadIdeas': 'ideas',
  'buffer.cannotSaveIdeas': 'saveIdeas',
} as const satisfies Readonly<Record<string, Action>>;

/** The words for menus' `when` clauses; the last one is set where signing in again helps. */
export function menuContexts({ scopes, refusedScopes = [] }: GivenPermissions): readonly (readonly [key: string, isSet: boolean])[] {
  const all = Object.entries(menuActions).map(([key, action]) => [key, lacking(scopes, action).length > 0] as const);
  const isAskable = (action: Action) => lacking(scopes, action).some((permission) => !refusedScopes.includes(permission));
  return [...all, ['buffer.lacksPermission', (Object.keys(needs) as Action[]).some(isAskable)]];
}
