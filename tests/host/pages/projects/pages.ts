import { html } from 'hono/html';
import * as z from 'zod/mini';
import { showPerson, showStatus } from '../fields/show';
import { showMoment } from '../fields/times';
import type { Html } from '../html';
import type { JiraAs } from '../jira-calls';
import { issue, person, projectFields, status } from '../shapes';

const projectPage = z.object({ values: z.array(projectFields) });
const searchPage = z.object({
  issues: z.array(issue),
  nextPageToken: z.optional(z.string()),
  isLast: z.optional(z.boolean()),
});

/** Projects that this person may see. */
export async function homeMain(
  jira: JiraAs,
  viewer: { readonly displayName: string; readonly isAdmin: boolean },
): Promise<Html> {
  const { values } = await jira.get('/rest/api/3/project/search?maxResults=50', projectPage);
  return html`<div class="sheet">
    <h1>Projects</h1>
    <p class="lead">You are looking at this site as ${viewer.displayName}. Switch to somebody else at the top right.</p>
    ${
      values.length === 0
        ? html`<p class="none">No project is visible to you.</p>`
        : html`<ul class="projects">
            ${values.map(
              (project) =>
                html`<li class="card">
                  <h2><a href="/projects/${project.key}/issues">${project.name ?? project.key}</a></h2>
                  <p class="hint">${project.key}</p>
                </li>`,
            )}
          </ul>`
    }
  </div>`;
}

const PAGE = 100;
const FIELDS = 'summary,status,issuetype,assignee,reporter,updated';

const nameOf = (value: unknown): Html => {
  const who = person.safeParse(value);
  return who.success ? showPerson(who.data.displayName ?? 'Unknown person') : html`<span class="none">Nobody</span>`;
};

function issueRow(each: z.infer<typeof issue>, timeZone: string): Html {
  const state = status.safeParse(each.fields['status']);
  const updated = each.fields['updated'];
  return html`<tr>
    <td><a href="/browse/${each.key}">${each.key}</a></td>
    <td class="wide">
      <a class="plain" href="/browse/${each.key}"
        >${typeof each.fields['summary'] === 'string' ? each.fields['summary'] : ''}</a
      >
    </td>
    <td>${state.success ? showStatus(state.data.name, state.data.statusCategory?.key) : ''}</td>
    <td>${nameOf(each.fields['reporter'])}</td>
    <td>${typeof updated === 'string' ? showMoment(updated, timeZone) : ''}</td>
  </tr>`;
}

/** The work items of a project, newest first, a page at a time; says when there are more. */
export async function issueListMain(
  jira: JiraAs,
  key: string,
  token: string | undefined,
  timeZone: string,
): Promise<Html> {
  const project = await jira.get(`/rest/api/3/project/${encodeURIComponent(key)}`, projectFields);
  const query = new URLSearchParams({
    jql: `project = "${project.key}" ORDER BY created DESC`,
    fields: FIELDS,
    maxResults: String(PAGE),
  });
  if (token !== undefined) query.set('nextPageToken', token);
  const found = await jira.get(`/rest/api/3/search/jql?${query.toString()}`, searchPage);
  const next = found.nextPageToken;
  return html`<div class="sheet">
    <nav class="crumbs" aria-label="Breadcrumbs">
      <a href="/">Projects</a><span aria-current="page">${project.name ?? project.key}</span>
    </nav>
    <div class="heading"><h1>${project.name ?? project.key}</h1></div>
    ${
      found.issues.length === 0
        ? html`<div class="empty">
            <h2>No work items yet</h2>
            <p>Create the first one: what should change, and why.</p>
            <a class="button primary" href="/create?project=${project.key}" data-dialog="/create?project=${project.key}"
              >Create</a
            >
          </div>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="Work items">
            <table class="issues">
              <thead>
                <tr>
                  <th scope="col">Key</th>
                  <th scope="col">Summary</th>
                  <th scope="col">Status</th>
                  <th scope="col">Reporter</th>
                  <th scope="col">Updated</th>
                </tr>
              </thead>
              <tbody>
                ${found.issues.map((each) => issueRow(each, timeZone))}
              </tbody>
            </table>
          </div>`
    }
    ${next === undefined ? '' : html`<p><a class="button" href="/projects/${project.key}/issues?after=${encodeURIComponent(next)}">Older work items</a></p>`}
  </div>`;
}
