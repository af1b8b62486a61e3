import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkFile } from '../../../src/core/postFiles/check.ts';
import { usualConfig } from '../../../src/core/postFiles/config.ts';
import type { Benchmark } from '../benchmark.ts';
import { sideBySide } from '../sideBySide.ts';

const count = 1_000;
const sentence = 'The frost came early this year, and the garden at https://example.com/garden was not ready for it. ';

function post(index: number): string {
  const day = String(1 + (index % 28)).padStart(2, '0');
  return [
    `---\nprofiles: [bluesky/garden, mastodon/garden, linkedin/Garden Notes, x/garden]\nwhen: 2026-12-${day} 09:30Z`,
    `images:\n  - { src: ./frost.png, alt: Frost on a leaf }\ntags: [garden, winter]\n---\n${sentence}${sentence}Number ${index}.\n`,
    `<!-- linkedin -->\n${sentence.repeat(8)}\n\n<!-- bluesky -->\n${sentence}\n\n---thread---\nAnd ${index} more.\n`,
  ].join('\n');
}

/** A repository of posts is checked, beside reading its files and parsing their YAML alone. */
export const postFiles: Benchmark = {
  name: 'postFiles',
  run: async ({ runs = 5 }) => {
    const folder = await mkdtemp(join(tmpdir(), 'buffer-posts-'));
    try {
      const paths = Array.from({ length: count }, (_, index) => `${index}.buffer.md`);
      await Promise.all(paths.map((path, index) => writeFile(join(folder, path), post(index))));
      await writeFile(join(folder, 'frost.png'), '');
      const files = {
        stat: async (path: string) => {
          const found = await stat(join(folder, path)).catch(() => undefined);
          return found && { isFile: found.isFile(), size: found.size };
        },
        realpath: (path: string) => Promise.resolve(path),
      };
      const now = new Date('2026-11-27T12:00:00Z');
      const check = async () => {
        for (const path of paths) await checkFile(path, await readFile(join(folder, path), 'utf8'), { config: usualConfig, now, files });
      };
      const readAlone = async () => {
        for (const path of paths) parse((await readFile(join(folder, path), 'utf8')).split('---\n')[1]!);
      };
      const { ratios, ours, theirs } = await sideBySide({ act: check }, { act: readAlone }, { runs, rounds: 2, warmUps: 1 });
      const note = `${Math.round(ours[0]!)} ms to ${Math.round(theirs[0]!)} ms`;
      return [{ name: '1,000 files checked over read and YAML parsed', unit: 'times', samples: ratios, goal: 3, note }];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
