/**
 * The type reference of Jira expressions as data: what each type has, of which type it is, and what reading it costs.
 * Interpreter and analyser read the same table. Source: Atlassian's type reference and TypeScript declarations.
 */

/**
 * `each`: one expensive operation for each object it is read of. `once`: one for all objects of a list together.
 * `lengthOnce`: as `each`, but once for the list when only its length is asked for.
 */
export type Cost = 'free' | 'each' | 'once' | 'lengthOnce';

export interface PropertyType {
  readonly type: string;
  readonly cost: Cost;
}

export interface MethodType {
  readonly parameters: readonly string[];
  /** How many of the parameters must be there. */
  readonly required: number;
  readonly returns: string;
  readonly cost: Cost;
}

export interface ObjectType {
  readonly properties: ReadonlyMap<string, PropertyType>;
  readonly methods: ReadonlyMap<string, MethodType>;
  /** True when names beyond the table may exist: custom fields of an issue. */
  readonly open?: RegExp;
}

const COSTS: Readonly<Record<string, Cost>> = { '!': 'once', '*': 'each', '#': 'lengthOnce' };

/** `name: Type` pairs; `!` after a name marks `once`, `*` `each`, `#` `lengthOnce`. */
function properties(text: string): ReadonlyMap<string, PropertyType> {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return new Map(
    parts.flatMap((part) => {
      const [names = '', type = ''] = part.split(':').map((side) => side.trim());
      return names.split(/\s+/).map((word): [string, PropertyType] => {
        const cost = COSTS[word.slice(-1)];
        return cost === undefined ? [word, { type, cost: 'free' }] : [word.slice(0, -1), { type, cost }];
      });
    }),
  );
}

const NO_METHODS: ReadonlyMap<string, MethodType> = new Map();
const object = (text: string, methods = NO_METHODS, open?: RegExp): ObjectType => ({
  properties: properties(text),
  methods,
  ...(open === undefined ? {} : { open }),
});

const NAMED = 'id: Number; name description: String';

