import * as vscode from 'vscode';
import type { BufferError } from '../core/buffer/bufferError.ts';
import type { Waiting } from '../core/buffer/transport/rateLimiter.ts';
import { plainText } from './plainText.ts';
import { personLocale, rowTime } from '../core/time/formatTime.ts';

/** What happened and what to do, for a request that changed nothing. */
export function sentence(error: BufferError): string {
  if (error.kind === 'rateLimited') {
    const until = error.retryAt ?? new Date(Date.now() + 60_000);
    const seconds = secondsUntil(until);
    if (seconds > mostSeconds) return vscode.l10n.t('Buffer allows no more requests until {0}.', clockTime(until));
    return seconds > 0
      ? vscode.l10n.t('Buffer allows no more requests for now. Try again in {0} seconds.', seconds)
      : vscode.l10n.t('Buffer allowed no more requests. Try again now.');
  }
  return plainText(error.message);
}

/** How long requests wait, and how many. */
export function waitingWords({ count, until }: Waiting): string {
  const seconds = secondsUntil(until);
  if (seconds > mostSeconds) {
    const time = clockTime(until);
    if (count === 0) return vscode.l10n.t('Buffer allows no more requests until {0}.', time);
    return vscode.l10n.t('Buffer allows no more requests until {0}. {1} wait.', time, count);
  }
  if (count === 0) return vscode.l10n.t('Buffer allows no more requests for now. The next can go out in {0} s.', seconds);
  return vscode.l10n.t('Buffer allows no more requests for now. {0} wait; the next goes out in {1} s.', count, seconds);
}

/** Above so many seconds a clock says more. */
const mostSeconds = 90;

function secondsUntil(time: Date): number {
  return Math.max(0, Math.ceil((time.getTime() - Date.now()) / 1000));
}

/** A time as the person's own clock shows it, with the day where it is not today; never before the time itself. */
function clockTime(time: Date): string {
  const nextMinute = new Date(Math.ceil(time.getTime() / 60_000) * 60_000);
  return rowTime(nextMinute, { locale: personLocale(vscode.env.language), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
}

/** What to say when a write may or may not have arrived. */
export function unclear(error: BufferError): string {
  return vscode.l10n.t('{0} It is not known whether this was done. Refresh before you try again.', plainText(error.message));
}

/** Why a profile did not take an update. */
export function refusal(error: BufferError | undefined): string {
  return error ? sentence(error) : vscode.l10n.t('Buffer did not accept it.');
}
