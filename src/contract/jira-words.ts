/** The kinds of what Jira holds of a change beside its fields, as the ledger names them. */
export type JiraRecordKind = 'attachment' | 'comment' | 'link' | 'web-link' | 'approval' | 'development';
export type JiraPart = JiraRecordKind | 'development-counts';
