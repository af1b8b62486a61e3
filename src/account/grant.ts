import * as v from 'valibot';

/** What Buffer gives an application that a person let in, as it is kept. */
export const grantSchema = v.object({
  accessToken: v.pipe(v.string(), v.nonEmpty()),
  /** Good for one use; see `grantKeeper.ts`. */
  refreshToken: v.pipe(v.string(), v.nonEmpty()),
  /** When the access token ends, in milliseconds since 1970. */
  expiresAt: v.number(),
  /** Who gave it, and to which application. It is renewed there and nowhere else, whatever the settings say by then. */
  authUrl: v.string(),
  clientId: v.string(),
});
export type Grant = v.InferOutput<typeof grantSchema>;
