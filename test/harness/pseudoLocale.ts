// A language that nobody speaks, to see what cannot be translated and what has no room for longer words.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryDir } from './paths.ts';

const accented: Readonly<Record<string, string>> = Object.fromEntries(
  [...'aáàbḃcçdďeéfƒgǧhĥiíjĵkķlļmḿnñoóqɋrŕsštťuúwŵyýzžAÁCÇDĐEÉGĜHĤIÍKĶLĻNÑOÓRŔSŠTŤUÚWŴYÝZŽ'.normalize('NFC')].flatMap(
    (letter, index, all) =>
      /[a-zA-Z]/.test(letter) && all[index + 1] && !/[a-zA-Z]/.test(all[index + 1]!) ? [[letter, all[index + 1]!]] : [],
  ),
);

/** Words in pseudo: each letter with a mark, two fifths longer as other languages are, between brackets that show where it ends. */
export function pseudo(words: string): string {
  const marked = words
    .split(/(\{\d+\}|\$\([\w-]+\)|\]\([^)]*\))/)
    .map((part, index) => (index % 2 ? part : part.replace(/[a-zA-Z]/g, (letter) => accented[letter] ?? letter)))
    .join('');
  return `⟦${marked}${' ñ'.repeat(Math.ceil(words.length / 5))}⟧`;
}

/** What `vscode.l10n.bundle` is for someone who set this language. */
export function pseudoBundle(): Record<string, string> {
  const bundle = JSON.parse(readFileSync(join(repositoryDir, 'l10n', 'bundle.l10n.json'), 'utf8')) as Record<string, string>;
  return Object.fromEntries(Object.entries(bundle).map(([key, words]) => [key, pseudo(words)]));
}
