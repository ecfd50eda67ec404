import type { Facts } from '../facts';
import { unclearedMarkings } from '../markings';

/** Where markings and secrets stand that nobody cleared, and what to do about it; undefined when there are none. */
export function whyNotExported(facts: Facts): { readonly sentence: string; readonly places: string[] } | undefined {
  const uncleared = unclearedMarkings(facts);
  if (uncleared.length === 0) return undefined;
  const places = [...new Set(uncleared.map(({ place }) => place))];
  const sentence = `Nothing was exported: a marking of controlled information stands in ${places.join(', ')}. Remove it, or have a named person clear it with a reason in the panel.`;
  return { sentence, places };
}
