import { fromJson, JiraObject, type Context, type Value } from '../../host/expressions';

/** An entity with the members it is given; what its type declares and it has not is null. */
export class Bean extends JiraObject {
  constructor(
    readonly type: string,
    readonly identity: string | null,
    private readonly members: Readonly<Record<string, Value>>,
  ) {
    super();
  }
  property(name: string): Value | undefined {
    return Object.hasOwn(this.members, name) ? this.members[name] : undefined;
  }
  override extraNames(): readonly string[] {
    return Object.keys(this.members).filter((name) => name.startsWith('customfield_'));
  }
  toJson(): unknown {
    return { type: this.type };
  }
}

export const user = (accountId: string, groups: readonly string[] = []): Bean =>
  new Bean('User', accountId, { accountId, groups });

/** One entry of the changelog, newest first in the issue's list. */
export const changelog = (id: number, author: string, fieldId: string): Bean =>
  new Bean('Changelog', String(id), {
    id: String(id),
    author: user(author),
    items: [new Bean('ChangelogItem', null, { field: fieldId, fieldId, from: null, to: null })],
  });

export interface World {
  readonly who: Bean | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly creator: string;
  readonly reporter: string | null;
  readonly assignee: string | null;
  readonly summary: string;
  readonly changelogs: readonly Bean[];
}

export function contextOf(world: World, config: unknown): Context {
  const maybe = (id: string | null): Value => (id === null ? null : user(id));
  const fields = Object.fromEntries(Object.entries(world.fields).map(([name, value]) => [name, fromJson(value)]));
  const issue = new Bean('Issue', '10007', {
    ...fields,
    summary: world.summary,
    creator: user(world.creator),
    reporter: maybe(world.reporter),
    assignee: maybe(world.assignee),
    changelogs: world.changelogs,
  });
  return { user: world.who, issue, config: fromJson(config) };
}
