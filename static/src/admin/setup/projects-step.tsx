import { useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../../src/contract/panel';
import type { SetupSite } from '../../../../src/contract/setup';
import { ask, sayFailure } from '../../bridge/ask';
import { Button } from '../../parts/button';
import { Field } from '../../parts/field';
import { Message } from '../../parts/message';
import { chosenProject } from '../../wording/setup';
import type { Wizarding } from './use-wizard';

/** Which projects come under change control. */
export function ProjectsStep({ wizard }: { readonly wizard: Wizarding }): ReactElement {
  const { site, choices, edit } = wizard;
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<SetupSite['projects'] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const list = found ?? site?.projects ?? { values: [], complete: true };
  const search = async () => {
    setError(null);
    try {
      setFound((await ask(METHODS.readSetupSite, { query })).projects);
    } catch (failure) {
      setError(sayFailure(failure));
    }
  };
  const chosen = (id: string): boolean => choices.projects.some((project) => project.id === id);
  const elsewhere = choices.projects.filter(({ id }) => list.values.every((project) => project.id !== id));
  const toggle = (project: (typeof list.values)[number], on: boolean) =>
    edit({
      projects: on
        ? [...choices.projects, chosenProject(project)]
        : choices.projects.filter(({ id }) => id !== project.id),
    });
  return (
    <div className="stack">
      <p>
        In these projects, changes are made as issues of the type “Change request”, and every one is decided on before
        it is carried out. Other issues of the project stay as they are.
      </p>
      {(!list.complete || list.values.length > 8 || found !== null) && (
        <form
          className="row search"
          onSubmit={(event) => {
            event.preventDefault();
            void search();
          }}
        >
          <Field label="Find a project by name or key" error={error}>
            {(control) => <input {...control} value={query} onChange={(event) => setQuery(event.target.value)} />}
          </Field>
          <Button onPress={() => void search()}>Search</Button>
        </form>
      )}
      <fieldset className="stack choice-list">
        <legend className="unseen">Projects</legend>
        {list.values.map((project) => (
          <label key={project.id} className="check">
            <input
              type="checkbox"
              checked={chosen(project.id)}
              disabled={!project.companyManaged}
              onChange={(event) => toggle(project, event.target.checked)}
            />
            <span>
              {project.name} <span className="subtle">{project.key}</span>
              {!project.companyManaged && (
                <span className="small subtle">
                  {' '}
                  Team-managed: its rules belong to the project, so it cannot be put under a policy of the site.
                </span>
              )}
            </span>
          </label>
        ))}
        {elsewhere.map((project) => (
          <label key={project.id} className="check">
            <input
              type="checkbox"
              checked
              onChange={() => edit({ projects: choices.projects.filter(({ id }) => id !== project.id) })}
            />
            <span>
              {project.name} <span className="subtle">{project.key}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {list.values.length === 0 && (
        <Message tone="information">
          <p>
            {found === null
              ? 'You see no project in this Jira. Create a company-managed one first.'
              : 'No project fits.'}
          </p>
        </Message>
      )}
      {!list.complete && <p className="small subtle">These are the first {list.values.length}: search for others.</p>}
    </div>
  );
}
