import * as vscode from 'vscode';
import { personLocale } from '../core/time/formatTime.ts';
import { timeExamples } from '../core/time/timeExamples.ts';
import { readTime, zoneFor } from '../ui/readTime.ts';

/**
 * Asks for a time in words and shows what was understood while they are typed.
 * @param timeZones  of the profiles concerned
 * @param note       what to say of a time that was understood, such as that another update goes out then
 * @returns an instant in the future
 * @throws vscode.CancellationError when the person gives up
 */
export async function askForTime(
  title: string,
  timeZones: readonly string[],
  note: (at: Date) => string | undefined = () => undefined,
): Promise<Date> {
  const { Info, Warning, Error: Wrong } = vscode.InputBoxValidationSeverity;
  const input = vscode.window.createInputBox();
  input.title = title;
  const examples = timeExamples(personLocale(vscode.env.language));
  input.prompt = vscode.l10n.t('When? For example: {0}, 2027-01-15 14:00 ({1})', examples.join(', '), zoneFor(timeZones));
  input.placeholder = examples[0];
  input.ignoreFocusOut = true;

  return new Promise((resolve, reject) => {
    const show = async () => {
      const words = input.value;
      const read = await readTime(words, timeZones);
      // Others were typed meanwhile.
      if (words !== input.value) return undefined;
      if (!words.trim()) input.validationMessage = undefined;
      else if ('problem' in read) input.validationMessage = { message: read.problem, severity: Wrong };
      else {
        const [understood, noted] = [vscode.l10n.t('{0} (Press Enter to confirm)', read.shown), note(read.at)];
        input.validationMessage = { message: [understood, noted].filter(Boolean).join(' '), severity: noted ? Warning : Info };
      }
      return read;
    };
    input.onDidChangeValue(() => void show());
    input.onDidAccept(async () => {
      const read = await show();
      if (read && 'problem' in read) input.validationMessage = { message: read.problem, severity: Wrong };
      if (!read || 'problem' in read) return;
      resolve(read.at);
      input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      reject(new vscode.CancellationError());
    });
    input.show();
  });
}
