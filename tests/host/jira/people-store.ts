import { integer, text, textOrNull, type Row, type Statements } from '../database';

export interface UserRecord {
  readonly accountId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly accountType: 'atlassian' | 'app';
  readonly active: boolean;
  /** What the person is on this site, for the user switcher. */
  readonly is: string;
}

export interface GroupRecord {
  readonly groupId: string;
  readonly name: string;
}

/** Users, groups and who is in which. */
export class People {
  constructor(private readonly sql: Statements) {}

  all(): readonly UserRecord[] {
    return this.sql.all('SELECT * FROM jira_user ORDER BY position').map(userOf);
  }

  byId(accountId: string): UserRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_user WHERE account_id = ?', accountId);
    return row && userOf(row);
  }

  byUserName(userName: string): UserRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_user WHERE user_name = ?', userName);
    return row && userOf(row);
  }

  /** Matches the start of the display name, of any word in it, or of the e-mail, as `GET /user/search` documents. */
  search(query: string): readonly UserRecord[] {
    const wanted = query.trim().toLowerCase();
    return this.all().filter(({ displayName, email }) => {
      const name = displayName.toLowerCase();
      const starts = [name, ...name.split(/[\s(]+/), email?.toLowerCase() ?? ''];
      return starts.some((start) => start !== '' && start.startsWith(wanted));
    });
  }

  add(user: UserRecord): void {
    this.sql.run(
      'INSERT OR IGNORE INTO jira_user (account_id, user_name, display_name, email, account_type, active, role, position) VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT COUNT(*) FROM jira_user))',
      user.accountId,
      user.userName,
      user.displayName,
      user.email,
      user.accountType,
      user.active ? 1 : 0,
      user.is,
    );
  }

  groups(): readonly GroupRecord[] {
    return this.sql.all('SELECT * FROM jira_group ORDER BY name').map(groupOf);
  }

  group(by: { readonly name: string } | { readonly groupId: string }): GroupRecord | undefined {
    return this.groups().find((group) => ('name' in by ? group.name === by.name : group.groupId === by.groupId));
  }

  addGroup(group: GroupRecord): void {
    this.sql.run('INSERT OR IGNORE INTO jira_group (group_id, name) VALUES (?, ?)', group.groupId, group.name);
  }

  renameGroup(groupId: string, name: string): void {
    const before = this.group({ groupId });
    this.sql.run('UPDATE jira_group SET name = ? WHERE group_id = ?', name, groupId);
    this.sql.run("UPDATE jira_role_actor SET holder = ? WHERE kind = 'group' AND holder = ?", name, before?.name ?? '');
  }

  /** With its members, and the project roles that it has. */
  removeGroup({ groupId, name }: GroupRecord): void {
    this.sql.run("DELETE FROM jira_role_actor WHERE kind = 'group' AND holder = ?", name);
    this.sql.run('DELETE FROM jira_member WHERE group_id = ?', groupId);
    this.sql.run('DELETE FROM jira_group WHERE group_id = ?', groupId);
  }

  groupsOf(accountId: string): readonly GroupRecord[] {
    return this.sql
      .all(
        'SELECT g.* FROM jira_group g JOIN jira_member m USING (group_id) WHERE m.account_id = ? ORDER BY g.name',
        accountId,
      )
      .map(groupOf);
  }

  members(groupId: string): readonly UserRecord[] {
    return this.sql
      .all(
        'SELECT u.* FROM jira_user u JOIN jira_member m USING (account_id) WHERE m.group_id = ? ORDER BY u.position',
        groupId,
      )
      .map(userOf);
  }

  isMember(accountId: string, groupName: string): boolean {
    return this.groupsOf(accountId).some(({ name }) => name === groupName);
  }

  /** False when the person is in the group already. */
  addMember(groupId: string, accountId: string): boolean {
    return (
      this.sql.run('INSERT OR IGNORE INTO jira_member (group_id, account_id) VALUES (?, ?)', groupId, accountId) > 0
    );
  }

  removeMember(groupId: string, accountId: string): boolean {
    return this.sql.run('DELETE FROM jira_member WHERE group_id = ? AND account_id = ?', groupId, accountId) > 0;
  }
}

const userOf = (row: Row): UserRecord => ({
  accountId: text(row, 'account_id'),
  userName: text(row, 'user_name'),
  displayName: text(row, 'display_name'),
  email: textOrNull(row, 'email'),
  accountType: text(row, 'account_type') === 'app' ? 'app' : 'atlassian',
  active: integer(row, 'active') === 1,
  is: text(row, 'role'),
});

const groupOf = (row: Row): GroupRecord => ({ groupId: text(row, 'group_id'), name: text(row, 'name') });
