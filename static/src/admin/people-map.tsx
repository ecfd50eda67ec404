import { useState } from 'react';
import type { ReactElement } from 'react';
import type { PeopleView, PersonForm, UnmatchedView } from '../../../src/contract/people';
import { Button } from '../parts/button';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import { Message } from '../parts/message';
import { NotRead } from '../parts/not-read';
import { Section } from '../parts/section';
import { Skeleton } from '../parts/skeleton';
import { Time } from '../parts/time';
import { identityText } from '../wording/identity';
import { newId } from './new-id';
import { PersonEditor } from './person-editor';
import { SavePeople } from './save-people';
import { usePeople } from './use-people';
import type { PeopleEditing } from './use-people';

/** Who is who: identities and accounts of one person, those who may not decide here, and authors nobody knows yet. */
export function PeopleMap(): ReactElement {
  const editing = usePeople();
  const { view, readError } = editing;
  if (view === null)
    return (
      <Section title="Who is who">
        {readError === null ? (
          <Skeleton label="Reading the people map" part />
        ) : (
          <NotRead title="The people map could not be read" error={readError} onRetry={editing.retry} />
        )}
      </Section>
    );
  return <Known editing={editing} view={view} />;
}

const blank = (more: Partial<PersonForm> = {}): PersonForm => ({
  id: newId(),
  name: '',
  accounts: [],
  identities: [],
  organisation: null,
  ...more,
});

function Known({ editing, view }: { readonly editing: PeopleEditing; readonly view: PeopleView }): ReactElement {
  const [open, setOpen] = useState<PersonForm | null>(null);
  const people = editing.draft ?? view.people;
  const start = (person: PersonForm) => setOpen(person);
  const editor = open !== null && (
    <PersonEditor
      key={open.id}
      person={open}
      editing={editing}
      onDone={(person) => {
        editing.put(person);
        setOpen(null);
      }}
      onBack={() => setOpen(null)}
    />
  );
  const action =
    view.editable && open === null ? <Button onPress={() => start(blank())}>Add person</Button> : undefined;
  return (
    <Section title="Who is who" count={people.length} action={action}>
      <p className="subtle">
        Several accounts of one person count as one signer, and nobody decides on a change that one of their identities
        authored. Kept apart from the policy, because it is personal data.
      </p>
      {editing.done !== null && <Message tone="good" title={editing.done} role="status" />}
      {!view.readable && (
        <Message tone="bad" title="What was saved cannot be read from storage any more">
          <p>Nothing is decided until a new map is saved.</p>
        </Message>
      )}
      {!view.editable && (
        <Message tone="bad" title="The ledger of saves does not verify">
          <p>Nothing is saved on it. Tell the people who look after this app.</p>
        </Message>
      )}
      {editing.draft !== null && <SavePeople editing={editing} />}
      {editor}
      <LongList items={people} first={20} noun="people" className="who" keyOf={({ id }) => id}>
        {(person) => (
          <Person person={person} editing={editing} may={view.editable && open === null} onEdit={() => start(person)} />
        )}
      </LongList>
      {people.length === 0 && <p>Nobody is mapped yet: every account counts as a person of its own.</p>}
      <Unmatched view={view} editing={editing} may={view.editable && open === null} onMap={start} />
      <History view={view} />
    </Section>
  );
}

interface PersonProps {
  readonly person: PersonForm;
  readonly editing: PeopleEditing;
  readonly may: boolean;
  readonly onEdit: () => void;
}

function Person({ person, editing, may, onEdit }: PersonProps): ReactElement {
  const { name, accounts, identities, organisation } = person;
  const known = [
    ...accounts.map((id) => editing.nameOf(id) ?? 'an account without a name'),
    ...identities.map(identityText),
  ];
  return (
    <div className="row">
      <div className="stack grow">
        <p className="row">
          <strong>{name}</strong>
          {organisation !== null && <span className="subtle">{organisation}</span>}
          {accounts.length === 0 && <Lozenge tone="neutral">Does not decide here</Lozenge>}
          {accounts.length > 1 && <Lozenge tone="good">{`${accounts.length} accounts, one person`}</Lozenge>}
        </p>
        <p className="small subtle dotted">
          {known.map((text, i) => (
            <span key={i}>{text}</span>
          ))}
        </p>
      </div>
      {may && (
        <>
          <Button tight label={`Edit ${name}`} onPress={onEdit}>
            Edit
          </Button>
          <Button look="quiet" tight label={`Remove ${name}`} onPress={() => editing.remove(person.id)}>
            Remove
          </Button>
        </>
      )}
    </div>
  );
}

