import type { CharacterCount } from '../networks/characterCount.ts';
import type { Profile, Update } from '../buffer/model.ts';
import type { QueueStore } from './queueStore.ts';

type Writer = Pick<Profile, 'service' | 'serviceType' | 'characters'>;

/** What goes with a text, and takes of its room. */
type Company = Pick<Update, 'media' | 'details'>;

/**
 * Counts texts as the networks do, up to the limits that the service told. Loaded when it is first needed: the
 * networks' rules take longer to load than the rest of the extension.
 */
export async function characterCounter(store: QueueStore): Promise<(text: string, writer: Writer, company?: Company) => CharacterCount> {
  const { characterLimit, countCharacters, countWarning, limitBeside } = await import('../networks/characterCount.ts');
  const configuration = await store.configuration();
  return (text, writer, { media, details }: Company = {}) => {
    const limit = limitBeside(media, writer.service, characterLimit(writer, configuration));
    return countCharacters(text, writer.service, Math.max(0, limit - (details?.spoiler ? countWarning(details.spoiler) : 0)));
  };
}
