import * as vscode from 'vscode';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { Checks } from './checks.ts';
import { Completions } from './completions.ts';
import { Decorations } from './decorations.ts';
import { Hovers } from './hovers.ts';
import { Lenses } from './lenses.ts';
import { Outline } from './outline.ts';
import { PostDocuments } from './postDocuments.ts';
import { postLanguage } from './postLanguage.ts';
import { QuickFixes } from './quickFixes.ts';
import { Configs } from './repository.ts';
import { Standings } from './standings.ts';

export interface PostFilesParts {
  readonly store: QueueStore;
}

/** What VS Code tells and offers in files of posts. */
export class PostFiles implements vscode.Disposable {
  /** What is known of the files that are open. */
  readonly checks: Checks;
  /** The signs behind their names. */
  readonly decorations: Decorations;
  readonly #subscriptions: vscode.Disposable[];

  constructor({ store }: PostFilesParts) {
    const configs = new Configs();
    const checks = new Checks(store, configs);
    this.checks = checks;
    const standings = new Standings(store, configs);
    this.decorations = new Decorations(standings);
    const outline = new Outline(checks);
    const lenses = new Lenses(checks, standings);
    const { languages } = vscode;
    this.#subscriptions = [
      configs,
      checks,
      standings,
      new PostDocuments(configs),
      languages.registerCodeActionsProvider(postLanguage, new QuickFixes(checks), { providedCodeActionKinds: QuickFixes.kinds }),
      languages.registerCompletionItemProvider(postLanguage, new Completions(store, checks), '/', ' ', '[', ':', '"'),
      languages.registerHoverProvider(postLanguage, new Hovers(checks)),
      lenses,
      languages.registerCodeLensProvider(postLanguage, lenses),
      languages.registerDocumentSymbolProvider(postLanguage, outline),
      languages.registerFoldingRangeProvider(postLanguage, outline),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}
