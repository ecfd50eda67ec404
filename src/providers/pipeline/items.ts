import type { EvidenceItem, NamedItem } from '../../evidence/item';
import { named } from '../github/naming';
import { statement, type Context } from '../github/statement';
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
    case 'run':
      return [stated.run(), ...stated.files('artifact')];
    case 'deployment':
      return [stated.deployment(), ...stated.files('artifact')];
    case 'artifact':
    case 'test-result':
    case 'document':
      return stated.files(envelope.kind);
  }
}

class Stated {
  private readonly context: Context;
  private readonly listed: readonly EnvelopeCommit[];
  private readonly artifacts: readonly EnvelopeArtifact[];
  private readonly ran: EnvelopeRun | undefined;

  constructor(private readonly envelope: Envelope) {
    const { repository, commits = [], artifacts = [], run } = envelope;
    this.context = { repository: repository ?? null, action: null, sender: null };
    this.listed = commits.map((one) => (typeof one === 'string' ? { id: one } : one));
    this.artifacts = artifacts.map((one) => (typeof one === 'string' ? { digest: one } : one));
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

  deployment(): NamedItem {
    const { environment = '', idempotencyKey = '' } = this.envelope;
    return this.item({
      kind: 'deployment',
      id: `${this.ran?.id ?? idempotencyKey}/${environment}`,
      commits: this.ids(),
      title: `Deployment to ${environment}`,
      url: this.ran?.url,
      attributes: { environment, run: this.ran?.id, attempt: this.ran?.attempt },
    });
  }

  files(kind: 'artifact' | 'test-result' | 'document'): readonly NamedItem[] {
    const { environment } = this.envelope;
    return this.artifacts.map(({ digest, name, size }) =>
      this.item({
        kind,
        id: digest,
        commits: this.ids(),
        title: name ?? digest,
        url: this.ran?.url,
        attributes: { name, size, environment, run: this.ran?.id },
      }),
    );
  }

  private ids(): readonly string[] {
    return this.listed.map(({ id }) => id);
  }

  private item(
    said: Omit<Parameters<typeof statement>[1], 'people'> & Partial<Pick<Parameters<typeof statement>[1], 'people'>>,
    message?: string,
  ): NamedItem {
    const { change, state, actor, claimedAt } = this.envelope;
    const people = [...(said.people ?? []), ['actor', actor] as const];
    const whole = { state, at: claimedAt, ...said, people };
    return belongingTo(change, named(statement(this.context, whole), [['commit-message', message]]));
  }
}

/** The key is taken as it stands: a project's key may hold a `_`, at which a key inside a text would be cut. */
function belongingTo(change: string, { item, names }: NamedItem): { item: EvidenceItem; names: NamedItem['names'] } {
  const others = names.filter(({ key }) => key !== change);
  const places = names.find(({ key }) => key === change)?.places ?? [];
  return { item, names: [{ key: change, places: ['payload', ...places] }, ...others] };
}
