import type { Parsed } from '../../evidence/item';
import { parseEvent, reader, type Read } from '../events';
import { deploymentItems } from './deployment';
import { buildItems, notificationItems } from './run';
import * as schemas from './schemas';

const READERS: Readonly<Record<string, Read>> = {
  build: reader(schemas.buildEvent, buildItems),
  deployment: reader(schemas.deploymentEvent, deploymentItems),
  notification: reader(schemas.notification, notificationItems),
};

/** Turns what Jenkins sent into facts. A question about gating is no fact. As `parseEvent` answers. */
export const parseJenkins = (event: string, document: unknown): Parsed => parseEvent(READERS, event, document);
