import { expect, test } from 'vitest';
import { isDocumentFolder } from '../../../src/ui/documentUri.ts';
import { updateIdOf, updateUri } from '../../../src/ui/updateUri.ts';
import { vscodeStub } from '../support/vscodeStub.ts';

const nameOf = (text: string) => updateUri({ id: 'x', text }).path.slice('/'.length);
const at = (path: string, query = '') => vscodeStub.Uri.from({ scheme: 'buffer', path, query }) as never;

test.each([
  ['Release 4.4 is out: “don’t wait”', 'Release 4.4 is out: “don’t wait”.update'],
  ['C++ and C# at 50% off?', 'C++ and C# at 50% off?.update'],
  ['Done.', 'Done.update'],
  ['One\ntwo', 'One two.update'],
  ['https://x.example/a\\b', 'https: x.example a b.update'],
  ['odd\u202eevil', 'odd evil.update'],
  ['🎉 Party', '🎉 Party.update'],
  ['...', 'Update.update'],
  ['', 'Update.update'],
])('a tab shows the first words as they were written: %s', (text, name) => {
  expect(nameOf(text)).toBe(name);
});

test('its id stands in none of what is shown of an address', () => {
  const { path, query } = updateUri({ id: '5b0ffe12ca5cade000000001', text: 'Hello' });
  expect({ path, query }).toEqual({ path: '/Hello.update', query: '5b0ffe12ca5cade000000001' });
});

test('a tab that was opened when the id was a folder still finds its update', () => {
  expect(updateIdOf(at('/abc/Hello.update'))).toBe('abc');
  expect(updateIdOf(at('/Hello.update', 'abc'))).toBe('abc');
});

test.each([
  ['/', '', true],
  ['/', 'abc', true],
  ['/abc', '', true],
  ['/abc/Hello.update', '', false],
  ['/Hello.update', 'abc', false],
])('what VS Code takes for the folder of a document is one, and no document is: %s?%s', (path, query, isFolder) => {
  expect(isDocumentFolder(at(path, query))).toBe(isFolder);
});
