// Uses the built panel as a person does, with the keyboard where it matters, and fails on the first surprise:
//   node static/dev/drive.mjs
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const server = await serve();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--headless', '--disable-gpu'],
});
const at = (query) => `http://127.0.0.1:${server.address().port}/?${query}`;

async function open(query) {
  const page = await browser.newPage({ viewport: { width: 820, height: 900 }, acceptDownloads: true });
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(at(query));
  await page.locator('[data-ready]').waitFor();
  return page;
}

const calls = (page) => page.evaluate(() => globalThis.fakeBridge.calls);
const button = (page, name) => page.getByRole('button', { name, exact: true });
const focused = (page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
const labelled = (page) => page.evaluate(() => document.activeElement?.labels?.[0]?.textContent ?? '');

const STORIES = {
  async 'opens with one call'() {
    const page = await open('state=decide');
    assert.deepEqual(
      (await calls(page)).filter(({ method }) => method.includes('.')).map(({ method }) => method),
      ['change.read'],
    );
  },
  async 'an empty basis is asked for, then a sign-off is recorded by keyboard and can be withdrawn'() {
    const page = await open('state=decide');
    await button(page, 'Sign off').focus();
    await page.keyboard.press('Enter');
    assert.equal(await labelled(page), 'Basis');
    await page.keyboard.type('Checked against the baseline.');
    // Past the folded condition and deferral.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Your sign-off is recorded.').first().waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Your decision');
    assert.equal(await page.getByLabel('Basis', { exact: true }).count(), 0);
    await button(page, 'Withdraw my decision').click();
    assert.equal(await labelled(page), 'Basis');
    await page.keyboard.type('Wrong change.');
    await button(page, 'Withdraw my decision').click();
    await page.getByText('Your decision is withdrawn.').first().waitFor();
    const sent = (await calls(page)).filter(({ method }) => method === 'decision.record').map(({ payload }) => payload);
    assert.deepEqual(sent, [
      { decision: 'approved', basis: 'Checked against the baseline.' },
      { decision: 'withdrawn', basis: 'Wrong change.' },
    ]);
  },
  async 'a required action is said to be done, with a note'() {
    const page = await open('state=actions');
    await page.getByLabel('Note').fill('Written.');
    await button(page, 'Done: Describe the backout step by step').click();
    await page.getByText('“Describe the backout step by step” is done.').first().waitFor();
    assert.deepEqual(
      (await calls(page)).filter(({ method }) => method === 'action.settle').map(({ payload }) => payload),
      [{ decision: 9, action: 0, outcome: 'done', note: 'Written.' }],
    );
  },
  async 'a review that is refused keeps what was typed'() {
    const page = await open('state=emergency&refuse=review.record');
    await button(page, 'Record the retroactive review').click();
    assert.equal(await labelled(page), 'Basis');
    await button(page, 'Accept what was done').click();
    assert.equal(await labelled(page), 'Basis');
    await page.keyboard.type('Read the log.');
    await button(page, 'Accept what was done').click();
    await page.getByText('The change was moved to Executed meanwhile').waitFor();
    assert.equal(await page.getByLabel('Basis').first().inputValue(), 'Read the log.');
  },
  async 'an implementation record names everything that is missing, first fault focused'() {
    const page = await open('state=executed');
    await button(page, 'Record what was done').click();
    await button(page, 'Keep the record').click();
    assert.equal(await page.locator('[aria-invalid="true"]').count(), 11);
    await page.waitForFunction(() => document.activeElement?.labels?.[0]?.textContent?.startsWith('Work began'));
  },
  async 'a disapproval asks for required actions with owners'() {
    const page = await open('state=decide');
    await page.getByLabel('Basis', { exact: true }).fill('No way back.');
    await button(page, 'Disapprove').click();
    await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
    assert.equal(await labelled(page), 'Required action 1');
    await button(page, 'Disapprove').click();
    await page.getByText('Say what has to be done.').waitFor();
    await page.getByLabel('Required action 1', { exact: true }).fill('Describe the way back');
    await button(page, 'Add required action').click();
    await button(page, 'Remove required action 2').click();
    await page.getByLabel('Owner of required action 1').selectOption({ label: 'Ivy Implementer' });
    await button(page, 'Back').click();
    await button(page, 'Disapprove').click();
    assert.equal(await page.getByLabel('Required action 1', { exact: true }).inputValue(), 'Describe the way back');
    await button(page, 'Disapprove').click();
    await page.getByText('Your disapproval is recorded.').first().waitFor();
    const sent = (await calls(page)).find(({ method }) => method === 'decision.record');
    assert.deepEqual(sent.payload, {
      decision: 'disapproved',
      basis: 'No way back.',
      requiredActions: [{ what: 'Describe the way back', owner: '5f1b:ivy-implementer' }],
    });
  },
  async 'a refusal is said beside the form and nothing typed is lost'() {
    for (const fault of ['refuse', 'lose']) {
      const page = await open(`state=last&${fault}=decision.record`);
      await page.getByLabel('Basis', { exact: true }).fill('Typed with care.');
      await button(page, 'Sign off and move to Approved').click();
      await page.getByRole('alert').waitFor();
      assert.equal(await page.getByLabel('Basis', { exact: true }).inputValue(), 'Typed with care.');
      const sent = (await calls(page)).find(({ method }) => method === 'decision.record');
      assert.equal(sent.payload.move, true);
    }
  },
  async 'what is typed survives that Jira changes the issue'() {
    const page = await open('state=decide');
    await page.getByLabel('Basis', { exact: true }).fill('Half a sentence');
    await page.evaluate(() => globalThis.fakeBridge.change());
    await page.waitForFunction(
      () => globalThis.fakeBridge.calls.filter(({ method }) => method === 'change.read').length === 2,
    );
    assert.equal(await page.getByLabel('Basis', { exact: true }).inputValue(), 'Half a sentence');
    assert.equal(await labelled(page), 'Basis');
  },
  async 'a pack is assembled with progress, and downloads whole'() {
    const page = await open('state=decide');
    await button(page, 'Assemble evidence pack').click();
    await page.getByText('Reading the ledger').waitFor();
    const name = 'CHG-7_2026-03-04_2.zip';
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, `Download ${name}`).click({ timeout: 30_000 }),
    ]);
    assert.equal(download.suggestedFilename(), name);
    let text = '';
    for await (const chunk of await download.createReadStream()) text += String(chunk);
    assert.equal(text, 'part 0\npart 1\n');
  },
  async 'a pack that was started before the page was opened is followed'() {
    const page = await open('state=assembling');
    await button(page, 'Download CHG-7_2026-03-04.zip').waitFor({ timeout: 30_000 });
  },
  async 'a finding is cleared with a reason'() {
    const page = await open('state=markings');
    await button(page, 'Clear CUI banner in Description').click();
    await button(page, 'Clear with this reason').click();
    await page.getByText('Say why this is not CUI').waitFor();
    await page.getByLabel('Reason for clearing').fill('It quotes the policy.');
    await button(page, 'Clear with this reason').click();
    await page.getByText('It quotes the policy.').waitFor();
  },
  async 'a move without a decision is confirmed with one click'() {
    const page = await open('state=exceptions');
    await button(page, 'Confirm as my decision').click();
    await page.waitForFunction(() => globalThis.fakeBridge.calls.some(({ method }) => method === 'decision.record'));
  },
  async 'a file is handed in by pieces, goes on after a lost answer where it was, and appears in the list'() {
    const page = await open('state=decide');
    await page.locator('.files-part').scrollIntoViewIfNeeded();
    await button(page, 'Hand in a file').click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Hand in a file');
    await button(page, 'Hand it in').click();
    await page.getByText('Choose a file.').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'firewall log.txt',
      mimeType: 'text/plain; charset=utf-8',
      buffer: Buffer.from('0123456789'),
    });
    await page.getByLabel('What it is', { exact: true }).selectOption('execution-log');
    await page.getByLabel('What it is about').fill('Log of the firewall');
    await page.evaluate(() => globalThis.fakeBridge.fail('file.finish'));
    await button(page, 'Hand it in').click();
    await page.getByText('trying again goes on from there').waitFor();
    await page.evaluate(() => globalThis.fakeBridge.fail(null));
    await button(page, 'Try again').click();
    await page.getByText('It is stored, and read in the next seconds').waitFor();
    await page.getByText('firewall log.txt').waitFor();
    const sent = (await calls(page)).filter(({ method }) => /^file\.(?:begin|piece|finish)$/.test(method));
    assert.deepEqual(
      sent.map(({ method, payload }) => payload.piece ?? method),
      ['file.begin', 0, 1, 2, 'file.finish', 'file.finish'],
    );
    assert.deepEqual(sent[0].payload, {
      name: 'firewall log.txt',
      mediaType: 'text/plain',
      kind: 'execution-log',
      about: 'Log of the firewall',
      size: 10,
      digest: '84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882',
    });
    assert.equal(atob(sent[3].payload.base64), '89');
  },
  async 'a file on its way is cancelled; one that is refused begins anew'() {
    const page = await open('state=decide&hang=file.piece');
    await page.locator('.files-part').scrollIntoViewIfNeeded();
    await button(page, 'Hand in a file').click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('0123456789') });
    await page.getByLabel('What it is', { exact: true }).selectOption('document');
    await page.getByLabel('What it is about').fill('A document');
    await button(page, 'Hand it in').click();
    await page.getByText('Sending piece 1 of 3').waitFor();
    await button(page, 'Cancel handing in').click();
    await button(page, 'Hand it in').click();
    await page.getByText('Sending piece 1 of 3').waitFor();
    assert.equal((await calls(page)).filter(({ method }) => method === 'file.begin').length, 2);
  },
  async 'what a log states is paged, and only what does not match is shown, by keyboard'() {
    const page = await open('state=decide');
    await page.locator('.files-part').scrollIntoViewIfNeeded();
    await button(page, 'Show rows of cloudtrail-2026-03-05.json.gz').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Rows 1–25 of 10,000').waitFor();
    await button(page, 'Next rows').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Rows 26–50 of 10,000').waitFor();
    assert.equal(await focused(page), 'What cloudtrail-2026-03-05.json.gz states');
    await page.getByLabel('Show', { exact: true }).selectOption('not-fitting');
    await page.getByText('Rows 1–25 of 117').waitFor();
    assert.equal(await button(page, 'Previous rows').count(), 0);
    // How a log stands to the change is asked for one row at most, before anybody opens it.
    const asked = (await calls(page))
      .filter(({ method, payload }) => method === 'file.read' && payload.limit > 1)
      .map(({ payload }) => payload);
    assert.deepEqual(
      asked.map(({ from, only }) => [from, only]),
      [
        [0, 'all'],
        [25, 'all'],
        [0, 'not-fitting'],
      ],
    );
  },
  async '"Show all" shows all and moves the focus to the first new one'() {
    const page = await open('state=long');
    await button(page, 'Show all 200 commits').click();
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('commit number 5'));
    assert.equal(await page.locator('.evidence > li', { hasText: 'commit number' }).count(), 200);
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
    assert.ok((await focused(page)).includes('commit number 5'));
  },
  async 'the policy is edited: a freeze in a named zone, what would change, a reason, saved'() {
    const page = await open('state=admin&zone=America/New_York');
    await button(page, 'Edit policy').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.textContent === 'Edit the policy default-1');
    await button(page, 'See what would change').click();
    await page.getByText('Nothing is edited yet').waitFor();
    await button(page, 'Add freeze period').click();
    await button(page, 'See what would change').click();
    await page.getByText('Freeze period 1 needs a name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Year end');
    await page.getByLabel('Start (America/New_York)').fill('2026-12-20T19:00');
    await page.getByText('2026-12-21 00:00:00 UTC').waitFor();
    await page.getByLabel('End (America/New_York)').fill('2027-01-02T12:00');
    await button(page, 'See what would change').click();
    await page.waitForFunction(() => document.activeElement?.textContent === 'What would change');
    await page.getByText('12 of 150 changes that you may see would be judged differently.').waitFor();
    await button(page, 'Save the policy').click();
    await page.getByText('Say why the policy changes.').waitFor();
    await page.getByLabel('Reason', { exact: true }).fill('The books close.');
    await button(page, 'Save the policy').click();
    await page.getByText('The policy policy-15 is in force.').waitFor();
    const sent = (await calls(page)).find(({ method }) => method === 'policy.save');
    assert.equal(sent.payload.basedOn, 'default-1');
    assert.equal(sent.payload.reason, 'The books close.');
    const [{ id, ...freeze }] = sent.payload.policy.freezes;
    assert.match(id, /^[a-z0-9-]{13}$/);
    assert.deepEqual(freeze, {
      name: 'Year end',
      start: '2026-12-21T00:00:00.000Z',
      end: '2027-01-02T17:00:00.000Z',
      systems: [],
    });
    await page.waitForFunction(() => document.activeElement?.textContent === 'Edit policy');
  },
  async 'an edit after the preview asks for another one; a refusal keeps what was edited'() {
    const page = await open('state=admin&refuse=policy.save');
    await button(page, 'Edit policy').click();
    await page.getByLabel('Years for which evidence is kept').fill('7');
    await button(page, 'See what would change').click();
    await page.getByLabel('Projects', { exact: true }).fill('');
    await button(page, 'See what would change').click();
    await page.getByText('Name at least one project').waitFor();
    await page.getByLabel('Projects', { exact: true }).fill('CHG\nNEW');
    await button(page, 'See what would change').click();
    await page.getByLabel('Reason', { exact: true }).fill('A second project.');
    await button(page, 'Save the policy').click();
    await page.getByText('The change was moved to Executed').waitFor();
    assert.equal(await page.getByLabel('Projects', { exact: true }).inputValue(), 'CHG\nNEW');
    const sent = (await calls(page)).find(({ method }) => method === 'policy.save');
    assert.deepEqual([sent.payload.policy.projects, sent.payload.policy.retentionYears], [['CHG', 'NEW'], 7]);
  },
  async 'a new template stays open while it is named; a group is chosen from a search; a type asks for less'() {
    const page = await open('state=admin');
    await button(page, 'Edit policy').click();
    await button(page, 'Add template').click();
    await page.getByLabel('Name', { exact: true }).pressSequentially('Signatures');
    assert.equal(await page.locator('details.item[open] > summary').first().textContent(), 'Signatures');
    await button(page, 'Remove template Signatures').click();
    const group = page.getByLabel('Jira group of security reviewer', { exact: true });
    await group.fill('msp');
    await button(page, 'msp-acme').click();
    await page.getByText('Held by its id, so renaming it does no harm.').waitFor();
    await page.getByLabel('Test plan in a change judged as Emergency').uncheck();
    assert.equal(await page.getByLabel('Change type in a change judged as Normal').isDisabled(), true);
    await button(page, 'See what would change').click();
    await page.getByText('The workflow’s own rules on Approve ask for fields too').waitFor();
    const { policy } = (await calls(page)).find(({ method }) => method === 'policy.preview').payload;
    assert.deepEqual([policy.roles[0].group, policy.roles[0].groupId], ['msp-acme', 'g-4']);
    assert.equal(policy.types.Emergency.required.includes('testPlan'), false);
    assert.equal(policy.types.Normal.required.includes('testPlan'), true);
  },
  async 'keys are pasted, looked at, described and registered; a bad line is named; one is revoked from a date'() {
    const page = await open('state=admin&zone=UTC#/signing-keys');
    await button(page, 'Register keys').click();
    await button(page, 'Look at it').click();
    await page.getByText('Paste a key, or choose the file').waitFor();
    await page.getByLabel('Keys', { exact: true }).fill('ssh-ed25519 AAAA ivy\nnonsense');
    await button(page, 'Look at it').click();
    await page.getByText('Line 2: The line is neither').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'id_ed25519.pub',
      mimeType: 'text/plain',
      buffer: Buffer.from('ssh-ed25519 AAAA laptop of ivy'),
    });
    await button(page, 'Look at it').click();
    await page.waitForFunction(() => document.activeElement?.textContent === '1 key was found');
    await button(page, 'Register the key').click();
    await page.getByText('Say whose the key is.').waitFor();
    await page.getByLabel('The person').fill('iv');
    await button(page, 'Ivy Chen').click();
    await page.getByLabel('Reason', { exact: true }).fill('She signs now.');
    await button(page, 'Register the key').click();
    await page.getByText('Registered. What comes in').waitFor();
    const sent = (await calls(page)).find(({ method }) => method === 'trust.register').payload;
    assert.deepEqual(sent.source, { form: 'text', text: 'ssh-ed25519 AAAA laptop of ivy', use: 'signing' });
    assert.deepEqual(
      [sent.keys[0].whose, sent.keys[0].label, sent.keys[0].until, sent.basedOn],
      [{ kind: 'account', accountId: 'a4' }, 'laptop of ivy', null, 'trust-2.x'],
    );
    await button(page, 'Revoke Release workflow …').click();
    await button(page, 'Revoke the key').click();
    await page.getByText('Say why the key is revoked.').waitFor();
    await page.getByLabel('Revoked from (UTC)').fill('2026-03-04T10:00');
    await page.getByLabel('Reason', { exact: true }).fill('The workflow was deleted.');
    await button(page, 'Revoke the key').click();
    await page.getByText('“Release workflow” is revoked.').waitFor();
    const revoked = (await calls(page)).find(({ method }) => method === 'trust.revoke').payload;
    assert.deepEqual([revoked.key, revoked.from], ['key-5', '2026-03-04T10:00:00.000Z']);
  },
  async 'a secret is made, shown once, and an old one is retired'() {
    const page = await open('state=admin#/secrets');
    await button(page, 'Add secret of GitHub').click();
    await button(page, 'Make the secret').click();
    await page.getByText('A label has 1 to 60').waitFor();
    await page.getByLabel('Label of the new secret of GitHub').fill('2026-03');
    await button(page, 'Make the secret').click();
    await page.getByText('3f'.repeat(32)).waitFor();
    await button(page, 'I have copied it').click();
    assert.equal(await page.getByText('3f'.repeat(32)).count(), 0);
    await button(page, 'Retire initial of GitHub …').click();
    await button(page, 'Retire initial of GitHub').click();
    await page.getByRole('button', { name: 'Retire initial of GitHub …' }).waitFor({ state: 'detached' });
  },
  async 'the sections of the admin page are in its address, keep what was typed, and are reached by keyboard'() {
    const page = await open('state=admin');
    const nav = page.getByRole('navigation', { name: 'Sections of change control' });
    await button(page, 'Edit policy').click();
    await page.getByLabel('Years for which evidence is kept').fill('9');
    await nav.getByRole('button', { name: 'People' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Who decides' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.className === 'admin-content');
    assert.equal(await page.evaluate(() => location.hash), '#/people');
    await page.goBack();
    assert.equal(await page.getByLabel('Years for which evidence is kept').inputValue(), '9');
    await page.goto(at('state=admin#/deliveries'));
    await page.reload();
    await page.getByRole('heading', { name: 'Refused in the last 24 hours' }).waitFor();
    assert.equal(await nav.locator('[aria-current=page]').textContent(), 'Deliveries');
  },
  async 'the register filters and goes to the change'() {
    const page = await open('state=register');
    await page.getByLabel('Status').selectOption('Approved');
    await page.getByText('3 of 14 changes').waitFor();
    await page.getByRole('link', { name: 'CHG-8' }).click();
    const moved = (await calls(page)).find(({ method }) => method === 'navigate');
    assert.deepEqual(moved.payload, { url: '/browse/CHG-8', type: 'same-tab' });
  },
};

const only = process.argv.slice(2);
for (const [name, story] of Object.entries(STORIES)) {
  if (only.length > 0 && !only.some((part) => name.includes(part))) continue;
  await story();
  process.stdout.write(`${name}\n`);
}

// Time from navigation until the change is there, as a reader sees it; the median of seven fresh contexts.
const times = [];
for (let i = 0; i < 7; i += 1) {
  const page = await open('state=open');
  times.push(await page.evaluate(() => performance.getEntriesByName('data-shown')[0]?.startTime ?? Number.NaN));
  await page.close();
}
times.sort((a, b) => a - b);
process.stdout.write(
  `data shown after ${Math.round(times[3])} ms (from ${Math.round(times[0])} to ${Math.round(times[6])})\n`,
);
await browser.close();
server.close();
