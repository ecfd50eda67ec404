import type { Content } from './content';
import { isMembers, type Members } from './members';
import type { Read, Reader } from './reader';

/**
 * A reader of one JSON object that is told by what it has on top. `mark` is looked for in the text first, so that only
 * what may be it is parsed. A text that has the mark and is no JSON is left to those after it.
 */
export const jsonReader = (
  name: string,
  mark: RegExp,
  is: (document: Members) => boolean,
  read: (document: Members, content: Content) => Read,
): Reader => ({
  name,
  detects: ({ text }) => mark.test(text),
  read: (content) => {
    const { values, form } = content.json;
    const [document] = values;
    return form === 'single' && isMembers(document) && is(document) ? read(document, content) : { outcome: 'not-this' };
  },
});
