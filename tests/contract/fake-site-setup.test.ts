import { FakeSiteSetup } from '../fakes/site-setup';
import { describeSiteSetup } from './site-setup-contract';

describeSiteSetup('in memory', () => ({ site: new FakeSiteSetup(), projectId: '100' }));
