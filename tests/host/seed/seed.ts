import { DANA, PRIYA } from './requests';
import { Stage } from './stage';
import { STORIES } from './stories';

const PEOPLE = [
  'requester',
  'owner',
  'implementer',
  'reviewer',
  'reviewer2',
  'authority',
  'authority2',
  'emergency',
  'msp',
  'admin',
  'auditor',
  'bot',
];

/**
 * Fills a new site with the demo changes, through its public routes and as the people concerned, with the clock moved
 * to each scene. Afterwards the clock stands at `start` again. `tell` hears of every story that is in.
 */
export async function seedDemo(base: string, start: Date, tell: (done: number, total: number) => void): Promise<void> {
  const stage = await Stage.open(base, start, PEOPLE);
  await mapPeople(stage);
  for (const [i, story] of STORIES.entries()) {
    await story(stage);
    tell(i + 1, STORIES.length);
  }
  await stage.end();
}

/** The developers work for an outside house and have no account of the site: they commit and never decide. */
async function mapPeople(stage: Stage): Promise<void> {
  const people = [DANA, PRIYA].map(({ login, name, email }) => ({
    id: login,
    name,
    accounts: [],
    identities: [
      { kind: 'login', source: 'github', login },
      { kind: 'email', email },
    ],
    organisation: 'Harbor Code',
  }));
  const reason = 'The developers of Harbor Code have no accounts of ours.';
  const payload = { basedOn: 'people-0', people, reason };
  await stage
    .as('admin')
    .request('POST', '/forge/invoke/change-control-admin', { functionKey: 'people.save', payload, context: {} });
}
