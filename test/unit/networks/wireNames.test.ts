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
const scalars: Readonly<Record<string, string>> = { flag: 'Boolean', text: 'String', longText: 'String', address: 'String' };

for (const [service, name] of Object.entries(inputs)) {
  test(`what ${service} is told as it is, its schema takes under that name`, () => {
    const type = schema.getType(name) ?? schema.getType(name.replace('TikTok', 'Tiktok'));
    expect(isInputObjectType(type), name).toBe(true);
    const fields = (type as GraphQLInputObjectType).getFields();
    for (const { name: detail, wire, choices } of networkNeeds(service).fields) {
      if (wire === undefined) continue;
      expect(Object.keys(fields), detail).toContain(wire);
      const given = fields[wire]!.type;
      const bare = isNonNullType(given) ? given.ofType : given;
      if (isEnumType(bare)) expect(bare.getValues().map((each) => each.name)).toEqual(expect.arrayContaining([...(choices ?? [])]));
      else expect(String(bare), detail).toBe(scalars[detailKinds[detail]]);
    }
  });
}
