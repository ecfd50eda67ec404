/** What the report says of everything around the decisions: nothing without entries, everything with them. */
import { judge } from '../../../src/gate/judge';
import { factsOf } from '../../../src/pack/facts';
import { processSection } from '../../../src/pack/report/process-section';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { id, NOW, Scene } from '../gate/scene';
import { contentDigest } from '../../../src/change/digest';

const TEMPLATE = 'f'.repeat(64);

function sectionOf(scene: Scene): string | undefined {
  const { snapshot, entries } = scene.facts();
  return processSection(
    factsOf({
      appVersion: '1',
      site: 'example.atlassian.net',
      generatedAt: NOW.toISOString(),
      exportedBy: { accountId: id('owner'), displayName: 'Owner' },
      snapshot,
      entries,
      policy: DEFAULT_POLICY,
      verdict: judge(DEFAULT_POLICY, { snapshot, entries }, NOW),
      deliveries: [],
    }),
  )?.markup;
}

test('a change with decisions alone has no such section', () => {
  expect(sectionOf(new Scene().decide('reviewer', 'approved'))).toBeUndefined();
});

test('everything else that was recorded is told, with who and when', () => {
  const scene = new Scene().with({ changeType: 'Emergency' });
  const digest = contentDigest(scene.content);
  const basis = 'Being exploited.';
  const page =
    sectionOf(
      scene
        .personal('template-applied', 'owner', { template: 't1', templateDigest: TEMPLATE, policyVersion: 'default-1' })
        .decide('reviewer2', 'disapproved')
        .settle('owner', 'done')
        .personal('emergency-override', 'reviewer', {
          roles: ['security-reviewer'],
          basis,
          overdue: ['CHG-3'],
          at: NOW.toISOString(),
        })
        .decide('emergency', 'approved')
        .personal('freeze-exception', 'reviewer', {
          freeze: 'f1',
          roles: ['security-reviewer'],
          basis: 'The vendor asks for it.',
          contentDigest: digest,
          at: NOW.toISOString(),
        })
        .personal('review', 'authority', {
          decision: 'disapproved',
          roles: ['change-authority'],
          basis: 'The log was not kept.',
          contentDigest: digest,
          historyHead: '0',
          policyVersion: 'default-1',
          decidedAt: NOW.toISOString(),
        })
        .implement('implementer', { verifiedBy: undefined, inventoryUpdated: undefined })
        .implement('owner', { outcome: 'with-deviations' }),
    ) ?? '';
  for (const text of [
    TEMPLATE,
    'Emergency change, as judged at export',
    'not accepted by everybody',
    'CHG-3',
    basis,
    'The vendor asks for it.',
    'the content as exported',
    'The log was not kept.',
    'Add a test',
    'done, said by Owner',
    '(corrected)',
    'verifier not recorded',
    'inventory not recorded',
    'with-deviations',
  ])
    expect(page).toContain(text);
});
