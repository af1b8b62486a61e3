import * as vscode from 'vscode';
import { networkOf } from '../core/networks/networks.ts';
import { isTimeZone } from '../core/postFiles/times.ts';
import { longTime, personLocale } from '../core/time/formatTime.ts';
import { plainText } from '../ui/plainText.ts';
import { type Checks, rangeOf } from './checks.ts';

/** Says when a post goes out, in the zone of each of its profiles, and which profile a name is. */
export class Hovers implements vscode.HoverProvider {
  readonly #checks: Checks;

  constructor(checks: Checks) {
    this.#checks = checks;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const locale = personLocale(vscode.env.language);
    for (const { post, targets } of (await this.#checks.of(document)).posts) {
      const zone = post.timeZone?.value ?? '';
      if (post.when && rangeOf(post.when.range).contains(position)) {
        const lines = targets.flatMap(({ when, profile, service, written }) => {
          if (typeof when !== 'object') return [];
          const timeZone = profile?.timeZone ?? (isTimeZone(zone) ? zone : 'UTC');
          return [
            `${networkOf(service).label} · ${profile?.name ?? written.value}: ${longTime(when.at, { locale, timeZone })} (${timeZone})`,
          ];
        });
        if (lines.length) return hoverOf(lines, rangeOf(post.when.range));
      }
      for (const { written, profile, service } of targets) {
        // What the configuration names stands nowhere in the file.
        if (!profile || !post.profiles.includes(written) || !rangeOf(written.range).contains(position)) continue;
        const zone = vscode.l10n.t('Times are those of {0}.', profile.timeZone);
        return hoverOf([`${networkOf(service).label} · ${profile.name}`, zone], rangeOf(written.range));
      }
    }
    return undefined;
  }
}

function hoverOf(lines: readonly string[], range: vscode.Range): vscode.Hover {
  const text = new vscode.MarkdownString();
  lines.forEach((line, index) => (index ? text.appendMarkdown('\n\n').appendText(plainText(line)) : text.appendText(plainText(line))));
  return new vscode.Hover(text, range);
}
