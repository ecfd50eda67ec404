import type { AgendaItem, MeetingListView, MeetingView } from '../../src/contract/meetings';
import { ADA, OLIVER, person, RAVI } from './people';

const item = (key: string, summary: string, more: Partial<AgendaItem> = {}): AgendaItem => ({
  key,
  summary,
  status: 'Proposed',
  open: false,
  needs: 'one security reviewer and one change authority',
  mayDecide: true,
  reasons: [],
  decisions: [],
  ...more,
});

const AGENDA: readonly AgendaItem[] = [
  item('CHG-7', 'Block outbound SMB at the enclave firewall', {
    open: true,
    needs: '',
    decisions: [
      { by: RAVI.name, decision: 'approved', at: '2026-03-04T14:10:00.000Z', valid: true },
      { by: ADA.name, decision: 'approved', at: '2026-03-04T14:12:00.000Z', valid: true },
    ],
  }),
  item('CHG-9', 'Move the identity provider to the new tenant and retire the old federation trust', {
    needs: 'one change authority',
    decisions: [{ by: RAVI.name, decision: 'approved', at: '2026-03-04T14:15:00.000Z', valid: false }],
  }),
  item('CHG-12', 'Patch FS-01', {
    mayDecide: false,
    reasons: [{ code: 'own-change', sentence: 'Nobody decides on their own change: you edited Scope.' }],
  }),
];

export const MEETING: MeetingView = {
  id: 'm0000001',
  project: 'CHG',
  revision: 2,
  title: 'CAB of 4 March',
  heldAt: '2026-03-04T14:00:00.000Z',
  chair: OLIVER,
  attendees: [
    { person: RAVI, role: 'security reviewer' },
    { person: ADA, role: 'change authority' },
    { person: person('Marta of Acme'), role: 'engineer of Acme MSP' },
  ],
  minutes: 'CHG-7: both reviewers looked at the diff.\nCHG-9 waits for the vendor’s statement.',
  agenda: AGENDA,
  hidden: 1,
  saves: [
    { revision: 2, by: OLIVER.name, at: '2026-03-04T14:40:00.000Z' },
    { revision: 1, by: OLIVER.name, at: '2026-03-03T09:00:00.000Z' },
  ],
  intact: true,
  maySave: true,
  attends: true,
};

const PEOPLE = [RAVI, ADA, OLIVER].map(({ accountId, name }, i) => ({
  accountId: accountId ?? '',
  name: name ?? '',
  role: ['security reviewer', 'change authority', 'security reviewer and change authority'][i] ?? '',
}));

/** The meetings of a project, by the name of the register's state. */
export const MEETINGS: Readonly<Record<string, MeetingListView>> = {
  register: {
    project: 'CHG',
    maySave: true,
    meetings: [
      { id: MEETING.id, title: MEETING.title, heldAt: MEETING.heldAt, chair: 'Oliver Owner', changes: 4, attendees: 3 },
      {
        id: 'm0000000',
        title: 'Emergency board on the firewall outage of the night before the assessment',
        heldAt: '2026-02-20T22:30:00.000Z',
        chair: null,
        changes: 1,
        attendees: 2,
      },
    ],
    waiting: AGENDA.map(({ key, summary, needs }) => ({ key, summary, needs })),
    people: PEOPLE,
  },
  'register-empty': { project: 'CHG', maySave: false, meetings: [], waiting: [], people: PEOPLE },
};
