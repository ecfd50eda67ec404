/**
 * Who may bring a change of which type to an open gate, written by hand from site-contract.md ("People", "Default
 * policy") and rulings 1 to 5; nothing here is computed by the product. Whoever is not named may not.
 */

/** Every user of the site. Those in a deciding group come first: later ones meet what earlier ones left behind. */
export const EVERYBODY = [
  'authority',
  'authority2',
  'reviewer',
  'reviewer2',
  'msp',
  'emergency',
  'bot',
  'requester',
  'owner',
  'implementer',
  'admin',
  'auditor',
  'outsider',
] as const;
export type Who = (typeof EVERYBODY)[number];

export interface TypeCase {
  readonly type: string;
  readonly changeType: 'Normal' | 'Standard' | 'Emergency' | 'Discovered';
  readonly systems: readonly string[];
  /** Made from the catalogue's template. */
  readonly template?: true;
  /** Who has signed off before anybody of the table comes. */
  readonly signed: readonly Who[];
  /** Whether the gate is open before anybody comes. */
  readonly open: boolean;
  /** Who may use Approve; the move opens the gate. */
  readonly approves: readonly Who[];
  /** Who may record an approval in the panel, and of these whose it opens the gate by. */
  readonly signs: readonly Who[];
  readonly opens: readonly Who[];
}

const FIREWALL = ['CUI enclave firewall'];
const NONE = ['None: no CUI system is touched'];

/** A security reviewer has signed, a change authority is missing; a second reviewer may agree and opens nothing. */
const LIKE_NORMAL = {
  systems: FIREWALL,
  signed: ['reviewer'],
  open: false,
  approves: ['authority', 'authority2'],
  signs: ['authority', 'authority2', 'reviewer2', 'msp'],
  opens: ['authority', 'authority2'],
} as const;

const EITHER: readonly Who[] = ['authority', 'authority2', 'reviewer', 'reviewer2', 'msp'];
const EXPEDITED: readonly Who[] = ['reviewer', 'reviewer2', 'msp', 'emergency'];

export const TYPES: readonly TypeCase[] = [
  { type: 'Normal, a CUI system', changeType: 'Normal', ...LIKE_NORMAL },
  {
    type: 'Normal, none',
    changeType: 'Normal',
    systems: NONE,
    signed: [],
    open: false,
    approves: EITHER,
    signs: EITHER,
    opens: EITHER,
  },
  { type: 'Standard, no template', changeType: 'Standard', ...LIKE_NORMAL },
  {
    type: 'Standard, from a template',
    changeType: 'Standard',
    systems: FIREWALL,
    template: true,
    signed: [],
    open: true,
    // Nobody is needed any more: those who decide may move it, and nobody's approval is recorded by that.
    approves: EITHER,
    signs: EITHER,
    opens: EITHER,
  },
  {
    type: 'Emergency',
    changeType: 'Emergency',
    systems: FIREWALL,
    signed: [],
    open: false,
    approves: EXPEDITED,
    signs: EXPEDITED,
    opens: EXPEDITED,
  },
  { type: 'Discovered', changeType: 'Discovered', ...LIKE_NORMAL },
];
