import type { ReactElement } from 'react';
import type { AdminView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Lozenge } from '../parts/lozenge';
import { Message } from '../parts/message';
import { Section } from '../parts/section';
import { Loaded } from './loaded';
import { PeopleMap } from './people-map';
import type { SectionProps } from './sections';

/** Who holds which role, as Jira's groups have them now, and who is who. */
export default function People({ shown }: SectionProps): ReactElement {
  return (
    <div className="stack sections">
      <Loaded method={METHODS.readAdmin} what="the people" shown={shown}>
        {({ policy }) => <Roles roles={policy.roles} />}
      </Loaded>
      <PeopleMap />
    </div>
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
