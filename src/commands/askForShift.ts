import * as vscode from 'vscode';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { parseShift, type Shift, shifted } from '../core/time/parseShift.ts';
import { plainText } from '../ui/plainText.ts';

/** A time that is to be moved, and the zone of its profile. */
export interface Movable {
  readonly at: Date;
  readonly timeZone: string;
}

interface ShiftItem extends vscode.QuickPickItem {
  readonly shift?: Shift;
}

/**
 * Asks by how much times are moved: a usual shift, or words for another one.
 * @param times  the soonest first; what becomes of it is shown
 * @returns the shift, and how it was called
 * @throws vscode.CancellationError when the person gives up
 */
export async function askForShift(title: string, times: readonly Movable[]): Promise<{ readonly shift: Shift; readonly words: string }> {
  const pick = vscode.window.createQuickPick<ShiftItem>();
  const usual = usualShifts().map(([label, shift]) => itemOf(label, shift, times));
  pick.title = title;
  pick.placeholder = vscode.l10n.t('By how much? For example: 2 days later, 90 minutes earlier, +1 week');
  pick.ignoreFocusOut = true;
  pick.items = usual;

  return new Promise((resolve, reject) => {
    /** What was typed when the list was last made. */
    let shownFor = '';
    const show = async (): Promise<readonly ShiftItem[]> => {
      const words = pick.value;
      const typed = words.trim() ? [await typedItem(words.trim(), times)] : [];
      // Others were typed meanwhile.
      if (words !== pick.value) return [];
      shownFor = words;
      pick.items = [...typed, ...usual];
      if (typed[0]) pick.activeItems = typed;
      return typed;
    };
    pick.onDidChangeValue(() => void show());
    pick.onDidAccept(async () => {
      // What was just typed counts, also where it is not understood, and not what is left of the list by it.
      const [item] = shownFor === pick.value ? pick.activeItems : await show();
      if (!item?.shift) return;
      resolve({ shift: item.shift, words: item.label });
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      reject(new vscode.CancellationError());
    });
    pick.show();
  });
}

function usualShifts(): readonly (readonly [label: string, shift: Shift])[] {
  return [
    [vscode.l10n.t('1 day later'), { days: 1 }],
    [vscode.l10n.t('1 week later'), { days: 7 }],
    [vscode.l10n.t('1 hour later'), { minutes: 60 }],
    [vscode.l10n.t('1 day earlier'), { days: -1 }],
    [vscode.l10n.t('1 week earlier'), { days: -7 }],
    [vscode.l10n.t('1 hour earlier'), { minutes: -60 }],
  ];
}

async function typedItem(words: string, times: readonly Movable[]): Promise<ShiftItem> {
  const locale = personLocale(vscode.env.language);
  // Loaded when first needed, as what reads words is large.
  const { timeLanguages } = await import('../core/time/languages.ts');
  const shift = parseShift(words, { locale, languages: await timeLanguages(locale) });
  if (shift) return { ...itemOf(plainText(words), shift, times), alwaysShow: true };
  return { label: vscode.l10n.t('Not understood. Try: {0}', vscode.l10n.t('1 day later')), alwaysShow: true };
}

/** What becomes of the soonest, and how many could not be moved so. */
function itemOf(label: string, shift: Shift, times: readonly Movable[]): ShiftItem {
  const [first] = times;
  const style = { locale: personLocale(vscode.env.language), timeZone: first?.timeZone ?? 'UTC' };
  const preview = first && `${shortTime(first.at, style)} → ${shortTime(shifted(first.at, shift, first.timeZone), style)}`;
  const past = pastCount(shift, times);
  const note = past > 0 ? vscode.l10n.t('{0} would be in the past', past) : undefined;
  return { label, shift, description: [preview, note].filter(Boolean).join(' · ') };
}

/** How many of these times a shift takes into the past. */
export function pastCount(shift: Shift, times: readonly Movable[]): number {
  return times.filter(({ at, timeZone }) => shifted(at, shift, timeZone).getTime() <= Date.now()).length;
}
