// What others wrote and the package holds: their names and licences, from what the bundles were made of.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** In the package without being in a bundle. */
const drawn = ['simple-icons'];

/**
 * Writes the notices of every package that is in the bundles; fails where one has no licence.
 * @param {import('esbuild').Metafile[]} metafiles
 * @param {string} file
 */
export async function writeNotices(metafiles, file) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = new Set([...inputs.flatMap((input) => packageFolder(input) ?? []), ...drawn.map((name) => join('node_modules', name))]);
  const notices = new Map();
  for (const folder of folders) {
    const notice = await noticeOf(resolve(folder));
    notices.set(notice.title, notice);
  }
  const all = [...notices.values()].sort((a, b) => a.title.localeCompare(b.title, 'en'));
  const intro = 'Queue for Buffer holds the following packages of others, unchanged but for bundling. Each is under its own licence.';
  const list = all.map(({ title, license }) => `- ${title} (${license})`).join('\n');
  const texts = all
    .map(({ title, homepage, license, text }) =>
      [`## ${title}`, homepage, `Licence: ${license}`, `\`\`\`\`text\n${text}\n\`\`\`\``].filter(Boolean).join('\n\n'),
    )
    .join('\n\n');
  await writeFile(file, `# Third-party notices\n\n${intro}\n\n${list}\n\n${texts}\n`);
}

/** The folder of the package that a file belongs to; undefined for our own. */
export function packageFolder(path) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path.replaceAll('\\', '/'))?.[0];
}

/** Licences that ask for their address rather than their text, by what their text begins with. */
const linked = [
  [/^attribution 4\.0 international|^creative commons attribution 4\.0/iu, 'https://creativecommons.org/licenses/by/4.0/legalcode'],
  [/^(?:# )?cc0 1\.0|^creative commons legal code\s+cc0/iu, 'https://creativecommons.org/publicdomain/zero/1.0/legalcode'],
];

function textOf(license) {
  const text = license.trim();
  const address = linked.find(([start]) => start.test(text))?.[1];
  return address ? `${text.split('\n', 1)[0].replace(/^# /u, '')}: ${address}` : text;
}

async function noticeOf(folder) {
  const { name, version, license, homepage, author: given } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((each) => /^(licen[cs]e|copying|notice)/i.test(each)).sort();
  const texts = await Promise.all(files.map((each) => readFile(join(folder, each), 'utf8')));
  if (!license && texts.length === 0) throw new Error(`${name} ${version} comes without a licence.`);
  const author = typeof given === 'string' ? given : (given?.name ?? name);
  const named = `By ${author}. The package brings no text of its licence: https://spdx.org/licenses/${license}.html`;
  return {
    title: `${name} ${version}`,
    license: license ?? 'see its text',
    homepage,
    text: texts.map(textOf).join('\n\n') || named,
  };
}
