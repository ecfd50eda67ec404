import { useState } from 'react';
import type { ReactElement } from 'react';
import type { AuthorView } from '../../../src/contract/people';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import type { FoundPerson } from '../bridge/search-people';
import { AccountPicker } from '../parts/account-picker';
import { Button } from '../parts/button';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { ActResult } from './act-result';
import { BasisAct } from './basis-act';
import type { SectionsProps } from './panel';
import type { Act } from './use-act';
import { useAct } from './use-act';

interface AuthorsProps extends SectionsProps {
  readonly view: ChangeView;
}

const isOpen = ({ known }: AuthorView): boolean => known === 'unmatched' || known === 'unproved';

/** Who made what is changed, and whether it is settled who that is: none of them may decide. */
export function Authors({ view, change, announce }: AuthorsProps): ReactElement | null {
  const act = useAct({ change, announce });
  const [shown, setShown] = useState(false);
  const open = view.authors.filter(isOpen);
  const settled = view.authors.filter((author) => !isOpen(author));
  if (view.authors.length === 0) return null;
  const item = (author: AuthorView) => <Author author={author} act={act} may={view.mayAct.resolve} />;
  return (
    <Section title="Authors of evidence" count={view.authors.length}>
      <p className="subtle">
        {open.length === 0
          ? 'It is settled who made what is changed. Nobody of them may decide.'
          : `Nobody decides on their own work, so it has to be settled who ${open.length === 1 ? 'this is' : 'these are'}. ${view.mayAct.resolve ? '' : 'A security reviewer or change authority who took no part says so, or a Jira admin.'}`}
      </p>
      {open.length > 0 && (
        <LongList items={open} first={5} noun="authors" className="decisions" keyOf={keyOf}>
          {item}
        </LongList>
      )}
      {settled.length > 0 && (
        <div>
          <Button look="quiet" tight expanded={shown} onPress={() => setShown(!shown)}>
            {shown ? 'Hide the settled ones' : `Show ${settled.length} settled`}
          </Button>
        </div>
      )}
      {shown && (
        <LongList items={settled} first={10} noun="authors" className="decisions" keyOf={keyOf}>
          {item}
        </LongList>
      )}
      <ActResult act={act} />
    </Section>
  );
}

const keyOf = ({ evidence, index }: AuthorView): string => `${evidence}.${index}`;

const STATES = {
  account: ['good', 'Known'],
  nobody: ['neutral', 'Does not decide here'],
  unproved: ['warning', 'Not proved'],
  unmatched: ['warning', 'Unknown'],
} as const;

function Author({
  author,
  act,
  may,
}: {
  readonly author: AuthorView;
  readonly act: Act;
  readonly may: boolean;
}): ReactElement {
  const { name, identity, known, accounts, how, did, resolution } = author;
  const [tone, word] = STATES[known];
  return (
    <div className="stack decision" role="group" aria-label={`Author ${name}`}>
      <div className="row">
        <Lozenge tone={tone}>{word}</Lozenge>
        <strong>{name}</strong>
        {identity !== '' && <span className="subtle">{identity}</span>}
      </div>
      <p>{whole(did)}</p>
      <p className="small subtle">
        {accounts.length > 0 && `${known === 'unproved' ? 'Perhaps' : 'This is'} ${accounts.join(' and ')}. `}
        {how}
        {resolution !== null && (
          <>
            {' '}
            {resolution.by ?? 'Somebody whose name was erased'} said so, <Time at={resolution.at} />: {resolution.basis}
          </>
        )}
      </p>
      {may && <Resolve author={author} act={act} />}
    </div>
  );
}

const FEW = 3;

/** "authored commit 1 and committed commit 2", and how many more. */
function whole(did: readonly string[]): string {
  const few = did.slice(0, FEW).join(', ');
  const text = few.charAt(0).toUpperCase() + few.slice(1);
  return did.length > FEW ? `${text} and ${did.length - FEW} more.` : `${text}.`;
}

/** Picks an account, or says that it is nobody who decides here, with a basis; a later word replaces an earlier one. */
function Resolve({ author, act }: { readonly author: AuthorView; readonly act: Act }): ReactElement {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<FoundPerson | null>(null);
  const { evidence, index, name, resolution } = author;
  const send = async (account: string | null, basis: string, said: string) => {
    const done = await act.send(METHODS.resolveAuthor, { evidence, index, account, basis }, said);
    if (done) {
      setOpen(false);
      setChosen(null);
    }
    return done;
  };
  const opener = resolution === null ? 'Say who this is' : 'Say otherwise';
  if (!open)
    return (
      <div>
        <Button tight label={`${opener}: ${name}`} expanded={false} onPress={() => setOpen(true)}>
          {opener}
        </Button>
      </div>
    );
  return (
    <div className="stack">
      {chosen === null ? (
        <AccountPicker label={`Jira account of ${name}`} onPick={setChosen} />
      ) : (
        <p className="row">
          <span>
            {name} is <strong>{chosen.name}</strong>
          </span>
          <Button look="quiet" tight onPress={() => setChosen(null)}>
            Choose another
          </Button>
        </p>
      )}
      <BasisAct
        open={chosen === null ? 'It is nobody who may decide here …' : `It is ${chosen.name} …`}
        hint="How you know. Recorded with your name; a later word replaces it, and both stay in the ledger."
        empty="Say how you know."
        sending={act.sending}
        answers={[
          chosen === null
            ? {
                label: 'Record that it is nobody who decides',
                look: 'primary',
                send: (basis) => send(null, basis, `${name} is recorded as nobody who may decide here.`),
              }
            : {
                label: `Record that it is ${chosen.name}`,
                look: 'primary',
                send: (basis) =>
                  send(
                    chosen.accountId,
                    basis,
                    `${name} is recorded as ${chosen.name}, who may not decide on this change.`,
                  ),
              },
        ]}
      />
      <div>
        <Button look="quiet" tight onPress={() => setOpen(false)}>
          Leave it
        </Button>
      </div>
    </div>
  );
}
