import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType, isInputObjectType, isNonNullType, type GraphQLInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { detailKinds } from '../../../src/core/buffer/networkDetails.ts';
import { networkNeeds } from '../../../src/core/networks/networkNeeds.ts';

const schema = buildSchema(readFileSync('src/core/buffer/graphql/schema.graphql', 'utf8'));
const inputs: Readonly<Record<string, string>> = {
  twitter: 'TwitterPostMetadataInput',
  bluesky: 'BlueskyPostMetadataInput',
  mastodon: 'MastodonPostMetadataInput',
  threads: 'ThreadsPostMetadataInput',
  facebook: 'FacebookPostMetadataInput',
  linkedin: 'LinkedInPostMetadataInput',
  instagram: 'InstagramPostMetadataInput',
  tiktok: 'TikTokPostMetadataInput',
  pinterest: 'PinterestPostMetadataInput',
  youtube: 'YoutubePostMetadataInput',
};
const scalars: Readonly<Record<string, string>> = {
  flag: 'Boolean',
  text: 'String',
  longText: 'String',
  address: 'String',
  board: 'String',
  choice: 'String',
};

for (const [service, name] of Object.entries(inputs)) {
  test(`what ${service} is told as it is, its schema takes under that name`, () => {
    const type = schema.getType(name) ?? schema.getType(name.replace('TikTok', 'Tiktok'));
    expect(isInputObjectType(type), name).toBe(true);
    const fields = (type as GraphQLInputObjectType).getFields();
    for (const { name: detail, wire, word, choices } of networkNeeds(service).fields) {
      if (wire === undefined) continue;
      const [outer, inner] = wire.split('.') as [string, string?];
      expect(Object.keys(fields), detail).toContain(outer);
      const within = inner === undefined ? fields : (fields[outer]!.type as GraphQLInputObjectType).getFields();
      expect(Object.keys(within), detail).toContain(inner ?? outer);
      const given = within[inner ?? outer]!.type;
      const bare = isNonNullType(given) ? given.ofType : given;
      const said = word === undefined ? (choices ?? []) : [word];
      if (isEnumType(bare)) expect(bare.getValues().map((each) => each.name)).toEqual(expect.arrayContaining([...said]));
      else expect(String(bare), detail).toBe(scalars[detailKinds[detail]]);
    }
  });
}
