/** What a screen is told when a call does not come to its result. */
import { FieldSetupError } from '../../../src/change/field-ids';
import { outcomeOf, refuse } from '../../../src/handlers/refusal';
import { Unavailable } from '../../../src/ports/ports';
import { TestSite } from '../intake/site';

const told = async (failure: Error) => {
  const outcome = await outcomeOf(new TestSite().ports, 'change.read', () => Promise.reject(failure));
  return 'refused' in outcome ? outcome.refused : undefined;
};

it.each([
  ['a refusal is told as it is', refuse(403, 'own-change', 'Not yours.'), { status: 403, code: 'own-change' }],
  [
    'a site that does not answer says so',
    new Unavailable('jira', 'Jira answered 503'),
    { status: 503, code: 'unavailable' },
  ],
  ['a bug names nothing of itself', new Error('secret inner words'), { status: 503, code: 'internal' }],
])('%s', async (_, failure, expected) => {
  expect(await told(failure)).toMatchObject(expected);
  expect((await told(failure))?.message).not.toContain('secret inner words');
});

it('a project that was never set up is told so, with who sets it up and what is missing', async () => {
  const failure = new FieldSetupError('field-missing', 'Jira has no field named "Scope".', ['Scope']);
  const refused = await told(failure);
  expect(refused).toMatchObject({ status: 409, code: 'not-set-up', fields: ['Scope'] });
  expect(refused?.message).toMatch(/a Jira admin does that under Apps, Change control\. .*"Scope"/);
});
