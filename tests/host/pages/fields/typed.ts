import type { FieldMeta } from '../shapes';
import { adfToText, textToAdf } from './adf';
import { idOf, kindOf } from './kind';
import { inputToMoment, momentToInput } from './times';

/** What a form holds for a field: the texts of its inputs. One for most kinds, one per tick for a list. */
export type Typed = readonly string[];

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The texts that a form starts with for a value that Jira holds. */
export function typedOf(meta: FieldMeta, value: unknown, timeZone: string): Typed {
  const plain = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (kindOf(meta.schema)) {
    case 'paragraphs':
      return [adfToText(value)];
    case 'choice':
    case 'person':
      return [idOf(value)];
    case 'choices':
      return list(value).map(idOf);
    case 'labels':
      return [
        list(value)
          .filter((label) => typeof label === 'string')
          .join(', '),
      ];
    case 'moment':
      return [plain === '' ? '' : momentToInput(plain, timeZone)];
    case 'line':
    case 'day':
    case 'number':
    case 'other':
      return [plain];
  }
}

/** The REST value of what was typed, or the reason why it is none. */
export function valueOf(
  meta: FieldMeta,
  typed: Typed,
  timeZone: string,
): { readonly value: unknown } | { readonly problem: string } {
  const one = (typed[0] ?? '').trim();
  switch (kindOf(meta.schema)) {
    case 'paragraphs':
      return { value: textToAdf(typed[0] ?? '') };
    case 'choice':
      return { value: one === '' ? null : { id: one } };
    case 'person':
      return { value: one === '' ? null : { accountId: one } };
    case 'choices':
      return { value: typed.filter((id) => id !== '').map((id) => ({ id })) };
    case 'labels':
      return { value: one.split(/[\s,]+/).filter((label) => label !== '') };
    case 'moment': {
      if (one === '') return { value: null };
      const moment = inputToMoment(one, timeZone);
      return moment === undefined ? { problem: `${meta.name} is not a date and time.` } : { value: moment };
    }
    case 'number':
      if (one === '') return { value: null };
      return Number.isFinite(Number(one)) ? { value: Number(one) } : { problem: `${meta.name} is not a number.` };
    case 'line':
    case 'day':
    case 'other':
      return { value: one === '' ? null : one };
  }
}

/** Whether a form says something else than Jira holds; what was left alone is never sent, so no formatting is lost. */
export function changed(before: Typed, after: Typed): boolean {
  const norm = (typed: Typed) =>
    [...typed]
      .map((text) => text.replace(/\r\n?/g, '\n').trim())
      .filter((text) => text !== '')
      .sort();
  return JSON.stringify(norm(before)) !== JSON.stringify(norm(after));
}
