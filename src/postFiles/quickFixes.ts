import * as vscode from 'vscode';
import type { Fix, Problem } from '../core/postFiles/problem.ts';
import { type Checks, rangeOf } from './checks.ts';

/** Dates in place of words, in the whole file: also on save, for whoever has `source.fixAll` do that. */
const fixAll = vscode.CodeActionKind.SourceFixAll.append('buffer');

/** Offers what can be written instead of what is wrong. */
export class QuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, fixAll];
  readonly #checks: Checks;

  constructor(checks: Checks) {
    this.#checks = checks;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics, only }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const { problems } = await this.#checks.of(document);
    const actions: vscode.CodeAction[] = [];
    if (!only || only.intersects(vscode.CodeActionKind.QuickFix) || vscode.CodeActionKind.QuickFix.contains(only))
      for (const each of problems)
        if (each.fix && rangeOf(each.range).intersection(range)) actions.push(fixOf(document, each, each.fix, diagnostics));
    const dates = certainDates(problems);
    if (only && fixAll.intersects(only) && dates.length) {
      const action = new vscode.CodeAction(vscode.l10n.t('Fix All Dates'), fixAll);
      action.edit = editOf(document, dates);
      actions.push(action);
    }
    return actions;
  }
}

/** Words that are one date: where two profiles' zones make two of them, a person chooses. */
function certainDates(problems: readonly Problem[]): Fix[] {
  const fixes = problems.flatMap(({ fix }) => (fix?.kind === 'fixDate' ? [fix] : []));
  return fixes.filter(({ range }) => fixes.filter((each) => each.range.start.offset === range.start.offset).length === 1);
}

function fixOf(document: vscode.TextDocument, problem: Problem, fix: Fix, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
  action.edit = editOf(document, [fix]);
  action.isPreferred = fix.kind !== 'remove';
  const range = rangeOf(problem.range);
  action.diagnostics = diagnostics.filter((each) => each.code === problem.code && each.range.isEqual(range));
  return action;
}

function titleOf({ kind, text }: Fix): string {
  switch (kind) {
    case 'fixDate':
      return vscode.l10n.t('Fix the Date: {0}', text);
    case 'addAlt':
      return vscode.l10n.t('Add a Description');
    case 'remove':
      return vscode.l10n.t('Remove It');
    default:
      return vscode.l10n.t('Write “{0}”', text);
  }
}

function editOf(document: vscode.TextDocument, fixes: readonly Fix[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text, kind } of fixes)
    edit.replace(document.uri, kind === 'remove' ? wholeMember(document, rangeOf(range)) : rangeOf(range), text);
  return edit;
}

/** A member of a list with the comma in front of it, or with its line where it has one for itself. */
function wholeMember(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  const { text, rangeIncludingLineBreak } = document.lineAt(range.start.line);
  const before = text.slice(0, range.start.character);
  if (range.isSingleLine && /^\s*-\s+$/u.test(before) && /^\s*(?:#.*)?$/u.test(text.slice(range.end.character)))
    return rangeIncludingLineBreak;
  const comma = /,\s*$/u.exec(before);
  return comma ? new vscode.Range(range.start.line, comma.index, range.end.line, range.end.character) : range;
}
