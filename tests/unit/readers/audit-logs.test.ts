import * as fc from 'fast-check';
import { readFile } from '../../../src/readers/readers';
import { handedIn } from './file';
import { codes, reading, refusal } from './reading';

/** One record of each vendor, in the form its documentation gives, with what it says. */
const CASES = {
  'github-audit': {
    record: {
      '@timestamp': 1772446800000,
      _document_id: 'doc-1',
      action: 'protected_branch.update_admin_enforced',
      actor: 'dana',
      actor_id: 7,
      created_at: 1772446800000,
      org: 'acme',
      repo: 'acme/enclave',
      operation_type: 'modify',
    },
    says: {
      id: 'doc-1',
      repository: 'acme/enclave',
      people: [{ role: 'actor', person: { login: 'dana' } }],
      touches: ['acme/enclave', 'acme'],
      effect: 'write',
    },
    restsOn: ['action', '@timestamp'],
    turnsOff: { action: 'audit_log_streaming.destroy' },
  },
  'gitlab-audit': {
    record: {
      id: 188,
      author_id: 4,
      entity_id: 6,
      entity_type: 'Project',
      event_type: 'project_visibility_level_updated',
      details: {
        change: 'visibility',
        from: 'Private',
        to: 'Public',
        author_name: 'Dana',
        author_email: 'dana@example.test',
        entity_path: 'acme/enclave',
      },
      created_at: '2026-03-02T10:20:00.000Z',
    },
    says: {
      id: '188',
      repository: 'acme/enclave',
      title: 'project_visibility_level_updated · acme/enclave',
      people: [{ role: 'actor', person: { displayName: 'Dana', email: 'dana@example.test' } }],
      touches: ['acme/enclave'],
      effect: 'write',
    },
    restsOn: ['entity_type', 'created_at'],
    turnsOff: {},
  },
  'okta-audit': {
    record: {
      uuid: 'u-1',
      published: '2026-03-02T10:20:00.000Z',
      eventType: 'policy.rule.update',
      version: '0',
      severity: 'INFO',
      displayMessage: 'Update policy rule',
      actor: { id: '00u1', type: 'User', alternateId: 'dana@example.test', displayName: 'Dana' },
      outcome: { result: 'SUCCESS', reason: null },
      target: [{ id: 'pol1', type: 'PolicyEntity', alternateId: 'unknown', displayName: 'Default Policy' }],
    },
    says: {
      id: 'u-1',
      state: 'success',
      title: 'Update policy rule',
      people: [
        { role: 'actor', person: { login: 'dana@example.test', email: 'dana@example.test', displayName: 'Dana' } },
      ],
      touches: ['unknown'],
      effect: 'write',
    },
    restsOn: ['eventType', 'published'],
    turnsOff: { eventType: 'system.log_stream.lifecycle.deactivate' },
  },
  'microsoft-365-audit': {
    record: {
      Id: 'm-1',
      RecordType: 8,
      CreationTime: '2026-03-02T10:20:00',
      Operation: 'Add member to role.',
      OrganizationId: 'o-1',
      UserType: 0,
      UserKey: 'k',
      Workload: 'AzureActiveDirectory',
      ResultStatus: 'Success',
      ObjectId: 'Global Administrator',
      UserId: 'dana@example.test',
    },
    says: {
      id: 'm-1',
      state: 'succeeded',
      people: [{ role: 'actor', person: { login: 'dana@example.test', email: 'dana@example.test' } }],
      touches: ['Global Administrator', 'AzureActiveDirectory'],
      effect: 'write',
    },
    restsOn: ['Operation', 'CreationTime'],
    turnsOff: { Operation: 'Set-AdminAuditLogConfig' },
  },
} as const;

describe.each(Object.entries(CASES))('%s', (format, { record, says, restsOn, turnsOff }) => {
  it('says who did what, on what, and when', () => {
    const read = reading([record]);
    expect(read).toMatchObject({ format, kind: 'execution-log', complete: true, findings: [] });
    expect(read.statements).toMatchObject([{ ...says, claimedAt: '2026-03-02T10:20:00.000Z' }]);
  });

  it('is found one a line, in a list of results, and under an index', () => {
    for (const content of [
      `${JSON.stringify(record)}\n${JSON.stringify(record)}`,
      { value: [record] },
      { hits: { hits: [{ _source: record }] } },
    ]) {
      expect(reading(content)).toMatchObject({ format, statements: [says] });
    }
  });

  it.each(restsOn)('without %s, or with another type there, there is no fact', (name) => {
    for (const odd of [undefined, null, {}, [], 'when?', true]) {
      if (odd === 'when?' && !/time|published|created/i.test(name)) continue;
      const read = readFile(handedIn(JSON.stringify([{ ...record, created_at: undefined, [name]: odd }])));
      expect(read.outcome === 'refused' || read.format === 'other-file').toBe(true);
    }
  });

  it('tells when the log itself is turned off, where the vendor logs that', () => {
    const tells = Object.keys(turnsOff).length > 0 ? ['audit-altered'] : [];
    expect(codes(reading([{ ...record, ...turnsOff }]))).toEqual(tells);
  });

  it('cut off, is refused', () => {
    expect(refusal(JSON.stringify([record, record]).slice(0, -5))).toBe('not-json');
  });

  it('never throws, with any member replaced', () => {
    const names = Object.keys(record);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        const read = readFile(handedIn(JSON.stringify([{ ...record, [name]: value }])));
        return read.outcome === 'refused' || read.statements.length <= 1;
      }),
      { numRuns: 50 },
    );
  });
});

describe('other forms', () => {
  it('reads the export of a search in Microsoft 365', () => {
    const row = {
      CreationDate: '2026-03-02',
      UserIds: 'dana@example.test',
      Operations: 'x',
      AuditData: JSON.stringify(CASES['microsoft-365-audit'].record),
    };
    expect(reading([row]).statements).toMatchObject([{ id: 'm-1' }]);
  });

  it('reads the directory audits of Entra', () => {
    const audit = {
      id: 'd-1',
      category: 'RoleManagement',
      result: 'success',
      activityDisplayName: 'Add member to role',
      activityDateTime: '2026-03-02T10:20:00.1234567Z',
      initiatedBy: { app: null, user: { userPrincipalName: 'dana@example.test' } },
      targetResources: [{ displayName: 'Global Administrator' }],
    };
    expect(reading({ value: [audit] }).statements).toMatchObject([
      {
        id: 'd-1',
        state: 'succeeded',
        claimedAt: '2026-03-02T10:20:00.123Z',
        touches: ['Global Administrator'],
        effect: 'write',
      },
    ]);
  });

  it('reads audit_json.log of GitLab', () => {
    const line = {
      severity: 'INFO',
      time: '2026-03-02T10:20:00.000Z',
      author_id: 3,
      entity_id: 2,
      entity_type: 'Project',
      change: 'visibility',
      from: 'Private',
      to: 'Public',
      author_name: 'Dana',
      target_details: 'acme/enclave',
    };
    expect(reading(JSON.stringify(line)).statements).toMatchObject([
      { title: 'change visibility · Project · acme/enclave', touches: ['acme/enclave'] },
    ]);
  });

  it('machines are nobody', () => {
    const machine = { ...CASES['microsoft-365-audit'].record, UserType: 5 };
    const system = {
      ...CASES['okta-audit'].record,
      actor: { type: 'SystemPrincipal', alternateId: 'system@okta.com' },
    };
    expect(reading([machine]).statements[0]?.people).toEqual([]);
    expect(reading([system]).statements[0]?.people).toEqual([]);
  });
});
