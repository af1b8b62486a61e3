import type { TemplateResult } from 'lit-html';
import { avatar } from '../../../page/avatar.ts';
import type { ComposerProfile } from '../../messages.ts';
import type { Page } from '../page.ts';
import { type Act, markBroken } from './act.ts';

/** A profile's picture, or its initials where that does not load. */
export function profileAvatar(profile: ComposerProfile, { broken }: Page, act: Act): TemplateResult {
  return avatar(profile, broken, (url) => markBroken(act, url));
}
