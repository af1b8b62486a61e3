import * as vscode from 'vscode';
import { webviewPage } from '../../ui/webviewPage.ts';
import { Calendar, type CalendarActions, type CalendarHostParts } from './calendar.ts';
import type { DraftStart } from '../../core/drafts/ideaDraft.ts';

export interface CalendarParts extends Omit<CalendarHostParts, 'actions'> {
  readonly extensionUri: vscode.Uri;
  readonly composers: { write(start: DraftStart): Promise<void> };
}

/** The window's calendar: one at a time. */
export class Calendars {
  readonly #parts: CalendarParts;
  #panel: vscode.WebviewPanel | undefined;

  constructor(parts: CalendarParts) {
    this.#parts = parts;
  }

  /** What changes something is done by commands, which tell their failures. */
  get #actions(): CalendarActions {
    return {
      open: async (updateId) => vscode.commands.executeCommand('buffer.editUpdate', { kind: 'update', updateId }),
      compose: (at, profileIds) => this.#parts.composers.write({ profileIds, when: { kind: 'at', at: at.toISOString() } }),
      move: async (updateId, at) => vscode.commands.executeCommand('buffer.rescheduleTo', { kind: 'update', updateId }, at),
    };
  }

  /** Opens the calendar, or brings it to the front. */
  open(): void {
    if (this.#panel) return this.#panel.reveal();
    this.adopt(
      vscode.window.createWebviewPanel('buffer.calendar', vscode.l10n.t('Calendar'), vscode.ViewColumn.Active, { enableFindWidget: true }),
    );
  }

  /** Fills a panel, also one that VS Code gave back. */
  adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri } = this.#parts;
    this.#panel?.dispose();
    this.#panel = panel;
    panel.title = vscode.l10n.t('Calendar');
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
    const calendar = new Calendar(panel.webview, { ...this.#parts, actions: this.#actions });
    panel.webview.html = calendarHtml(panel.webview, extensionUri);
    panel.onDidDispose(() => {
      calendar.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }
}

/** The page that loads the calendar. */
export function calendarHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  return webviewPage(webview, extensionUri, { name: 'calendar', title: vscode.l10n.t('Calendar') });
}
