import type { JiraStore } from '../store';
import { jqlField, type Candidate, type JqlField } from './fields';
import type { Query } from './parser';

/** The project and the number in an issue's key. */
export const splitKey = (key: string): readonly [project: string, number: number] => {
  const dash = key.lastIndexOf('-');
  return [key.slice(0, dash), Number(key.slice(dash + 1))];
};

/** The order that a query asks for; what it leaves open is newest first. Empty fields are the greatest. */
export function comparison(store: JiraStore, orderBy: Query['orderBy']): (a: Candidate, b: Candidate) => number {
  const keys = orderBy.map(({ field: name, descending }) => {
    const field = jqlField(store, name);
    return { field, direction: (descending ?? field.kind === 'date') ? -1 : 1 };
  });
  return (a, b) => {
    for (const { field, direction } of keys) {
      const difference = compareBy(field, a, b);
      if (difference !== 0) return difference * direction;
    }
    return Number(b.issue.id) - Number(a.issue.id);
  };
}

function compareBy(field: JqlField, a: Candidate, b: Candidate): number {
  if (field.kind === 'key') {
    const [[projectA, numberA], [projectB, numberB]] = [splitKey(a.issue.key), splitKey(b.issue.key)];
    return projectA === projectB ? numberA - numberB : projectA < projectB ? -1 : 1;
  }
  const [left, right] = [field.read(a)[0], field.read(b)[0]];
  if (left === undefined || right === undefined) return (left === undefined ? 1 : 0) - (right === undefined ? 1 : 0);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right), 'en', { numeric: true });
}
