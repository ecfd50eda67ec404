import * as z from '#zod';
import { appFieldIds, fieldIdsFromList, FieldSetupError, type AppFieldIds } from '../../change/field-ids';
import { FIELDS, type FieldIds } from '../../change/fields';
import { BY_NAME } from '../../change/site-ids';
import { finding, notChecked, type Finding } from './finding';
import type { ObservedScreens, ObservedSite, Remembered } from './observed';

export interface FieldsFound {
  /** Today's ids, or those of the last check while a field cannot be found: the rules name ids. */
  readonly ids: (FieldIds & AppFieldIds) | null;
  readonly findings: readonly Finding[];
}

const listShape = z.lazy(() => z.array(z.looseObject({ id: z.string(), name: z.string() })));

const APP_FIELD_NAMES: Readonly<Record<keyof AppFieldIds, string>> = {
  participants: 'Change participants',
  decisionState: 'Change decision state',
  waitingFor: 'Waiting for',
  ledger: 'Change ledger',
};

/**
 * The change's fields: by the ids that the policy holds, whatever they are called now, the others by name. Of these, one
 * that is gone is told from one that was renamed by the id it had.
 */
export function fieldFindings(
  { fieldList, policy }: Pick<ObservedSite, 'fieldList' | 'policy'>,
  remembered: Remembered,
): FieldsFound {
  if ('unseen' in fieldList)
    return { ids: remembered.fieldIds, findings: [notChecked('the fields of a change', fieldList.unseen)] };
  try {
    const held = 'seen' in policy ? policy.seen.fields : BY_NAME.fields;
    const ids = { ...fieldIdsFromList(fieldList.seen, held), ...appFieldIds(fieldList.seen) };
    return { ids, findings: [] };
  } catch (failure) {
    if (!(failure instanceof FieldSetupError)) throw failure;
    if (failure.code === 'fields-unreadable')
      return {
        ids: remembered.fieldIds,
        findings: [notChecked('the fields of a change', 'Jira answered otherwise than documented.')],
      };
    const findings = failure.fields.map((name) => wrongField(name, failure.code, fieldList.seen, remembered));
    return { ids: remembered.fieldIds, findings };
  }
}

function wrongField(name: string, code: FieldSetupError['code'], list: unknown, { fieldIds }: Remembered): Finding {
  const subject = `field ${name}`;
  if (code === 'field-ambiguous')
    return finding(
      'field-ambiguous',
      subject,
      `Jira has more than one field named "${name}", so nobody can say which one is meant.`,
      'Rename the ones that change control does not use.',
    );
  const parsed = listShape.safeParse(list);
  const id = fieldIds === null ? undefined : fieldIds[keyNamed(name)];
  const now = parsed.success ? parsed.data.find((field) => field.id === id)?.name : undefined;
  return now === undefined
    ? finding(
        'field-missing',
        subject,
        `Jira has no field named "${name}" any more. It is in the trash or was deleted.`,
        'Restore it under Jira settings, Issues, Custom fields, Trash; or create it again with the set-up wizard.',
      )
    : finding(
        'field-renamed',
        subject,
        `The field "${name}" is called "${now}" now, and change control does not find it by its name.`,
        `Give the field the name "${name}" back.`,
      );
}

function keyNamed(name: string): keyof (FieldIds & AppFieldIds) {
  const own = FIELDS.find((field) => field.name === name)?.key;
  return own ?? (name === APP_FIELD_NAMES.participants ? 'participants' : 'decisionState');
}

/** Fields that people have to see on an issue: the decision state, and everything that is decided on. */
export function screenFindings(screens: readonly ObservedScreens[], ids: FieldsFound['ids']): Finding[] {
  return screens.flatMap(({ project, issueType, shown }) => {
    const subject = `the screens of ${project}, ${issueType}`;
    if ('unseen' in shown) return [notChecked(subject, shown.unseen)];
    if (ids === null) return [];
    const wanted = [
      ...FIELDS.filter(({ controlled }) => controlled).map(({ key, name }) => ({ id: ids[key], name })),
      { id: ids.decisionState, name: APP_FIELD_NAMES.decisionState },
    ];
    return wanted
      .filter(({ id }) => !shown.seen.includes(id))
      .map(({ name }) =>
        finding(
          'field-off-screen',
          `${project}, ${issueType}, field ${name}`,
          `The field "${name}" is on no screen that issues of ${project}, ${issueType} are shown with, so nobody sees it.`,
          'Put it back on the screen under Jira settings, Issues, Screens; or run the set-up wizard.',
        ),
      );
  });
}
