import { createHash } from 'node:crypto';
import { COUNTED, COUNTED_KINDS, type Counted } from '../../src/evidence/jira/held';
import type { ShownPart, ShownRecord } from '../../src/evidence/jira/shown';
import {
  MOST_HASHED_BYTES,
  type CountedMore,
  type DevelopmentView,
  type Hashed,
  type JiraRecords,
  type OnIssue,
} from '../../src/ports/jira-records';

type Part = 'onIssue' | 'comments' | 'webLinks' | 'approvals' | 'hash' | 'countsMoreThan' | 'development';

/** The `JiraRecords` port over what a test says is on the change; a part in `down` answers as when Jira refuses. */
export class FakeJiraRecords implements JiraRecords, DevelopmentView {
  readonly calls: Part[] = [];
  readonly down = new Map<Part, string>();
  attachments: readonly ShownRecord[] = [];
  readonly contents = new Map<string, Uint8Array>();
  links: readonly ShownRecord[] = [];
  comment: readonly ShownRecord[] = [];
  webLink: readonly ShownRecord[] = [];
  /** Null where the project is no service desk. */
  approval: readonly ShownRecord[] | null = null;
  reported: readonly { readonly kind: string; readonly id: string }[] = [];
  /** Called before each answer: what happens meanwhile. */
  meanwhile: (part: Part) => Promise<void> | void = () => undefined;

  private async part(part: Part, items: () => readonly ShownRecord[]): Promise<ShownPart> {
    this.calls.push(part);
    const because = this.down.get(part);
    const answer = because === undefined ? { items: items(), because: null } : { items: [], because };
    await this.meanwhile(part);
    return answer;
  }

  async onIssue(): Promise<OnIssue> {
    const attachments = await this.part('onIssue', () => this.attachments);
    const links = attachments.because === null ? { items: this.links, because: null } : attachments;
    return { attachments, links, serviceDesk: attachments.because === null && this.approval !== null };
  }

  comments = () => this.part('comments', () => this.comment);
  webLinks = () => this.part('webLinks', () => this.webLink);
  approvals = async (): Promise<ShownPart> => {
    const part = await this.part('approvals', () => this.approval ?? []);
    return part.because === null && this.approval === null ? { items: [], because: 'Jira answered 404.' } : part;
  };

  hash(attachmentId: string, size: number): Promise<Hashed> {
    this.calls.push('hash');
    const because = this.down.get('hash');
    const content = this.contents.get(attachmentId);
    if (size > MOST_HASHED_BYTES)
      return Promise.resolve({
        because: `It has ${size} bytes; at most ${MOST_HASHED_BYTES} are read to be hashed.`,
      });
    if (because !== undefined) return Promise.resolve({ because });
    if (content === undefined) return Promise.resolve({ because: 'Jira answered 404.' });
    if (content.byteLength !== size)
      return Promise.resolve({ because: `Jira handed out ${content.byteLength} bytes and says that it has ${size}.` });
    return Promise.resolve({ sha256: createHash('sha256').update(content).digest('hex'), bytes: size });
  }

  countsMoreThan(_: string, held: Readonly<Record<Counted, number>>): Promise<CountedMore> {
    this.calls.push('countsMoreThan');
    const because = this.down.get('countsMoreThan');
    if (because !== undefined)
      return Promise.resolve({ more: [], unchecked: COUNTED_KINDS.map((kind) => ({ kind, because })) });
    const kinds: Readonly<Record<string, readonly string[]>> = { ...COUNTED, builds: ['build'] };
    const count = (counted: Counted) => this.reported.filter(({ kind }) => kinds[counted]?.includes(kind)).length;
    return Promise.resolve({ more: COUNTED_KINDS.filter((kind) => count(kind) > held[kind]), unchecked: [] });
  }

  development = () =>
    this.part('development', () =>
      this.reported
        .filter(({ kind }) => kind !== 'deployment')
        .map(({ kind, id }) => ({
          record: 'development' as const,
          id: `ari:cloud:jira:local:${kind}/${id}`,
          attributes: { kind },
          what: { title: id, url: `https://dev.example.test/${id}` },
          by: null,
          at: null,
        })),
    );
}

const AT = '2026-03-02T08:00:00.000Z';
const person = (accountId: string) => ({
  accountId,
  displayName: accountId.charAt(0).toUpperCase() + accountId.slice(1),
});

export const attachment = (id: string, fileName: string, size: number, by = 'owner', at = AT): ShownRecord => ({
  record: 'attachment',
  id,
  attributes: { size: String(size), mimeType: 'application/octet-stream' },
  what: { title: fileName },
  by: person(by),
  at,
});

export const comment = (id: string, text: string, by = 'owner', updated = AT): ShownRecord => ({
  record: 'comment',
  id,
  attributes: { length: String(text.length), updated },
  what: { title: `comment ${id}`, text },
  by: person(by),
  at: AT,
});