export const OBJECT_TYPES: ReadonlyMap<string, ObjectType> = new Map([
  [
    'Issue',
    object(
      `id: Number; key summary: String; description environment: RichText; priority: IssuePriority; issueType: IssueType;
      status: IssueStatus; resolution: Resolution; securityLevel: SecurityLevel; created updated resolutionDate: Date;
      dueDate: CalendarDate; originalEstimate remainingEstimate timeSpent: Number; parent!: Issue; childIssues!: List<Issue>;
      project!: Project; assignee! reporter! creator!: User; votes! watches!: Number; voters! watchers!: List<User>;
      labels!: List<String>; versions! fixVersions!: List<Version>; components!: List<Component>;
      attachments!: List<Attachment>; worklogs!: List<Worklog>; comments#: List<Comment>; subtasks#: List<Issue>;
      links*: List<IssueLink>; changelogs*: List<Changelog>; properties: EntityProperties; isEpic: Boolean; epic*: Issue;
      sprint*: Sprint; closedSprints*: List<Sprint>; flagged*: Boolean`,
      new Map([
        ['getNewestChangelog', { parameters: ['String', 'Map'], required: 1, returns: 'Changelog', cost: 'each' }],
      ]),
      /^customfield_\d+$/,
    ),
  ],
  [
    'User',
    object(
      `accountId: String; displayName! locale! timeZone!: String; active!: Boolean; avatarUrls!: Map;
      groups* groupIds*: List<String>; properties: EntityProperties; permissions: UserPermissions`,
      new Map([
        ['getProjectRoles', { parameters: ['Project'], required: 1, returns: 'List<ProjectRole>', cost: 'each' }],
      ]),
    ),
  ],
  ['UserPermissions', object('global*: List<String>')],
  [
    'Project',
    object(
      `id: Number; key name style projectTypeKey: String; projectCategory: ProjectCategory; lead: User; avatarUrls: Map;
      properties: EntityProperties`,
    ),
  ],
  ['IssueStatus', object(`${NAMED}; category: StatusCategory`)],
  ['StatusCategory', object('id: Number; key name colorName: String')],
  ['IssueType', object(`${NAMED}; iconUrl: String; hierarchyLevel: Number; properties: EntityProperties`)],
  ['IssuePriority', object(NAMED)],
  ['Resolution', object(NAMED)],
  ['SecurityLevel', object(NAMED)],
  ['ProjectCategory', object(NAMED)],
  ['ProjectRole', object(NAMED)],
  ['Version', object(`${NAMED}; archived released: Boolean; releaseDate startDate: CalendarDate`)],
  ['Component', object('id: Number; name: String')],
  ['Comment', object('id: Number; author: User; body: RichText; created updated: Date; properties: EntityProperties')],
  ['RichText', object('plainText: String')],
  ['Attachment', object('id size: Number; author: User; filename mimeType: String; created: Date')],
  ['Worklog', object('id timeSpent: Number; author updateAuthor: User; created updated started: Date')],
  [
    'IssueLink',
    object('id: Number; type: IssueLinkType; direction: String; linkedIssue outwardIssue inwardIssue: Issue'),
  ],
  ['IssueLinkType', object('id: Number; name inward outward: String')],
  ['Changelog', object('id: String; author: User; items: List<ChangelogItem>; created: Date')],
  ['ChangelogItem', object('field fieldId from fromString to toString: String')],
  ['Transition', object('id: Number; name: String; from to: IssueStatus; hasScreen: Boolean')],
  ['Workflow', object('id name: String')],
  [
    'Sprint',
    object('id: Number; state name goal: String; startDate endDate completeDate: Date; properties: EntityProperties'),
  ],
  [
    'Board',
    object(
      `id: Number; hasBacklog* hasSprints* canAdminister*: Boolean; activeSprints* futureSprints* closedSprints*: List<Sprint>;
      properties: EntityProperties`,
    ),
  ],
  ['ServiceDesk', object('id: Number; project*: Project')],
  [
    'CustomerRequest',
    object(
      'issue: Issue; currentStatus: CustomerRequestStatus; serviceDesk*: ServiceDesk; requestType*: CustomerRequestType',
    ),
  ],
  ['CustomerRequestStatus', object('name category: String; date: Date')],
  ['CustomerRequestType', object('id: Number')],
  ['App', object('id key: String; license: License; properties: EntityProperties')],
  ['License', object('active: Boolean')],
  ['Error', object('message location: String')],
  [
    'EntityProperties',
    object(
      '',
      new Map([
        ['get', { parameters: ['String'], required: 1, returns: 'Any', cost: 'once' }],
        ['keys', { parameters: [], required: 0, returns: 'List<String>', cost: 'each' }],
        ['updated', { parameters: ['String'], required: 0, returns: 'Date', cost: 'each' }],
      ]),
      /(?:)/,
    ),
  ],
]);

const method = (parameters: string, required: number, returns: string): MethodType => ({
  parameters: parameters === '' ? [] : parameters.split(' '),
  required,
  returns,
  cost: 'free',
});

