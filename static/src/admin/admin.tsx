import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { AdminView } from '../../../src/contract/panel';
import type { Viewer } from '../bridge/viewer';
import { Failure } from '../parts/failure';
import { Lozenge } from '../parts/lozenge';
import { Message } from '../parts/message';
import { Section } from '../parts/section';
import { Skeleton } from '../parts/skeleton';
import { useReading } from '../parts/use-reading';
import { ViewingProvider } from '../parts/viewing';
import { Orphans, Refusals } from './deliveries';
import { Fields } from './fields';
import { Policy } from './policy';
import { Secrets } from './secrets';
import './admin.css';

/** How change control is set up on this site, and what was turned away. The policy and the secrets are edited here. */
export function Admin({ viewer }: { readonly viewer: Viewer }): ReactElement {
  const { answer, error, now, retry } = useReading(METHODS.readAdmin);
  if (answer === null) {
    return error === null ? (
      <Skeleton label="Reading the set-up" />
    ) : (
      <Failure title="The set-up could not be read" error={error} onRetry={retry} />
    );
  }
  return (
    <ViewingProvider value={{ locale: viewer.locale, timeZone: viewer.timeZone, now }}>
      <main className="page wide stack admin" data-ready="true">
        <h1>Change control</h1>
        {answer.pending > 0 && (
          <Message
            tone="information"
            title={`${answer.pending} accepted ${answer.pending === 1 ? 'delivery is' : 'deliveries are'} still being recorded`}
          />
        )}
        <Policy onSaved={retry} />
        <Roles roles={answer.policy.roles} />
        <Fields fields={answer.fields} />
        <Secrets />
        <Refusals refusals={answer.refusals} />
        <Orphans orphans={answer.orphans} />
      </main>
    </ViewingProvider>
  );
}

function Roles({ roles }: { readonly roles: AdminView['policy']['roles'] }): ReactElement {
  return (
    <Section title="Who decides" count={roles.length}>
      {roles.map((role) => (
        <div key={role.group} className="stack">
          <h3>
            {role.name} <span className="subtle">group {role.group}</span>
          </h3>
          {role.members.length === 0 ? (
            <Message tone="warning">
              <p>
                Nobody is in this group, so nobody can decide as {role.name}. Add people to {role.group} in Jira.
              </p>
            </Message>
          ) : (
            <ul className="members">
              {role.members.map((member, index) => (
                <li key={index} className="row">
                  <span>{member.name}</span>
                  {!member.mayDecide && <Lozenge tone="warning">May not decide</Lozenge>}
                  {member.why !== null && <span className="small subtle">{member.why}</span>}
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </Section>
  );
}
