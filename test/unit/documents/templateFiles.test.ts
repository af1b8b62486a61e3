import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { TemplateStore } from '../../../src/core/templates/templateStore.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { TemplateFiles } = await import('../../../src/documents/templateFiles.ts');
const { templateIdOf, templateUri } = await import('../../../src/ui/templateUri.ts');

const sandbox = await ownSandbox();
const named = (title: string) => sandbox.state.library.templates.find((each) => each.title === title)!;

function open(title: string) {
  const api = clientOf(sandbox, 'graphql', { pause: 1 });
  const files = new TemplateFiles(new TemplateStore({ api: () => api, lookAfter: 1 }));
  const uri = templateUri(named(title));
  const read = async () => new TextDecoder().decode(await files.readFile(uri));
  const write = (text: string) => files.writeFile(uri, new TextEncoder().encode(text));
  return { files, uri, read, write };
}

describe('a template as a document', () => {
  it('is read as it is and saved as a change of its text alone', async () => {
    const { read, write, files, uri } = open('Release note');
    expect(await read()).toBe('{{version}} is out: {{what changed}}. Notes: {{link}}');
    const { mtime } = await files.stat(uri);
    const before = { ...named('Release note') };
    await write('{{version}}!\r\nNotes: {{link}}');
    expect(named('Release note')).toEqual({ ...before, body: '{{version}}!\nNotes: {{link}}', updatedAt: expect.any(Number) as number });
    expect((await files.stat(uri)).mtime).toBeGreaterThan(mtime);
    expect(await read()).toBe('{{version}}!\nNotes: {{link}}');
  });

  it('that was changed elsewhere is not written over before that was told', async () => {
    const { read, write, files, uri } = open('Release note');
    await read();
    const { mtime } = await files.stat(uri);
    named('Release note').body = 'Theirs';
    await expect(write('Mine')).rejects.toThrow(/changed elsewhere/);
    expect(named('Release note').body).toBe('Theirs');
    // VS Code sees a newer file: reverting shows theirs, saving once more writes.
    expect((await files.stat(uri)).mtime).toBeGreaterThan(mtime);
    expect(await read()).toBe('Theirs');
    await write('Mine');
    expect(named('Release note').body).toBe('Mine');
  });

  it('cannot be emptied, and Buffer’s own cannot be written', async () => {
    await expect(open('Release note').write(' \n')).rejects.toThrow(/needs a text/);
    const { files, uri } = open('Ask me anything');
    expect(await files.stat(uri)).toMatchObject({ permissions: 1 });
  });

  it('keeps what was typed where the save did not arrive', async () => {
    const { read, write } = open('Release note');
    await read();
    sandbox.faults.add({ kind: 'dropBefore', times: 0, match: { operation: 'PostTemplate' } });
    await expect(write('Mine')).rejects.toThrow();
    sandbox.faults.clear();
    await write('Mine');
    expect(named('Release note').body).toBe('Mine');
  });

  it.each(['/', '/x', '/../../x.update', '/a b/x.update', '/a/b/x.update', '/a%2Fb/x.update'])('%s is nothing', (path) => {
    expect(templateIdOf({ scheme: 'buffer-template', authority: '', query: '', fragment: '', path } as vscode.Uri)).toBeUndefined();
  });

  it('has an address from which it is found, whatever its title', () => {
    for (const title of ['Release note', '../../etc', '', '🌱', 'a/b\\c?d#e'])
      expect(templateIdOf(templateUri({ id: 'abc-1', title }))).toBe('abc-1');
    expect(templateUri({ id: 'abc-1', title: 'Release note' }).path).toBe('/Release note.update');
  });

  it('is still found by the address that it had when its id was a folder', () => {
    const old = { scheme: 'buffer-template', authority: '', query: '', fragment: '', path: '/abc-1/Release note.update' };
    expect(templateIdOf(old as vscode.Uri)).toBe('abc-1');
  });
});
