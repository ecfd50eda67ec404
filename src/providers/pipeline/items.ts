import type { EvidenceItem, EvidenceKind, NamedItem } from '../../evidence/item';
import { sha256Hex } from '../../ledger/hash';
import { named, type Places } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { bytesOf } from './contents';
import type { Envelope, EnvelopeArtifact, EnvelopeCommit, EnvelopeRun } from './envelope';

/**
 * The facts that an envelope states: one of its kind, one for each commit or file that the kind is about, and besides one
 * for each artifact that another kind names, so that an artifact is linked to the change however it was handed in.
 * All of them belong to the change that the envelope names, and to those that a commit's message names.
 */
export function pipelineItems(envelope: Envelope): readonly NamedItem[] {
  const stated = new Stated(envelope);
  switch (envelope.kind) {
    case 'commit':
      return [...stated.commits(), ...stated.files('artifact')];
    case 'commit-signature':
      return [...stated.signatures(), ...stated.files('artifact')];
    case 'branch':
      return [stated.branch(), ...stated.files('artifact')];
    case 'pull-request':
      return [stated.pullRequest(), ...stated.files('artifact')];
    case 'review':
      return [stated.review(), ...stated.files('artifact')];
    case 'run':
      return [stated.run(), ...stated.files('artifact')];
    case 'check':
      return [stated.check(), ...stated.files('artifact')];
    case 'deployment':
    case 'deployment-status':
      return [stated.deployment(envelope.kind), ...stated.files('artifact')];
    case 'external-change-record':
      return [stated.record(), ...stated.files('document')];
    case 'not-obtained':
      return stated.notObtained();
    case 'configuration-difference': {
      const files = stated.files(envelope.kind);
      return files.length === 0 ? [stated.difference()] : files;
    }
    default:
      return stated.files(envelope.kind);
  }
}

type Said = Parameters<typeof statement>[1];

/** A file, whether it came whole or by its digest. */
interface Handed extends EnvelopeArtifact {
  readonly mediaType?: string | undefined;
  readonly whole?: true;
}

class Stated {
  private readonly context: Context;
  private readonly listed: readonly EnvelopeCommit[];
  private readonly artifacts: readonly Handed[];
  private readonly ran: EnvelopeRun | undefined;

  constructor(private readonly envelope: Envelope) {
    const { repository, commits = [], artifacts = [], contents = [], run } = envelope;
    this.context = { repository: repository ?? null, action: null, sender: null };
    this.listed = commits.map((one) => (typeof one === 'string' ? { id: one } : one));
    this.artifacts = [
      ...artifacts.map((one) => (typeof one === 'string' ? { digest: one } : one)),
      ...contents.map((content) => {
        const bytes = bytesOf(content);
        const { name, mediaType } = content;
        return { digest: `sha256:${sha256Hex(bytes)}`, name, size: bytes.length, mediaType, whole: true as const };
      }),
    ];
    this.ran = typeof run === 'string' ? { id: run } : run;
  }

  commits(): readonly NamedItem[] {
    return this.listed.map((commit) =>
      this.item(
        {
          kind: 'commit',
          id: commit.id,
          commits: [commit.id],
          title: commit.message?.split('\n', 1)[0]?.trim() || `Commit ${commit.id.slice(0, 12)}`,
          at: commit.committedAt ?? commit.authoredAt ?? this.envelope.claimedAt,
          attributes: {
            signature: commit.signature,
            files: commit.fileCount ?? commit.files?.length,
            run: this.ran?.id,
          },
          people: [
            ['author', commit.author],
            ['committer', commit.committer],
          ],
        },
        commit.message,
      ),
    );
  }

  /** What the sender's own check of each commit's signature found. */
  signatures(): readonly NamedItem[] {
    return this.listed.map((commit) =>
      this.item({
        kind: 'commit-signature',
        id: commit.id,
        commits: [commit.id],
        title: `Signature of ${commit.id.slice(0, 12)}`,
        state: commit.signature,
        attributes: { run: this.ran?.id },
        people: [
          ['author', commit.author],
          ['committer', commit.committer],
        ],
      }),
    );
  }

  run(): NamedItem {
    const { id, name, url, attempt } = this.ran ?? { id: '' };
    return this.item({
      kind: 'run',
      id,
      commits: this.ids(),
      title: name ?? `Run ${id}`,
      url,
      attributes: { attempt, environment: this.envelope.environment },
    });
  }

  check(): NamedItem {
    const { check = '' } = this.envelope;
    const { id, name, url, attempt } = typeof check === 'string' ? { id: check } : check;
    return this.item({
      kind: 'check',
      id,
      commits: this.ids(),
      title: name ?? `Check ${id}`,
      url,
      attributes: { attempt, run: this.ran?.id },
    });
  }

