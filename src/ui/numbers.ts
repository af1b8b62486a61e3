import * as vscode from 'vscode';
import { personLocale } from '../core/time/formatTime.ts';

/** Making a formatter costs far more than using it. */
let format: Intl.NumberFormat | undefined;

/** A number as it is written in the person's language: every number that a person sees goes through here. */
export function inNumbers(value: number): string {
  format ??= new Intl.NumberFormat(personLocale(vscode.env.language));
  return format.format(value);
}
