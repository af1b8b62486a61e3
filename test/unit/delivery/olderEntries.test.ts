import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Outbox } from '../../../src/core/delivery/outbox.ts';
import { ids } from '../support/ids.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// What the first versions of the extension left in the outbox: nothing of it is lost, and nothing goes out twice.
let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'outbox');
  await mkdir(folder, { recursive: true });
});

const content = (text: string) => ({
  version: 1,
  owner: { key: 'me', label: 'Me' },
  text,
  profiles: [{ id: ids.bluesky, name: '@larkspur', service: 'bluesky' }],
  when: { at: '2026-10-27T09:00:00.000Z' },
  knownIds: ['a'],
});
const keep = (name: string, text: string) => writeFile(join(folder, name), text);
const names = () => readdir(folder).then((all) => all.sort());

describe('an entry of the first versions', () => {
  test.each([
    ['waiting', 'waiting'],
    ['sending', 'unclear'],
    ['unclear', 'unclear'],
    ['failed', 'failed'],
  ])('that was %s is %s', async (before, after) => {
    await keep(`000001-x.3.${before}.json`, JSON.stringify(content('From before')));
    const [entry, ...more] = await new Outbox(folder).load();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ id: '000001-x', text: 'From before', state: after, knownIds: ['a'] });
    expect(entry!.when).toEqual({ at: new Date('2026-10-27T09:00:00Z') });
    expect(await names()).toEqual(['000001-x.0.json']);
  });

  test('is one entry, whichever windows take it in at the same time', async () => {
    await keep('000001-x.3.waiting.json', JSON.stringify(content('Once')));
    await Promise.all([new Outbox(folder), new Outbox(folder), new Outbox(folder)].map((each) => each.load()));
    expect((await new Outbox(folder).load()).map(({ text }) => text)).toEqual(['Once']);
    expect(await names()).toEqual(['000001-x.0.json']);
  });

  test('that was taken in by a window that died before it had removed it, and is over since, does not come back', async () => {
    const old = JSON.stringify(content('Over'));
    await keep('000001-x.3.waiting.json', old);
    const outbox = new Outbox(folder);
    const [entry] = await outbox.load();
    await outbox.done((await outbox.claim(entry!))!);
    await keep('000001-x.3.waiting.json', old);
    expect(await new Outbox(folder).load()).toEqual([]);
    expect(await names()).toEqual([]);
  });

  test('that cannot be read stays as it is', async () => {
    await keep('000001-x.3.waiting.json', '{"text": "Half');
    expect(await new Outbox(folder).load()).toEqual([]);
    expect(await readFile(join(folder, '000001-x.3.waiting.json'), 'utf8')).toBe('{"text": "Half');
  });
});
