import type { StatementInput } from '../statements';
import { utcOf } from '../times';
import { changesOf, shownChanges } from '../changes';
import { firstText, isMembers, listOf, member, present, textAt, textOf, type Members } from '../wire';

/** A configuration item: what a resource was configured as (AWS Config developer guide, "Components of a configuration item"). */
export const isItem = (record: Members): boolean =>
  'configurationItemCaptureTime' in record && ('resourceType' in record || 'resourceId' in record);

/** A notification that holds an item, whole, or its summary when it was too large for the message. */
export const isNotification = (record: Members): boolean =>
  isMembers(record['configurationItem']) || isMembers(record['configurationItemSummary']);

/** The statement of an item; undefined when type or resource are missing. With its difference, where it has one. */
export function itemStatement(item: Members, diff?: unknown): StatementInput | undefined {
  const type = textAt(item, 'resourceType');
  const id = textAt(item, 'resourceId');
  const claimedAt = utcOf(item['configurationItemCaptureTime']);
  if (type === null || id === null) return undefined;
  const arn = firstText(item['arn'], item['ARN']);
  const changed = isMembers(member(diff, 'changedProperties')) ? (member(diff, 'changedProperties') as Members) : null;
  const status = textAt(item, 'configurationItemStatus');
  return {
    kind: changed === null ? 'configuration-state' : 'configuration-difference',
    id: `${arn ?? `${type}:${id}`}@${firstText(item['configurationStateId'], claimedAt) ?? ''}`,
    title: `${type} ${firstText(item['resourceName'], id) ?? ''}`,
    state: textAt(diff, 'changeType')?.toLowerCase() ?? status,
    claimedAt,
    attributes: present({
      type,
      status,
      account: firstText(item['awsAccountId'], item['accountId']),
      region: textAt(item, 'awsRegion'),
      createdAt: utcOf(item['resourceCreationTime']),
      relatedEvents: listOf(item['relatedEvents']).map(eventId).filter(Boolean).join(' '),
    }),
    safeAttributes: changed === null ? configured(item) : differences(changed),
    touches: [arn, id, textAt(item, 'resourceName')].filter((name) => name !== null),
    effect: changed === null ? 'unknown' : 'write',
  };
}

const eventId = (event: unknown): string | null => firstText(event, member(event, 'eventId'));

/** `changedProperties`: by property, `previousValue`, `updatedValue` and `changeType` (same guide, "Example notifications"). */
function differences(changed: Members): Readonly<Record<string, string>> {
  const before = Object.fromEntries(Object.entries(changed).map(([path, one]) => [path, member(one, 'previousValue')]));
  const after = Object.fromEntries(Object.entries(changed).map(([path, one]) => [path, member(one, 'updatedValue')]));
  return shownChanges(changesOf(before, after));
}

/**
 * What a resource is configured as, by path: a value, or a text that holds one, as get-resource-config-history answers;
 * the supplementary part beside it.
 */
function configured(item: Members): Readonly<Record<string, string>> {
  const configuration = unwrapped(item['configuration']);
  const whole = isMembers(configuration) ? configuration : present({ configuration: textOf(configuration) });
  const beside = item['supplementaryConfiguration'];
  const supplementary: Members = Object.fromEntries(
    Object.entries(isMembers(beside) ? beside : {}).map(([name, part]) => [name, unwrapped(part)]),
  );
  const { after, notShown } = shownChanges(changesOf(undefined, { ...whole, supplementary }));
  return after === '{}' ? {} : present({ values: after, notShown });
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // A text that only begins like JSON is shown as the text it is.
    return value;
  }
}
