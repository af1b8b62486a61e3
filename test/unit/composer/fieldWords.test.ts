import { expect, test } from 'vitest';
import { choiceLabel, detailLabel } from '../../../src/composer/page/fieldWords.ts';
import { detailKinds, type DetailName } from '../../../src/core/buffer/networkDetails.ts';
import { networkNeeds } from '../../../src/core/networks/networkNeeds.ts';
import { services } from '../networks/services.ts';

// What the networks ask for is described in one place, and called in another: here both are held together.

test.each(services)('each field of %s has a name for people, and each of its choices', (service) => {
  for (const { name, choices = [] } of networkNeeds(service).fields) {
    expect(detailLabel(name, service)).not.toBe('');
    for (const choice of choices) expect(choiceLabel(name, choice), `${name}: ${choice}`).not.toBe(choice);
    expect(new Set(choices.map((each) => choiceLabel(name, each))).size, name).toBe(choices.length);
  }
});

test('no two fields of a network are called the same', () => {
  for (const service of services) {
    const names = new Set(networkNeeds(service).fields.map(({ name }) => name));
    names.delete('threadPictures');
    expect(new Set([...names].map((name) => detailLabel(name, service))).size, service).toBe(names.size);
  }
});

test('each kind of field is asked for by some network', () => {
  const asked = new Set(services.flatMap((service) => networkNeeds(service).fields.map(({ name }) => name)));
  expect((Object.keys(detailKinds) as DetailName[]).filter((name) => !asked.has(name))).toEqual([]);
});
