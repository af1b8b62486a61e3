import * as v from 'valibot';
import { draft } from './draftSchema.ts';

/** One of a newer version can hold what this one would lose by writing it. */
const storedDraft = v.object({ version: v.optional(v.literal(1)), draft, savedAt: v.number() });
const storedJson = v.pipe(v.string(), v.parseJson(), storedDraft);

/** A draft as its file holds it. @throws ValiError where it says nothing to this version */
export function readStoredDraft(json: string): v.InferOutput<typeof storedDraft> {
  return v.parse(storedJson, json);
}
