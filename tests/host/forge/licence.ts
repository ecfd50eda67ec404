import * as z from 'zod/mini';

/** `active: null` is an app that has no licence to hand out, as every app outside production (Forge, "App context API"). */
export const licenceSchema = z.strictObject({ active: z.nullable(z.boolean()) });

/**
 * What the app is told of the customer's licence: nothing, until somebody says otherwise. It is the vendor's matter and
 * no part of the site's data, so a restart forgets it.
 */
export class Licence {
  #active: boolean | null = null;

  set({ active }: z.infer<typeof licenceSchema>): void {
    this.#active = active;
  }

  /** As a member of the app's context. Both spellings are handed out until the older is taken away (CHANGE-3155). */
  asHanded(): { license?: { active: boolean; isActive: boolean } } {
    return this.#active === null ? {} : { license: { active: this.#active, isActive: this.#active } };
  }
}
