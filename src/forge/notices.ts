import { route } from '@forge/api';
import type { Notices } from '../ports/notices';
import { jira } from './jira-http';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${String(char.codePointAt(0) ?? 0)};`);

/**
 * `POST /rest/api/3/issue/{issueIdOrKey}/notify` as the app (Jira Cloud REST API v3, "Send notification for issue"; scope
 * write:jira-work). `restrict` leaves out whoever may not see the change. The subject is always given: Jira's own would
 * hold the summary.
 */
export const forgeNotices: Notices = {
  async send({ issue, to, subject, lines }) {
    const { status } = await jira(route`/rest/api/3/issue/${issue}/notify`, {
      as: 'app',
      method: 'POST',
      once: true,
      body: {
        subject,
        textBody: lines.join('\n\n'),
        htmlBody: lines.map((line) => `<p>${escaped(line)}</p>`).join(''),
        to: {
          reporter: false,
          assignee: false,
          watchers: false,
          voters: false,
          users: to.map((accountId) => ({ accountId })),
        },
        restrict: { permissions: [{ key: 'BROWSE' }] },
      },
    });
    return status < 300 ? 'sent' : 'refused';
  },
};
