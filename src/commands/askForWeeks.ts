import * as vscode from 'vscode';
import { format, personLocale, shortTime } from '../core/time/formatTime.ts';
import { inNumbers } from '../ui/numbers.ts';

/** Half a year. */
const mostWeeks = 26;
const usual = [2, 3, 4, 6, 8, 12];

interface WeeksItem extends vscode.QuickPickItem {
  readonly times?: readonly Date[];
}

/**
 * Asks for how many weeks something is to be repeated: a usual number, or one that is typed.
 * @param timesFor  the times for a number of weeks, the soonest first
 * @returns those times, in the number that was chosen
 * @throws vscode.CancellationError when the person gives up
 */
export async function askForWeeks(title: string, timeZone: string, timesFor: (weeks: number) => readonly Date[]): Promise<readonly Date[]> {
  const style = { locale: personLocale(vscode.env.language), timeZone };
  const itemOf = (weeks: number): WeeksItem => {
    const times = timesFor(weeks);
    const day = format(times[0]!, style.locale, { weekday: 'long', timeZone });
    return {
      label: weeks === 1 ? vscode.l10n.t('Next {0}', day) : vscode.l10n.t('Each {0} for {1} weeks', day, inNumbers(weeks)),
      description: [...new Set([times[0]!, times.at(-1)!])].map((time) => shortTime(time, style)).join(' – '),
      times,
    };
  };
  const pick = vscode.window.createQuickPick<WeeksItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('For how many weeks? Choose, or type a number up to {0}', inNumbers(mostWeeks));
  pick.ignoreFocusOut = true;
  pick.items = usual.map(itemOf);
  /** What is typed chooses, whatever the list would find in it. */
  const typed = (): WeeksItem[] => {
    const words = pick.value.trim();
    if (!words) return [];
    const weeks = /^\d{1,3}$/u.test(words) ? Number(words) : 0;
    if (weeks >= 1 && weeks <= mostWeeks) return [{ ...itemOf(weeks), alwaysShow: true }];
    return [{ label: `$(error) ${vscode.l10n.t('Type a number from 1 to {0}.', inNumbers(mostWeeks))}`, alwaysShow: true }];
  };

  return new Promise((resolve, reject) => {
    pick.onDidChangeValue(() => {
      const items = typed();
      pick.items = items.length > 0 ? items : usual.map(itemOf);
      if (items[0]) pick.activeItems = items;
    });
    pick.onDidAccept(() => {
      // What was just typed counts, also where the list does not show it yet.
      const { times } = typed()[0] ?? pick.activeItems[0] ?? {};
      if (!times) return;
      resolve(times);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      reject(new vscode.CancellationError());
    });
    pick.show();
  });
}
