import { mapPeople } from './people-map';
import { Stage } from './stage';
import { STORIES } from './stories';

export const PEOPLE = [
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
