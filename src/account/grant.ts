import * as v from 'valibot';

/** What was asked for before grants told what they are good for. */
const scopesOfOld = ['posts:read', 'posts:write', 'ideas:read', 'ideas:write', 'account:read', 'offline_access'];

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
  /** The application registered itself there: no person set it up. */
  isRegistered: v.optional(v.boolean()),
  /** What it is good for; it can be less than was asked for. */
  scopes: v.optional(v.array(v.string()), scopesOfOld),
  /** What Buffer does not give this application, whoever asks for it. */
  refusedScopes: v.optional(v.array(v.string())),
});
export type Grant = v.InferOutput<typeof grantSchema>;
