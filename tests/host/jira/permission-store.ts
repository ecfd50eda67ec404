import type { Actor } from '../contract';
import { text, type Row, type Statements } from '../database';
import { ADMINISTRATORS, APP_ACCOUNT } from '../people';
import type { AppAccess } from './app-access';
import type { People } from './people-store';
import {
  GLOBAL_PERMISSIONS,
  isGlobalPermission,
  type GlobalPermission,
  type ProjectPermission,
} from './permission-keys';
import type { ProjectRecord } from './project-store';
import type { Sequence } from './sequence';

export interface RoleRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface RoleActor {
  readonly id: string;
  readonly kind: 'user' | 'group';
  /** An account id or a group name. */
  readonly holder: string;
}

/** Project roles, and the permission scheme of each project as grants to roles. */
export class Permissions {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
    private readonly people: People,
    private readonly appAccess: AppAccess,
  ) {}

  roles(): readonly RoleRecord[] {
    return this.sql.all('SELECT * FROM jira_role ORDER BY CAST(id AS INTEGER)').map(roleOf);
  }

  createRole(name: string, description: string): RoleRecord {
    const known = this.roles().find((role) => role.name === name);
    if (known !== undefined) return known;
    const id = this.sequence.next('role');
    this.sql.run('INSERT INTO jira_role VALUES (?, ?, ?)', id, name, description);
    return { id, name, description };
  }

  actors(projectId: string, roleId: string): readonly RoleActor[] {
    return this.sql
      .all(
        'SELECT * FROM jira_role_actor WHERE project_id = ? AND role_id = ? ORDER BY CAST(id AS INTEGER)',
        projectId,
        roleId,
      )
      .map(actorOf);
  }

  addActor(projectId: string, roleId: string, kind: RoleActor['kind'], holder: string): void {
    if (this.actors(projectId, roleId).some((actor) => actor.kind === kind && actor.holder === holder)) return;
    this.sql.run(
      'INSERT INTO jira_role_actor VALUES (?, ?, ?, ?, ?)',
      this.sequence.next('role-actor'),
      projectId,
      roleId,
      kind,
      holder,
    );
  }

  /** The roles a person has in a project, by themselves or through a group. */
  rolesOf(accountId: string, projectId: string): readonly RoleRecord[] {
    return this.roles().filter((role) =>
      this.actors(projectId, role.id).some(({ kind, holder }) =>
        kind === 'user' ? holder === accountId : this.people.isMember(accountId, holder),
      ),
    );
  }

  grant(projectId: string, roleId: string, permissions: readonly ProjectPermission[]): void {
    for (const permission of permissions) {
      this.sql.run('INSERT OR IGNORE INTO jira_grant VALUES (?, ?, ?)', projectId, permission, roleId);
    }
  }

  /** Whether a person holds a permission in a project. Unknown and inactive accounts hold none. */
  holds(accountId: string, permission: ProjectPermission, projectId: string): boolean {
    if (this.people.byId(accountId)?.active !== true) return false;
    const granted = this.sql
      .all('SELECT role_id FROM jira_grant WHERE project_id = ? AND permission = ?', projectId, permission)
      .map((row) => text(row, 'role_id'));
    return granted.length > 0 && this.rolesOf(accountId, projectId).some(({ id }) => granted.includes(id));
  }

  holdsGlobal(accountId: string, permission: GlobalPermission): boolean {
    if (this.people.byId(accountId)?.active !== true) return false;
    return GLOBAL_PERMISSIONS[permission].administratorsOnly ? this.people.isMember(accountId, ADMINISTRATORS) : true;
  }

  /**
   * The app's own account holds everything within its scopes, which the platform checked before the call, but nothing in a
   * project that an app access rule keeps from it.
   */
  may(actor: Actor, permission: ProjectPermission | GlobalPermission, project?: Pick<ProjectRecord, 'id'>): boolean {
    if (actor.kind === 'app') return project === undefined || !this.appAccess.blocks(project.id);
    if (actor.kind === 'anonymous') return false;
    if (isGlobalPermission(permission)) return this.holdsGlobal(actor.accountId, permission);
    return project !== undefined && this.holds(actor.accountId, permission, project.id);
  }
}

/** The account an actor writes as: its own, or the app's. */
export function accountOf(actor: Actor): string | undefined {
  if (actor.kind === 'user') return actor.accountId;
  return actor.kind === 'app' ? APP_ACCOUNT.accountId : undefined;
}

const roleOf = (row: Row): RoleRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  description: text(row, 'description'),
});
const actorOf = (row: Row): RoleActor => ({
  id: text(row, 'id'),
  kind: text(row, 'kind') === 'group' ? 'group' : 'user',
  holder: text(row, 'holder'),
});
