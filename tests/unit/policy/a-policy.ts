import { DEFAULT_POLICY } from '../../../src/policy/policy';
import type { FreezePeriod, LegalHold, OutsideProvider, Policy, StandardTemplate } from '../../../src/policy/policy';

export const FREEZE: FreezePeriod = {
  id: 'year-end',
  name: 'Year end',
  start: '2026-12-20T00:00:00.000Z',
  end: '2027-01-02T23:59:00.000Z',
  systems: [],
};

export const TEMPLATE: StandardTemplate = {
  id: 'signature-update',
  name: 'Signature update',
  approvedBy: 'Ada Authority',
  approvedAt: '2026-01-10T09:00:00.000Z',
  expiresAt: '2027-01-10T09:00:00.000Z',
  systems: ['File server FS-01'],
  content: {
    scope: 'Signatures of the malware scanner on FS-01.',
    justification: 'New signatures come every week.',
    securityImpactAnalysis: 'Detection gets better, nothing else changes.',
    testPlan: 'The test file is found.',
    backoutPlan: 'Load the signatures before it.',
  },
  maxWindowHours: 4,
};

export const PROVIDER: OutsideProvider = {
  organisation: 'Acme MSP',
  group: 'msp-acme',
  groupId: null,
  until: '2026-12-31T23:59:59.000Z',
  required: false,
};

export const HOLD: LegalHold = {
  id: 'case-17',
  name: 'Case 17',
  reason: 'Letter of counsel of 3 March',
  projects: ['CHG'],
  changes: ['OPS-7'],
  from: '2026-03-03T00:00:00.000Z',
  until: null,
};

/** A policy in which every part says something. */
export const WHOLE: Policy = {
  ...DEFAULT_POLICY,
  freezes: [FREEZE],
  templates: [TEMPLATE],
  outsideProvider: PROVIDER,
  evidenceBeforeDeploying: ['review'],
  legalHolds: [HOLD],
};
