import * as vscode from 'vscode';
import { longTime, personLocale } from '../time/formatTime.ts';

const { t } = vscode.l10n;

/**
 * Asks for a time in words and shows what was understood while they are typed.
 * @param timeZones  of the profiles concerned; the words are read in theirs if they share one, else in the person's own
 * @returns an instant in the future
 * @throws vscode.CancellationError when the person gives up
 */
export async function askForTime(title: string, timeZones: readonly string[]): Promise<Date> {
  // Loaded when first needed: reading dates takes more code than the rest of the extension together.
  const { parseTime } = await import('../time/parseTime.ts');
  const zones = [...new Set(timeZones)];
  const zone = zones.length === 1 ? zones[0]! : new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const locale = personLocale(vscode.env.language);

  const input = vscode.window.createInputBox();
  input.title = title;
  input.prompt = t('When? For example: tomorrow 9:30, friday 8pm, in 2 hours, 2027-01-15 14:00 ({0})', zone);
  input.placeholder = t('tomorrow 9:30');
  input.ignoreFocusOut = true;

  const read = (): { time: Date } | { problem: string } => {
    const time = parseTime(input.value, zone);
    if (!time) return { problem: t('No time was found in this. Try: tomorrow 9:30') };
    if (time.getTime() <= Date.now()) return { problem: t('{0} is in the past.', longTime(time, { locale, timeZone: zone })) };
    return { time };
  };
  const understood = (time: Date) =>
    [zone, ...zones.filter((each) => each !== zone)].map((timeZone) => longTime(time, { locale, timeZone })).join('  ·  ');

  return new Promise((resolve, reject) => {
    const show = () => {
      if (!input.value.trim()) return (input.validationMessage = undefined);
      const answer = read();
      input.validationMessage =
        'time' in answer
          ? { message: t('{0} (Press Enter to confirm)', understood(answer.time)), severity: vscode.InputBoxValidationSeverity.Info }
          : { message: answer.problem, severity: vscode.InputBoxValidationSeverity.Error };
      return;
    };
    input.onDidChangeValue(show);
    input.onDidAccept(() => {
      const answer = read();
      if ('time' in answer) {
        resolve(answer.time);
        input.hide();
      } else {
        input.validationMessage = { message: answer.problem, severity: vscode.InputBoxValidationSeverity.Error };
      }
    });
    input.onDidHide(() => {
      input.dispose();
      reject(new vscode.CancellationError());
    });
    input.show();
  });
}
