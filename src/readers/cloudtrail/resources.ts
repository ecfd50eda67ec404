import { isMembers, listAt, textAt, textOf, type Members } from '../wire';

const NAMES = /(?:arn|id|ids|name|names|identifier|bucket|instances|resource|resources|key|trail|host|domain)$/i;
/** Names of what identifies the call or is a secret, not a resource. */
const NOT_NAMES = /token|requestid|clientid|sessionname|policyname|accesskey|owner|marker|version|sha/i;
const MAX_DEPTH = 5;
const MAX_NAMES = 40;

/**
 * What a call was about: the resources it lists, and the names and identifiers among its parameters and, for what it
 * made, its response. The service's own name comes first, as `ec2` or `iam`.
 */
export function resourcesOf(record: Members): readonly string[] {
  const names = new Set<string>();
  const service = textAt(record, 'eventSource')?.replace(/\.amazonaws\.com$/, '');
  if (service !== undefined) names.add(service);
  for (const resource of listAt(record, 'resources')) {
    const arn = textAt(resource, 'ARN') ?? textAt(resource, 'arn');
    if (arn !== null) names.add(arn);
  }
  collect(record['requestParameters'], '', names, 0);
  collect(record['responseElements'], '', names, 0);
  return [...names].slice(0, MAX_NAMES);
}

function collect(value: unknown, name: string, names: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH || names.size >= MAX_NAMES) return;
  if (Array.isArray(value)) {
    for (const one of value.slice(0, MAX_NAMES)) collect(one, name, names, depth + 1);
  } else if (isMembers(value)) {
    for (const [inner, one] of Object.entries(value)) collect(one, inner, names, depth + 1);
  } else {
    const text = textOf(value);
    if (text !== null && text.length <= 300 && NAMES.test(name) && !NOT_NAMES.test(name)) names.add(text);
  }
}
