import type { Reader } from '../reader';
import { readAs } from '../stated';
import { inTotoStatement, isInTotoStatement } from './statement';
import { isMembers } from '../members';

/** An in-toto statement outside an envelope: what it says, unsigned. */
export const inToto: Reader = {
  name: 'in-toto',
  detects: ({ text }) => /"_type"\s*:\s*"https:\\?\/\\?\/in-toto\.io\\?\/Statement/.test(text),
  read: ({ json, bytes }) => {
    const [document] = json.values;
    if (json.form !== 'single' || !isMembers(document) || !('_type' in document)) return { outcome: 'not-this' };
    if (!isInTotoStatement(document)) return { outcome: 'refused', format: 'in-toto', reason: 'version-unknown' };
    const one = inTotoStatement(document, bytes);
    if (one === undefined) return { outcome: 'refused', format: 'in-toto', reason: 'shape' };
    return readAs({
      format: 'in-toto',
      kind: 'attestation',
      title: one.title,
      statements: [one],
      attributes: one.attributes,
    });
  },
};
