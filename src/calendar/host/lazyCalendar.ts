import * as vscode from 'vscode';
import { lazily } from '../../core/async/lazily.ts';
import type { CalendarParts } from './calendars.ts';

/** Registers the calendar, which is loaded when it is first opened or VS Code gives it back. Gives what opens it, too. */
export function lazyCalendar(parts: CalendarParts): vscode.Disposable & { readonly open: () => Promise<void> } {
  const calendars = lazily(async () => new (await import('./calendars.ts')).Calendars(parts));
  const deserializeWebviewPanel = async (panel: vscode.WebviewPanel) => (await calendars()).adopt(panel);
  return Object.assign(vscode.window.registerWebviewPanelSerializer('buffer.calendar', { deserializeWebviewPanel }), {
    open: async () => (await calendars()).open(),
  });
}
