import { Component, lazy, Suspense } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { Viewer } from './bridge/viewer';
import { Failure } from './parts/failure';
import { Skeleton } from './parts/skeleton';
import { Panel } from './panel/panel';

const Register = lazy(() => import('./register/register').then(({ Register: screen }) => ({ default: screen })));
const Admin = lazy(() => import('./admin/admin').then(({ Admin: screen }) => ({ default: screen })));
const Rule = lazy(() => import('./rules/rule').then(({ Rule: screen }) => ({ default: screen })));

/** The surface that Jira opened. The panel is in the first script; everything else is fetched when it is asked for. */
export function App({ viewer }: { readonly viewer: Viewer }): ReactElement {
  return (
    <Boundary>
      <Suspense fallback={<Skeleton label="Opening" />}>
        <Surface viewer={viewer} />
      </Suspense>
    </Boundary>
  );
}

function Surface({ viewer }: { readonly viewer: Viewer }): ReactElement {
  switch (viewer.moduleKey) {
    case 'change-evidence-panel':
      return <Panel viewer={viewer} />;
    case 'change-register':
      return <Register viewer={viewer} />;
    case 'change-control-admin':
      return <Admin viewer={viewer} />;
    default:
      return <Rule viewer={viewer} />;
  }
}

/** A fault of ours while drawing shows itself and a way on, instead of an empty frame. */
class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <Failure title="This screen stopped" error={this.state.error} onRetry={() => this.setState({ error: null })} />
    );
  }
}
