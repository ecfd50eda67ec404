import { setupPayload } from '../../contract/payloads';
import { choicesSchema, type Choices } from '../../setup/choices';
import { parsed, type ResolverCall } from '../resolver-call';

/** @throws Refused 400 naming what is not understood. */
export const choicesOf = (call: ResolverCall): Choices =>
  parsed(choicesSchema, parsed(setupPayload, call.payload).choices);
