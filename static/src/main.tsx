import { createRoot } from 'react-dom/client';
import 'virtual:atlassian-theme.css';
import './theme/base.css';
import './parts/parts.css';
import { App } from './app';
import { meetViewer } from './bridge/viewer';
import { Failure } from './parts/failure';
import { Skeleton } from './parts/skeleton';

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element "root"');
const root = createRoot(element);

async function open(): Promise<void> {
  root.render(<Skeleton label="Opening" />);
  try {
    root.render(<App viewer={await meetViewer()} />);
  } catch (error) {
    root.render(<Failure title="Jira did not say where this is shown" error={error} onRetry={() => void open()} />);
  }
}

void open();
