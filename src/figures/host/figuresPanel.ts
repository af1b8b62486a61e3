import * as v from 'valibot';
import * as vscode from 'vscode';
import type { BudgetWindow, MeasuredUpdate, Profile } from '../../core/buffer/model.ts';
import { byteOrderMark, toCsv } from '../../core/figures/csv.ts';
import type { FigureStore } from '../../core/figures/figureStore.ts';
import { chosen, grouped, type Look, sorted } from '../../core/figures/rows.ts';
import { networkOf } from '../../core/networks/networks.ts';
import type { QueueStore } from '../../core/queue/queueStore.ts';
import { sentence } from '../../ui/errorWords.ts';
import { openPage } from '../../ui/openPage.ts';
import { plainText } from '../../ui/plainText.ts';
import { type Period, type SentUpdate, toHost, type ToHost, type ToPage } from '../messages.ts';

export interface FiguresPanelParts {
  readonly figures: FigureStore;
  readonly store: Pick<QueueStore, 'profiles' | 'onDidChange' | 'loadProfiles'>;
  /** What is left of the requests, as last told. */
  readonly budget: () => readonly BudgetWindow[];
  readonly log: Pick<vscode.LogOutputChannel, 'warn' | 'error'>;
}

/** Where it would take more requests than this, the person says whether to make them. */
const mostUnasked = 8;
const longestDay = 86_400;

/** The extension's side of the figures: tells the page what is known of a period, and reads what is not. */
export class FiguresPanel implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #parts: FiguresPanelParts;
  readonly #subscriptions: { dispose(): void }[];
  #period: Period | undefined;
  /** The rows that the page has. */
  #told: readonly MeasuredUpdate[] | undefined;

  constructor(webview: vscode.Webview, parts: FiguresPanelParts) {
    this.#webview = webview;
    this.#parts = parts;
    this.#subscriptions = [
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      parts.figures.onDidChange(() => this.#tell()),
      // A page that a reload gives back may be there before anybody is signed in.
      parts.figures.onDidConnect(() => this.#run(this.#look())),
      parts.store.onDidChange((changes) => {
        if (changes.some(({ kind }) => kind === 'profiles')) this.#tell();
      }),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#parts.figures.stopReading();
  }

  #receive(message: unknown): void {
    const read = v.safeParse(toHost, message);
    if (!read.success) return this.#parts.log.warn('The page of the figures said something that it cannot.');
    this.#run(this.#do(read.output));
  }

  #run(work: Promise<unknown>): void {
    void work.catch((error: unknown) => {
      this.#parts.log.error(error instanceof Error ? error : String(error));
      void vscode.window.showErrorMessage(plainText(error instanceof Error ? error.message : String(error)));
    });
  }

  async #do(asked: ToHost): Promise<void> {
    const { figures } = this.#parts;
    switch (asked.type) {
      case 'show':
        this.#period = { from: asked.from, to: Math.max(asked.from, asked.to) };
        return this.#look();
      case 'readAll':
        return this.#period && figures.read(this.#period);
      case 'refresh':
        if (!this.#period) return;
        return figures.read(this.#period, { anew: true, most: mostUnasked });
      case 'save':
        return this.#save(asked.look);
      case 'copy':
        await vscode.env.clipboard.writeText(this.#csv(asked.look));
        vscode.window.setStatusBarMessage(vscode.l10n.t('The figures were copied as CSV.'), 5_000);
        return;
      case 'open':
        return openPage(this.#shown().updates.find(({ id }) => id === asked.updateId)?.url);
    }
  }

  /** Tells all that is known of the period, and reads what is not. */
  async #look(): Promise<void> {
    const { figures, store } = this.#parts;
    if (!this.#period) return;
    // A page that was made anew has no rows.
    this.#told = undefined;
    // Rows name their profiles; that these could not be read is told.
    if (figures.isOffered && store.profiles.items.length === 0) await store.loadProfiles().catch(() => undefined);
    this.#tell();
    await figures.read(this.#period, { most: mostUnasked });
  }

  /** Why there is nothing, or not all. */
  #problem(error = this.#parts.store.profiles.items.length ? undefined : this.#parts.store.profiles.error): string | undefined {
    const { figures } = this.#parts;
    if (!figures.isConnected) return vscode.l10n.t('Sign in to Buffer to see your insights.');
    if (!figures.isOffered) return vscode.l10n.t('Figures need the permission {0}: sign in again to give it.', 'insights:read');
    return error && sentence(error);
  }

  #shown() {
    return this.#parts.figures.shown(this.#period ?? { from: 0, to: 0 });
  }

  #tell(): void {
    if (!this.#period) return;
    const { store, budget } = this.#parts;
    const { updates, before, error, readAt, isReading, ...rest } = this.#shown();
    // While pages come in, the rows are told with the first one and the last.
    const isNews = !isReading || !this.#told?.length;
    if (isNews) this.#told = updates;
    const today = budget().find(({ length }) => length === longestDay);
    const message: ToPage = {
      type: 'figures',
      told: {
        period: this.#period,
        profiles: store.profiles.items.map((each) => ({
          id: each.id,
          name: plainText(each.name),
          service: each.service,
          network: networkOf(each.service).label,
          timeZone: each.timeZone,
        })),
        ...rest,
        isReading,
        requestsToday: today?.remaining,
        problem: this.#problem(error),
        readAt: readAt?.getTime(),
        ...(isNews && { updates: updates.map(onItsWay), before: before?.map(onItsWay) }),
      },
    };
    void this.#webview.postMessage(message);
  }

  /** The rows as the page shows them: what is grouped stands together. */
  #csv(look: Look): string {
    const { items } = this.#parts.store.profiles;
    const nameOf = (id: string) => items.find((each: Profile) => each.id === id)?.name ?? id;
    const { locale } = Intl.DateTimeFormat(vscode.env.language).resolvedOptions();
    const rows = sorted(chosen(this.#shown().updates, look), look, nameOf, (one, other) => one.localeCompare(other, locale));
    // One with several tags is in several groups of the page, and once in the file.
    const together = grouped(rows, look.groupBy).flatMap(({ updates }) => updates);
    return toCsv([...new Set(together)], nameOf);
  }

  async #save(look: Look): Promise<void> {
    const day = (time: number) => new Date(time).toISOString().slice(0, 10);
    const { from, to } = this.#period ?? { from: 0, to: 0 };
    const name = `buffer-insights-${day(from)}-${day(to)}.csv`;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const uri = await vscode.window.showSaveDialog({
      defaultUri: folder && vscode.Uri.joinPath(folder, name),
      filters: { CSV: ['csv'] },
      title: vscode.l10n.t('Save Figures as CSV'),
    });
    if (!uri) return;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(byteOrderMark + this.#csv(look)));
    const open = vscode.l10n.t('Open');
    const chosenButton = await vscode.window.showInformationMessage(vscode.l10n.t('The figures were saved.'), open);
    if (chosenButton === open) await vscode.window.showTextDocument(uri);
  }
}

/** The page shows a line of a text; a file gets all that is kept of it. */
const longestLine = 300;

function onItsWay({ sentAt, measuredAt, text, ...rest }: MeasuredUpdate): SentUpdate {
  return {
    ...rest,
    text: text.length > longestLine ? `${text.slice(0, longestLine).toWellFormed()}…` : text,
    sentAt: sentAt.getTime(),
    measuredAt: measuredAt?.getTime(),
  };
}
