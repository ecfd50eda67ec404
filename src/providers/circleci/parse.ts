import type { Parsed } from '../../evidence/item';
import { parseEvent, reader, type Read } from '../events';
import { jobItems, workflowItems } from './run';
import * as schemas from './schemas';

const READERS: Readonly<Record<string, Read>> = {
  'workflow-completed': reader(schemas.workflowCompleted, workflowItems),
  'job-completed': reader(schemas.jobCompleted, jobItems),
};

/** Turns a CircleCI body into facts: a workflow is a run, a job of it is a check. As `parseEvent` answers. */
export const parseCircleci = (event: string, document: unknown): Parsed => parseEvent(READERS, event, document);
