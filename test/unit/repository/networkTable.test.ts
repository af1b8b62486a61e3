import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { detailLabel } from '../../../src/composer/page/fieldWords.ts';
import { type DetailField, networkNeeds } from '../../../src/core/networks/networkNeeds.ts';
import { networkOf } from '../../../src/core/networks/networks.ts';
import { services } from '../networks/services.ts';

// The README's table of what each network asks for is made from what the composer asks by: `WRITE_FIELDS=1` writes it.

const readme = new URL('../../../README.md', import.meta.url);

function fieldsOf(service: string, isRare: boolean): string {
  const type = ({ onlyFor }: DetailField) => onlyFor?.[0];
  const fields = networkNeeds(service).fields.filter((each) => Boolean(each.isRare) === isRare && each.name !== 'threadPictures');
  return [...new Set(fields.map((each) => detailLabel(each.name, service, type(each))))].join(', ') || '–';
}

function filesOf(service: string): string {
  const { pictures, takesCoverMoment, takesTaggedUsers, takesDocument, takesCard } = networkNeeds(service);
  const all = [
    pictures !== undefined && `${pictures} pictures`,
    takesTaggedUsers && 'tagged accounts',
    takesCoverMoment && 'the cover of a video',
    takesDocument && 'documents',
    takesCard && 'link cards',
  ];
  return all.filter(Boolean).join(', ') || '–';
}

const table = [
  '| Network | Asks for | Behind *More* | Takes |',
  '|---|---|---|---|',
  ...services.map(
    (service) => `| ${networkOf(service).label} | ${fieldsOf(service, false)} | ${fieldsOf(service, true)} | ${filesOf(service)} |`,
  ),
].join('\n');

test('the README’s table of networks says what the composer asks for', () => {
  const text = readFileSync(readme, 'utf8');
  const place = /\| Network \| Asks for[^]*?\n\n/u;
  const wanted = text.replace(place, () => `${table}\n\n`);
  if (process.env['WRITE_FIELDS']) writeFileSync(readme, wanted);
  expect(place.test(text)).toBe(true);
  expect(readFileSync(readme, 'utf8')).toBe(wanted);
});
