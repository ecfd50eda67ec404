import * as z from '#zod';
import { textOfAdf } from './adf';
import type { FieldIds, FieldKey } from './fields';
import { instant, JiraShapeError } from './jira-values';
import { BY_NAME, ourWord, systemWords } from './site-ids';
import type { SiteIds, WordIds } from './site-ids';
import type { AccountId, ChangeContent } from './snapshot';

const option = z.lazy(() => z.looseObject({ value: z.string(), id: z.optional(z.union([z.string(), z.number()])) }));
type Option = z.infer<typeof option>;
const user = z.lazy(() => z.looseObject({ accountId: z.string().check(z.minLength(1)) }));

/**
 * The controlled fields out of a record of Jira field values as "get issue" has them: `{value}` for a select, a list of
 * them for a multi-select, `{accountId}` for a user, ADF or text for a paragraph. What is absent or null is empty.
 *
 * Options that the site holds by id are told by our own words, whatever they are called in Jira.
 *
 * @throws JiraShapeError when a value is of another shape than its field's: unknown is not the same as empty.
 */
export function contentFromFields(
  fields: Readonly<Record<string, unknown>>,
  ids: FieldIds,
  site: SiteIds = BY_NAME,
): ChangeContent {
  const value = (key: FieldKey): unknown => (Object.hasOwn(fields, ids[key]) ? fields[ids[key]] : null);
  const text = (key: FieldKey): string => textFromField(value(key));
  return {
    summary: text('summary'),
    description: text('description'),
    changeType: chosen(value('changeType'), 'Change type', site.changeTypes),
    owner: picked(value('owner'), 'Change owner'),
    implementer: picked(value('implementer'), 'Implementer'),
    scope: text('scope'),
    impactedSystems: listed(value('impactedSystems'), 'Impacted CUI systems', systemWords(site)),
    justification: text('justification'),
    securityImpactAnalysis: text('securityImpactAnalysis'),
    testPlan: text('testPlan'),
    backoutPlan: text('backoutPlan'),
    windowStart: time(value('windowStart'), 'Change window start'),
    windowEnd: time(value('windowEnd'), 'Change window end'),
  };
}

/** Half a character (a lone UTF-16 surrogate) has no place in UTF-8 and none in RFC 8785: it is shown as U+FFFD. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** The text of a line or paragraph field. */
export const textFromField = (value: unknown): string => wellFormed(textOfAdf(value));

function chosen(value: unknown, name: string, words: WordIds): string | null {
  if (value === null || value === undefined) return null;
  return optionWord(read(option, value, name), words);
}

const optionWord = ({ id, value }: Option, words: WordIds): string =>
  ourWord(words, { id: id === undefined ? undefined : String(id), name: wellFormed(value) });

function picked(value: unknown, name: string): AccountId | null {
  if (value === null || value === undefined) return null;
  return read(user, value, name).accountId;
}

/** Sorted and without repeats: the order of a multi-select says nothing. */
function listed(value: unknown, name: string, words: WordIds): readonly string[] {
  if (value === null || value === undefined) return [];
  const options = read(z.array(option), value, name).map((one) => optionWord(one, words));
  return [...new Set(options)].sort();
}

function time(value: unknown, name: string): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') throw new JiraShapeError(`${name}: not a date-time`);
  return instant(value, name);
}

function read<T extends z.ZodMiniType>(shape: T, value: unknown, name: string): z.output<T> {
  const result = shape.safeParse(value);
  if (!result.success) throw new JiraShapeError(`${name}: ${z.prettifyError(result.error)}`);
  return result.data;
}
