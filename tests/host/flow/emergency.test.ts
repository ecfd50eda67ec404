/** Emergency changes over HTTP: who gives a pass, when it ends, and the retroactive review that has to follow. */
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';

let site: RunningSite;
let drive: Drive;
/** The change of the first test, which nobody reviews until the second. */
let unreviewed: string;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

const emergency = (): Promise<string> =>
  drive.propose({ 'Change type': 'Emergency', 'Change window end': '2026-04-03T20:00:00.000+0000' });

const codes = (found: readonly { readonly code: string }[]): string[] => found.map(({ code }) => code);

test('the emergency authority alone opens it, with one move; a change authority has no say, nor an emergency authority on a Normal change', async () => {
  const key = await emergency();
  expect(await attempt(() => drive.as('authority').decide(key, 'approved', 'Yes.'))).toMatchObject({ status: 403 });
  expect(await drive.offered(key, 'authority')).not.toContain('Approve');
  await drive.as('emergency').move(key, 'Approve');
  await drive.settle();
  unreviewed = key;
  expect((await drive.read(key)).verdict).toMatchObject({
    open: true,
    judgedAs: 'Emergency',
    review: { state: 'due' },
  });

  const normal = await drive.propose();
  expect(await drive.offered(normal, 'emergency')).not.toContain('Approve');
  expect(await attempt(() => drive.as('emergency').decide(normal, 'approved', 'Yes.'))).toMatchObject({ status: 403 });
  expect(await attempt(() => drive.as('emergency').decide(normal, 'disapproved', 'No.'))).toMatchObject({
    status: 403,
  });
});

test('the pass ends, the review becomes overdue and stops the next pass, an override lets it through, a review ends it', async () => {
  const first = await emergency();
  await drive.as('reviewer').decide(first, 'approved', 'Being exploited.');
  await drive.settle();
  const decidedAt = Date.parse((await drive.read(first)).decisions[0]?.at ?? '');
  const later = (hours: number) => drive.clock(new Date(decidedAt + hours * 3_600_000).toISOString());

  await later(25);
  const over = (await drive.read(first)).verdict;
  expect([over.open, over.decided, over.pass?.over, codes(over.reasons)]).toEqual([
    false,
    true,
    true,
    ['pass-expired'],
  ]);
  await expect(drive.as('owner').move(first, 'Execute')).rejects.toMatchObject({ status: 400 });

  await later(80);
  await drive.as('admin').request('POST', '/forge/scheduled/reconcile');
  await drive.settle();
  expect(codes((await drive.read(first)).verdict.exceptions)).toContain('review-overdue');

  const second = await emergency();
  const refused = await attempt(() => drive.as('emergency').decide(second, 'approved', 'Again.'));
  expect(refused).toMatchObject({ status: 409, body: { code: 'reviews-overdue' } });
  await expect(drive.as('emergency').move(second, 'Approve')).rejects.toMatchObject({ status: 400 });
  const own = await attempt(() => drive.as('owner').invoke(second, 'emergency.override', { basis: 'Mine.' }));
  expect(own).toMatchObject({ status: 403, body: { code: 'own-change' } });
  await drive.as('reviewer2').invoke(second, 'emergency.override', { basis: 'Attack under way.' });
  await drive.as('emergency').decide(second, 'approved', 'Again.');
  await drive.settle();
  const opened = (await drive.read(second)).verdict;
  expect(opened.open).toBe(true);
  expect(codes(opened.exceptions)).toContain('emergency-override-used');

  const review = { decision: 'approved', basis: 'Logs and rule set were read.' };
  expect(await attempt(() => drive.as('emergency').invoke(first, 'review.record', review))).toMatchObject({
    status: 403,
  });
  expect(await attempt(() => drive.as('owner').invoke(first, 'review.record', review))).toMatchObject({ status: 403 });
  await drive.as('reviewer2').invoke(first, 'review.record', review);
  expect((await drive.read(first)).verdict.review).toMatchObject({ state: 'overdue', phrase: 'one change authority' });
  await drive.as('authority').invoke(first, 'review.record', review);
  await drive.settle();
  expect((await drive.read(first)).verdict.review).toMatchObject({ state: 'done', rejected: false });

  const third = await emergency();
  const still = await attempt(() => drive.as('emergency').decide(third, 'approved', 'Again.'));
  expect(JSON.stringify(still.body)).not.toContain(`${first}.`);
  await drive.as('authority').invoke(unreviewed, 'review.record', review);
  await drive.as('reviewer2').invoke(unreviewed, 'review.record', review);
  await drive.settle();
  await drive.as('emergency').decide(third, 'approved', 'Nothing is overdue any more.');
});