interface UnmatchedProps {
  readonly view: PeopleView;
  readonly editing: PeopleEditing;
  readonly may: boolean;
  readonly onMap: (person: PersonForm) => void;
}

/** Authors of evidence whom the map does not know: a click maps them, and what Jira suggests is filled in. */
function Unmatched({ view, editing, may, onMap }: UnmatchedProps): ReactElement | null {
  const mapped = new Set((editing.draft ?? []).flatMap(({ identities }) => identities.map(identityText)));
  const open = view.unmatched.filter(({ identities }) => !identities.some((one) => mapped.has(identityText(one))));
  if (open.length === 0) return null;
  const draftOf = ({ name, identities, accounts }: UnmatchedView, also: boolean): PersonForm =>
    blank({ name, identities, accounts: also ? accounts : [] });
  /** The one account that Jira suggests is taken at once, with whoever has it already; otherwise the form asks. */
  const map = (author: UnmatchedView) => {
    const [account, ...others] = author.accounts;
    if (account === undefined || others.length > 0) {
      onMap(draftOf(author, true));
      return;
    }
    const known = (editing.draft ?? view.people).find(({ accounts }) => accounts.includes(account));
    editing.put(
      known === undefined
        ? draftOf(author, true)
        : { ...known, identities: [...known.identities, ...author.identities] },
    );
  };
  return (
    <div className="stack">
      <h3>
        Seen in evidence, known to nobody <span className="subtle">{open.length}</span>
      </h3>
      {!view.unmatchedComplete && <p className="subtle">There are more than are listed here.</p>}
      <LongList items={open} first={10} noun="authors" className="who" keyOf={({ name }, i) => `${name} ${i}`}>
        {(author) => (
          <div className="row">
            <div className="stack grow">
              <p>
                <strong>{author.name}</strong>{' '}
                <span className="subtle">{author.identities.map(identityText).join(', ')}</span>
              </p>
              <p className="small subtle">
                {author.did} · on {few(author.changes)}
                {author.accounts.length > 0 &&
                  ` · Jira shows this address at ${author.accounts.map((id) => editing.nameOf(id) ?? 'an account').join(', ')}`}
              </p>
            </div>
            {may && (
              <>
                <Button tight label={`${mapping(author)}: ${author.name}`} onPress={() => map(author)}>
                  {mapping(author)}
                </Button>
                <Button
                  look="quiet"
                  tight
                  label={`Does not decide here: ${author.name}`}
                  onPress={() => editing.put(draftOf(author, false))}
                >
                  Does not decide here
                </Button>
              </>
            )}
          </div>
        )}
      </LongList>
    </div>
  );
}

const mapping = ({ accounts }: UnmatchedView): string =>
  accounts.length > 0 ? 'Map to this account' : 'Map to an account';

const few = (keys: readonly string[]): string =>
  keys.length > 5 ? `${keys.slice(0, 5).join(', ')} and ${keys.length - 5} more` : keys.join(', ');

function History({ view: { history } }: { readonly view: PeopleView }): ReactElement | null {
  if (history.length === 0) return null;
  return (
    <div className="stack">
      <h3>Versions</h3>
      <LongList items={history} first={3} noun="versions" className="versions" keyOf={({ version }) => version}>
        {({ version, at, by, changes, reason }) => (
          <p className="small">
            <strong>{version}</strong> by {by ?? 'somebody whose name was erased'}, <Time at={at} />:{' '}
            {changes.join(' ')} <span className="subtle">{reason}</span>
          </p>
        )}
      </LongList>
    </div>
  );
}