  branch(): NamedItem {
    const { name, before, after } = this.envelope.branch ?? { name: '' };
    // Its tip is an attribute: a commit of the change is one that is stated as such.
    return this.item({
      kind: 'branch',
      id: name,
      commits: this.ids(),
      title: name,
      attributes: { before, after },
    });
  }

  pullRequest(): NamedItem {
    const { id, title, url, branch, base, author } = this.envelope.pullRequest ?? { id: '' };
    return this.item({
      kind: 'pull-request',
      id,
      commits: this.ids(),
      title: title ?? `Pull request ${id}`,
      url,
      attributes: { branch, base },
      people: [['author', author]],
    });
  }

  review(): NamedItem {
    const { pullRequest = { id: '' }, review = '', reviewer } = this.envelope;
    const { id, title, url, branch, author } = pullRequest;
    return this.item({
      kind: 'review',
      id: `${id}/${review}`,
      commits: this.ids(),
      title: title ?? `Pull request ${id}`,
      url,
      attributes: { pullRequest: id, branch },
      people: [
        ['reviewer', reviewer],
        ['author', author],
      ],
    });
  }

  record(): NamedItem {
    const { system, id, title, url } = this.envelope.record ?? { system: '', id: '' };
    return this.item({
      kind: 'external-change-record',
      id: `${system}/${id}`,
      commits: this.ids(),
      title: title ?? `${system} ${id}`,
      url,
      attributes: { system, record: id },
    });
  }

  /** A difference of which only the two ends are handed in. */
  difference(): NamedItem {
    const { before = '', after = '', environment } = this.envelope;
    return this.item({
      kind: 'configuration-difference',
      id: `${before}..${after}`,
      commits: this.ids(),
      title: 'Configuration before and after',
      url: this.ran?.url,
      attributes: { before, after, environment, run: this.ran?.id },
    });
  }

  deployment(kind: 'deployment' | 'deployment-status'): NamedItem {
    const { environment = '', idempotencyKey = '' } = this.envelope;
    return this.item({
      kind,
      id: `${this.ran?.id ?? idempotencyKey}/${environment}`,
      commits: this.ids(),
      title: `Deployment to ${environment}`,
      url: this.ran?.url,
      attributes: { environment, run: this.ran?.id, attempt: this.ran?.attempt },
    });
  }

  /** The kind that could not be had is the fact's id: the reason why is told again each time, and what is newest counts. */
  notObtained(): readonly NamedItem[] {
    return (this.envelope.notObtained ?? []).map(({ kind, because }) =>
      this.item({
        kind: 'not-obtained',
        id: kind,
        commits: [],
        title: because,
        at: this.envelope.claimedAt,
        attributes: { run: this.ran?.id, key: this.envelope.idempotencyKey },
      }),
    );
  }

  files(kind: EvidenceKind): readonly NamedItem[] {
    const { environment, before, after, startedAt, endedAt } = this.envelope;
    return this.artifacts.map(({ digest, name, size, url, mediaType, whole }) =>
      this.item({
        kind,
        id: digest,
        commits: this.ids(),
        title: name ?? digest,
        url: url ?? this.ran?.url,
        attributes: {
          name,
          size,
          mediaType,
          kept: whole === undefined ? null : 'whole',
          environment,
          run: this.ran?.id,
          ...(kind === 'configuration-difference' ? { before, after } : {}),
          ...(kind === 'execution-log' ? { startedAt, endedAt } : {}),
        },
      }),
    );
  }

  private ids(): readonly string[] {
    return this.listed.map(({ id }) => id);
  }

  private item(said: Omit<Said, 'people'> & Partial<Pick<Said, 'people'>>, message?: string): NamedItem {
    const { change, state, actor, claimedAt, title, url } = this.envelope;
    const people = [...(said.people ?? []), ['actor', actor] as const];
    // A title of the whole envelope names the fact that it is about, not the artifacts besides.
    const own = said.kind === this.envelope.kind && !said.kind.startsWith('commit');
    const called = own ? { title: title ?? said.title, url: url ?? said.url } : {};
    const places: Places = [['commit-message', message]];
    return belongingTo(
      change,
      named(statement(this.context, { state, at: claimedAt, ...said, ...called, people }), places),
    );
  }
}

/** The key is taken as it stands: a project's key may hold a `_`, at which a key inside a text would be cut. */
function belongingTo(change: string, { item, names }: NamedItem): { item: EvidenceItem; names: NamedItem['names'] } {
  const others = names.filter(({ key }) => key !== change);
  const places = names.find(({ key }) => key === change)?.places ?? [];
  return { item, names: [{ key: change, places: ['payload', ...places] }, ...others] };
}
