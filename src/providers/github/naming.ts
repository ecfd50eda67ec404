import type { EvidenceItem, NamedItem } from '../../evidence/item';
import { findIssueKeys } from '../issue-keys';

type Place = NamedItem['names'][number]['places'][number];

/** Texts in which a sender may name a change, each with what kind of place it is. */
export type Places = readonly (readonly [Place, string | null | undefined])[];

/** The item with every change that the places name, and where each was named. */
export function named(item: EvidenceItem, places: Places): NamedItem {
  const byKey = new Map<string, Set<Place>>();
  for (const [place, text] of places) {
    for (const key of findIssueKeys(text)) byKey.set(key, (byKey.get(key) ?? new Set()).add(place));
  }
  return { item, names: Array.from(byKey, ([key, found]) => ({ key, places: [...found] })) };
}

/** All strings inside a deployment's payload, whether it came as an object or as a JSON text. Without recursion. */
export function payloadTexts(payload: unknown): readonly string[] {
  const texts: string[] = [];
  const open: unknown[] = [typeof payload === 'string' ? (parsed(payload) ?? payload) : payload];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) {
      const members: readonly unknown[] = Object.values(value);
      for (const member of members) open.push(member);
    }
  }
  return texts;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    // Not JSON: the whole text is what the caller of the API wrote.
    return undefined;
  }
}
