import { FieldSetupError } from '../change/field-ids';
import type { Refusal } from '../contract/panel';
import { Unavailable, type Ports } from '../ports/ports';

/** A request that was understood and is refused: nothing was changed. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

export const refuse = (status: Refusal['status'], code: string, message: string, fields?: readonly string[]): Refused =>
  new Refused({ status, code, message, ...(fields === undefined ? {} : { fields }) });

/** What a resolver hands to the screen: a result or a refusal, never a stack. */
export type Outcome = { readonly result: unknown } | { readonly refused: Refusal };

/** Runs a resolver method. A refusal and an unavailable site are outcomes; a bug is logged and said to be one. */
export async function outcomeOf(ports: Ports, method: string, work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { result: await work() };
  } catch (failure) {
    if (failure instanceof Refused) return { refused: failure.refusal };
    if (failure instanceof FieldSetupError) return { refused: notSetUp(failure) };
    ports.log.error(`${method} failed`, failure);
    if (failure instanceof Unavailable) {
      return {
        refused: {
          status: 503,
          code: 'unavailable',
          message: `${capital(failure.of)} did not answer, so nothing can be said for certain. Try again in a minute.`,
        },
      };
    }
    return {
      refused: {
        status: 503,
        code: 'internal',
        message:
          'Change control failed on this request and recorded nothing for it. Try again; if it stays, tell your Jira admin the time.',
      },
    };
  }
}

/** A site without its fields is one where nobody has set change control up, or where somebody took them away. */
const notSetUp = ({ message, fields }: FieldSetupError): Refusal => ({
  status: 409,
  code: 'not-set-up',
  message: `Nothing is judged until change control is set up: a Jira admin does that under Apps, Change control. ${message}`,
  fields,
});

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
