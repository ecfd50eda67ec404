import type { ReactElement } from 'react';
import type { BuiltRule } from '../../../src/contract/rules';
import { useInWords } from '../wording/rules';
import type { Analysis } from './analysis';

interface ExpressionProps {
  readonly title: string;
  readonly expression: string;
  readonly use: BuiltRule['use'];
  readonly analysis: Analysis | null;
  readonly locale: string;
}

/** The expression, folded away, with what it costs of what Jira allows. */
export function Expression({ title, expression, use, analysis, locale }: ExpressionProps): ReactElement {
  return (
    <details className="expression-part">
      <summary>{title}</summary>
      {use !== null && (
        <ul className="use">
          {use.map((one) => (
            <li key={one.of} className={one.used > one.limit ? 'wrong' : undefined}>
              {useInWords(one, locale)}
            </li>
          ))}
        </ul>
      )}
      {analysis !== null && <p className="small subtle">{sayAnalysis(analysis)}</p>}
      <pre className="expression" tabIndex={0}>
        {expression}
      </pre>
    </details>
  );
}

function sayAnalysis(analysis: Analysis): string {
  switch (analysis.says) {
    case 'fits':
      return analysis.operations === null
        ? 'Jira has checked it and would run it.'
        : `Jira has checked it and would run it; it counts ${analysis.operations} expensive operations.`;
    case 'refuses':
      return `Jira would not run it: ${analysis.messages.join(' ')}`;
    case 'nothing':
      return 'Jira could not be asked to check it; the figures are the app’s own count.';
  }
}
