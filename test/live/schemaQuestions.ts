import type { Answers } from './answers.ts';
import { attempt } from './attempt.ts';
import type { QuestionName } from './questions.ts';
import { failureOf, type Answer, type Json, type Service } from './service.ts';

// What the schema alone tells. It is asked for without the key.

const query = `query CheckSchema {
  service: __type(name: "Service") { enumValues { name } }
  status: __type(name: "PostStatus") { enumValues { name } }
  filter: __type(name: "PostsFiltersInput") { inputFields { name } }
  video: __type(name: "VideoMetadataInput") { inputFields { name } }
  mutation: __type(name: "Mutation") { fields { name } }
  part: __type(name: "ThreadedPost") { fields(includeDeprecated: true) { name } }
}`;

const names: QuestionName[] = ['keylessSchema', 'services', 'statuses', 'thumbnailOffset', 'contentItems', 'threadCards'];

/** Asks for the schema; with the key, too, where it is not told without. Tells whether lists can be filtered by ids. */
export async function askSchema(service: Service, answers: Answers): Promise<{ hasIdFilter?: boolean }> {
  let hasIdFilter: boolean | undefined;
  await attempt(answers, names, async () => {
    const keyless = await service.ask(query, {}, { isKeyless: true });
    const isTold = Boolean(keyless.data.service);
    const isCounted = keyless.headers.has('ratelimit');
    answers.whether(
      'keylessSchema',
      isTold && !isCounted,
      isTold ? `answered, ${isCounted ? 'with' : 'without'} a RateLimit header` : failureOf(keyless),
    );
    const { service: services, status, filter, video, mutation, part } = namesIn(isTold ? keyless : await service.ask(query));
    const added = ['substack', 'whatsapp'].filter((each) => services.includes(each));
    answers.whether('services', added.length === 2, added.length > 0 ? added.join(', ') : 'neither of them');
    const known = ['draft', 'error', 'needs_approval', 'scheduled', 'sending', 'sent'];
    answers.whether('statuses', status.toSorted().join() === known.join(), status.join(', '));
    answers.whether('thumbnailOffset', video.includes('thumbnailOffset'), video.join(', '));
    const items = ['createContentItemDraft', 'promoteContentItemDraftToPosts'].filter((each) => mutation.includes(each));
    answers.whether('contentItems', items.length === 2, items.length > 0 ? items.join(', ') : 'neither of them');
    const places = ['metadata', 'linkAttachment'].filter((each) => part.includes(each));
    if (places.length > 0)
      answers.setting('threadCards', places.length === 2 ? 'both' : places[0] === 'metadata' ? 'newOnly' : 'oldOnly', places.join(', '));
    hasIdFilter = filter.some((each) => /^(post)?ids?$/iu.test(each));
  });
  return { hasIdFilter };
}

function namesIn({ data }: Answer): Record<'service' | 'status' | 'filter' | 'video' | 'mutation' | 'part', string[]> {
  const list = (type: Json): string[] => (type.enumValues ?? type.inputFields ?? type.fields).map(({ name }: Json) => name);
  return {
    service: list(data.service),
    status: list(data.status),
    filter: list(data.filter),
    video: list(data.video),
    mutation: list(data.mutation),
    part: list(data.part),
  };
}
