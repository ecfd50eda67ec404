import type { Category, ScreenName } from './wanted';

/**
 * One thing that set-up does in Jira, with every id resolved. `makes` of a plan's item names the natural key by which it
 * is found again, so that doing it and not hearing of it is the same as having done it.
 */
export type Act =
  | {
      readonly act: 'create-field';
      readonly name: string;
      readonly description: string;
      readonly type: string;
      readonly searcher: string;
    }
  | {
      readonly act: 'add-options';
      readonly fieldId: string;
      readonly contextId: string;
      readonly values: readonly string[];
    }
  | { readonly act: 'create-status'; readonly name: string; readonly description: string; readonly category: Category }
  | { readonly act: 'create-issue-type'; readonly name: string; readonly description: string }
  | { readonly act: 'create-group'; readonly name: string }
  | { readonly act: 'add-members'; readonly groupId: string; readonly accountIds: readonly string[] }
  | { readonly act: 'create-screen'; readonly name: string; readonly description: string }
  | {
      readonly act: 'add-to-screen';
      readonly screen: ScreenName;
      readonly screenId: string;
      readonly tabId: string;
      readonly fields: readonly string[];
    }
  | {
      readonly act: 'create-screen-scheme';
      readonly name: string;
      readonly description: string;
      readonly screens: Readonly<Record<'default' | 'create' | 'edit' | 'view', string>>;
    }
  | { readonly act: 'create-workflow'; readonly payload: Payload }
  | { readonly act: 'update-workflow'; readonly payload: Payload }
  | {
      readonly act: 'create-issue-type-scheme';
      readonly name: string;
      readonly description: string;
      readonly issueTypeIds: readonly string[];
      readonly defaultIssueTypeId: string | null;
    }
  | { readonly act: 'use-issue-type-scheme'; readonly schemeId: string; readonly projectId: string }
  | {
      readonly act: 'create-issue-type-screen-scheme';
      readonly name: string;
      readonly description: string;
      readonly mappings: Readonly<Record<string, string>>;
    }
  | { readonly act: 'use-issue-type-screen-scheme'; readonly schemeId: string; readonly projectId: string }
  | {
      readonly act: 'create-workflow-scheme';
      readonly name: string;
      readonly description: string;
      readonly default: string;
      readonly byIssueType: Readonly<Record<string, string>>;
    }
  | {
      readonly act: 'use-workflow-scheme';
      readonly schemeId: string;
      readonly projectId: string;
      readonly hasIssues: boolean;
      readonly issueTypeId: string;
      readonly moves: Readonly<Record<string, string>>;
    }
  | { readonly act: 'pin-panel'; readonly moduleId: string; readonly projectId: string }
  | { readonly act: 'save-policy' };

/** Body of `POST /rest/api/3/workflows/create` or `/update`. */
export type Payload = Readonly<Record<string, unknown>>;

/** Which parts of the observed site an act changes, so that no more than these are read again. */
export const TOUCHES: Readonly<Record<Act['act'], readonly Part[]>> = {
  'create-field': ['fields', 'options'],
  'add-options': ['options'],
  'create-status': ['statuses'],
  'create-issue-type': ['issueTypes', 'projects'],
  'create-group': ['groups'],
  'add-members': ['groups'],
  'create-screen': ['screens'],
  'add-to-screen': ['screens'],
  'create-screen-scheme': ['screenScheme'],
  'create-workflow': ['workflow'],
  'update-workflow': ['workflow'],
  'create-issue-type-scheme': ['projects'],
  'use-issue-type-scheme': ['projects'],
  'create-issue-type-screen-scheme': ['projects'],
  'use-issue-type-screen-scheme': ['projects'],
  'create-workflow-scheme': ['projects'],
  'use-workflow-scheme': ['projects'],
  'pin-panel': [],
  'save-policy': [],
};

export const PARTS = [
  'fields',
  'options',
  'statuses',
  'issueTypes',
  'groups',
  'screens',
  'screenScheme',
  'workflow',
  'rules',
  'projects',
] as const;
export type Part = (typeof PARTS)[number];