/** Methods of the built-in types, with the arguments that they must get. `Any` takes anything, `Self` is the receiver's type. */
export const VALUE_METHODS: ReadonlyMap<string, ReadonlyMap<string, MethodType>> = new Map([
  [
    'List',
    new Map([
      ['map', method('Function', 1, 'List')],
      ['filter', method('Function', 1, 'Self')],
      ['some', method('Function', 1, 'Boolean')],
      ['every', method('Function', 1, 'Boolean')],
      ['flatMap', method('Function', 1, 'List')],
      ['flatten', method('', 0, 'List')],
      ['includes', method('Any', 1, 'Boolean')],
      ['indexOf', method('Any', 1, 'Number')],
      ['slice', method('Number Number', 0, 'Self')],
      ['concat', { parameters: ['Any...'], required: 1, returns: 'List', cost: 'free' }],
      ['reduce', method('Function Any', 1, 'Any')],
      ['join', method('String', 0, 'String')],
      ['sort', method('Function', 1, 'Self')],
    ]),
  ],
  [
    'Map',
    new Map([
      ['get', method('String', 1, 'Any')],
      ['set', method('String Any', 2, 'Map')],
      ['entries', method('', 0, 'List')],
    ]),
  ],
  [
    'String',
    new Map([
      ['trim', method('', 0, 'String')],
      ['padStart', method('Number String', 1, 'String')],
      ['padEnd', method('Number String', 1, 'String')],
      ['toLowerCase', method('', 0, 'String')],
      ['toUpperCase', method('', 0, 'String')],
      ['split', method('String', 1, 'List<String>')],
      ['repeat', method('Number', 1, 'String')],
      ['replace', method('String Any', 2, 'String')],
      ['match', method('String', 1, 'List<String>')],
      ['matchAll', method('String', 1, 'List<List<String>>')],
      ['includes', method('String', 1, 'Boolean')],
      ['indexOf', method('String', 1, 'Number')],
      ['slice', method('Number Number', 0, 'String')],
    ]),
  ],
  [
    'Date',
    new Map([
      ...['Months', 'Days', 'Hours', 'Minutes'].flatMap((unit): [string, MethodType][] => [
        [`plus${unit}`, method('Number', 1, 'Date')],
        [`minus${unit}`, method('Number', 1, 'Date')],
      ]),
      ['toCalendarDate', method('', 0, 'CalendarDate')],
      ['toCalendarDateUTC', method('', 0, 'CalendarDate')],
      ['toISOString', method('', 0, 'String')],
      ['toString', method('', 0, 'String')],
      ...['Time', 'FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'].map(
        (part): [string, MethodType] => [`get${part}`, method('', 0, 'Number')],
      ),
    ]),
  ],
  [
    'CalendarDate',
    new Map([
      ...['Months', 'Days'].flatMap((unit): [string, MethodType][] => [
        [`plus${unit}`, method('Number', 1, 'CalendarDate')],
        [`minus${unit}`, method('Number', 1, 'CalendarDate')],
      ]),
      ...['FullYear', 'Month', 'Date', 'Day'].map((part): [string, MethodType] => [
        `get${part}`,
        method('', 0, 'Number'),
      ]),
      ['toISOString', method('', 0, 'String')],
      ['toString', method('', 0, 'String')],
    ]),
  ],
]);

/** What `new` makes: parameters, how many are required, and whether it is an expensive operation. */
export const CONSTRUCTORS: ReadonlyMap<string, MethodType> = new Map<string, MethodType>([
  ['Date', { parameters: ['Any'], required: 0, returns: 'Date', cost: 'free' }],
  ['CalendarDate', { parameters: ['String'], required: 0, returns: 'CalendarDate', cost: 'free' }],
  ['Map', { parameters: [], required: 0, returns: 'Map', cost: 'free' }],
  ['RichText', { parameters: ['Map'], required: 1, returns: 'RichText', cost: 'free' }],
  ['Issue', { parameters: ['Any'], required: 1, returns: 'Issue', cost: 'each' }],
  ['User', { parameters: ['String'], required: 1, returns: 'User', cost: 'each' }],
  ['Project', { parameters: ['Any'], required: 1, returns: 'Project', cost: 'each' }],
]);

/** Types of the variables that every expression may be offered; the analyser presets them. */
export const COMMON_VARIABLES: Readonly<Record<string, string>> = {
  user: 'User',
  app: 'App',
  issue: 'Issue',
  originalIssue: 'Issue',
  issues: 'List<Issue>',
  project: 'Project',
  sprint: 'Sprint',
  board: 'Board',
  serviceDesk: 'ServiceDesk',
  customerRequest: 'CustomerRequest',
  transition: 'Transition',
  workflow: 'Workflow',
  config: 'Any',
  groupOperator: 'String',
};
