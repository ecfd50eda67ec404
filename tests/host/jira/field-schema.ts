/** The `schema` of a field, which tells an app what it holds. */
export function fieldSchema(id: string, kind: string): Readonly<Record<string, unknown>> {
  const [type, items, custom] = SCHEMAS[kind] ?? SYSTEM_SCHEMAS[id] ?? ['any'];
  const owner = id.startsWith('customfield_')
    ? {
        custom: `com.atlassian.jira.plugin.system.customfieldtypes:${custom ?? 'textfield'}`,
        customId: Number(id.slice('customfield_'.length)),
      }
    : { system: id };
  return { type, ...(items === undefined ? {} : { items }), ...owner };
}

type Schema = readonly [type: string, items?: string | undefined, custom?: string];

const SCHEMAS: Readonly<Record<string, Schema>> = {
  line: ['string', undefined, 'textfield'],
  paragraph: ['string', undefined, 'textarea'],
  select: ['option', undefined, 'select'],
  'multi-select': ['array', 'option', 'multiselect'],
  user: ['user', undefined, 'userpicker'],
  'date-time': ['datetime', undefined, 'datetime'],
  labels: ['array', 'string', 'labels'],
  priority: ['priority'],
  app: ['string'],
  'app-people': ['array', 'user'],
};

const SYSTEM_SCHEMAS: Readonly<Record<string, Schema>> = {
  issuetype: ['issuetype'],
  project: ['project'],
  status: ['status'],
  creator: ['user'],
  created: ['datetime'],
  updated: ['datetime'],
  statuscategorychangedate: ['datetime'],
  attachment: ['array', 'attachment'],
  comment: ['comments-page'],
  resolution: ['resolution'],
  resolutiondate: ['datetime'],
  duedate: ['date'],
  environment: ['string'],
  components: ['array', 'component'],
  fixVersions: ['array', 'version'],
  versions: ['array', 'version'],
  issuelinks: ['array', 'issuelinks'],
  subtasks: ['array', 'issuelinks'],
  watches: ['watches'],
  votes: ['votes'],
};
