import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import { longTime, personLocale, shortTime } from '../core/time/formatTime.ts';
import { timeExamples } from '../core/time/timeExamples.ts';
import { profileNames } from '../ui/profileNames.ts';
import { plainText } from '../ui/plainText.ts';
import { readTime, zoneFor } from '../ui/readTime.ts';

export interface TimeOptions {
  /** What to say of a time, such as that another update goes out then. */
  readonly note?: (at: Date) => string | undefined;
  /** Times to choose from, the soonest first. */
  readonly free?: readonly Date[];
}

interface TimeItem extends vscode.QuickPickItem {
  readonly at?: Date;
}

/**
 * Asks for a time: one of those that are offered, or words, of which is shown what was understood while they are typed.
 * @param profiles  that it is for; in several zones a line for each says whose time it is
 * @returns an instant in the future
 * @throws vscode.CancellationError when the person gives up
 */
export async function askForTime(title: string, profiles: readonly Profile[], { note, free = [] }: TimeOptions = {}): Promise<Date> {
  const locale = personLocale(vscode.env.language);
  const timeZones = profiles.map(({ timeZone }) => timeZone);
  const pick = vscode.window.createQuickPick<TimeItem>();
  const offered = free.map((at, index): TimeItem => ({
    label: shortTime(at, { locale, timeZone: zoneFor(timeZones) }),
    description: index === 0 ? vscode.l10n.t('next free posting time') : vscode.l10n.t('free posting time'),
    detail: noted(at, note),
    at,
  }));
  pick.title = title;
  // The zone first: the field is narrow.
  pick.placeholder = vscode.l10n.t('When ({0})? For example: {1}, 2027-01-15 14:00', zoneFor(timeZones), timeExamples(locale).join(', '));
  pick.ignoreFocusOut = true;
  pick.items = offered;

  return new Promise((resolve, reject) => {
    /** What was typed when the list was last made. */
    let shownFor = '';
    const show = async (): Promise<readonly TimeItem[]> => {
      const words = pick.value;
      const typed = words.trim() ? await typedItems(words, profiles, note) : [];
      // Others were typed meanwhile.
      if (words !== pick.value) return [];
      shownFor = words;
      pick.items = [...typed, ...offered];
      if (typed[0]) pick.activeItems = typed.slice(0, 1);
      return typed;
    };
    pick.onDidChangeValue(() => void show());
    pick.onDidAccept(async () => {
      // What was just typed counts, also where it is not understood, and not what is left of the list by it.
      const [item] = shownFor === pick.value ? pick.activeItems : await show();
      const at = item?.at;
      if (!at) return;
      resolve(at);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      reject(new vscode.CancellationError());
    });
    pick.show();
  });
}

/** What words mean, in each zone; or why they do not do. */
async function typedItems(words: string, profiles: readonly Profile[], note: TimeOptions['note']): Promise<TimeItem[]> {
  const timeZones = profiles.map(({ timeZone }) => timeZone);
  const read = await readTime(words, timeZones);
  if ('problem' in read) return [{ label: `$(error) ${plainText(read.problem)}`, alwaysShow: true }];
  const zones = [...new Set(timeZones)];
  const locale = personLocale(vscode.env.language);
  return zones.map((timeZone) => ({
    label: longTime(read.at, { locale, timeZone }),
    description:
      zones.length > 1
        ? profileNames(
            profiles.filter((profile) => profile.timeZone === timeZone),
            profiles,
          )
        : undefined,
    detail: noted(read.at, note),
    alwaysShow: true,
    at: read.at,
  }));
}

function noted(at: Date, note: TimeOptions['note']): string | undefined {
  const words = note?.(at);
  return words && `$(warning) ${plainText(words)}`;
}
