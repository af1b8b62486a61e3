import { expect, test } from 'vitest';
import { updateUri } from '../../../src/ui/updateUri.ts';

const nameOf = (text: string) => updateUri({ id: 'x', text }).path.slice('/x/'.length);

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
