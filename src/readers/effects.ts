const READS =
  /^(?:get|list|describe|head|lookup|batchget|query|scan|search|select|check|test|validate|preview|simulate|view|read|download|export|access|decrypt|discover)(?![a-z])/i;

/** Whether an action whose name begins with a verb only reads: `ListBuckets`, `view.dashboard`, `FileAccessed` does not say. */
export const isReadVerb = (action: string): boolean =>
  READS.test(action) ||
  /^(?:Get|List|Describe|Head|Lookup|BatchGet|Query|Scan|Search|Select|Check|Test|Validate|Preview|Simulate|View|Read|Download|Discover)(?=[A-Z]|$)/.test(
    action,
  );
