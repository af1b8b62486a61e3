import * as vscode from 'vscode';
import { type UtmParameter, utmParameters, type UtmRule } from '../core/networks/utmRule.ts';
import { usable } from './settings.ts';

/** What the person wants added to links; nothing unless they said so. A workspace must not change what they post. */
export function utmRules(): readonly UtmRule[] {
  const told: unknown = vscode.workspace.getConfiguration('buffer').inspect('utmRules')?.globalValue;
  const isUsable = (value: unknown): value is unknown[] => Array.isArray(value) && value.every(ruleOf);
  usable('utmRules', told, isUsable);
  return Array.isArray(told) ? told.flatMap((each: unknown) => ruleOf(each) ?? []) : [];
}

/** People write anything into a setting: what cannot be understood is no rule. */
function ruleOf(told: unknown): UtmRule | undefined {
  if (typeof told !== 'object' || told === null) return undefined;
  const { domain, networks, ...rest } = told as Record<string, unknown>;
  if (typeof domain !== 'string' || !domain.trim()) return undefined;
  if (networks !== undefined && !Array.isArray(networks)) return undefined;
  const said = utmParameters.filter((name) => typeof rest[name] === 'string');
  return {
    domain: domain.trim(),
    networks: networks?.filter((each) => typeof each === 'string'),
    parameters: Object.fromEntries(said.map((name): [UtmParameter, string] => [name, rest[name] as string])),
  };
}
