import { JiraObject, type Value } from '../../host/expressions';

/** An issue with custom fields `customfield_1` … and lists of the given sizes; counts how often anything is loaded. */
export class CountedIssue extends JiraObject {
  readonly type = 'Issue';
  readonly identity: string;
  override readonly batch: object;
  readonly loads: string[] = [];

  constructor(
    id = 1,
    private readonly values: Readonly<Record<string, Value>> = {},
    batch?: object,
  ) {
    super();
    this.identity = String(id);
    this.batch = batch ?? this;
  }

  property(name: string): Value | undefined {
    this.loads.push(name);
    return Object.hasOwn(this.values, name) ? this.values[name] : name.startsWith('customfield_') ? 'x' : null;
  }

  override extraNames(): readonly string[] {
    return Array.from({ length: 20 }, (_, i) => `customfield_${i + 1}`);
  }

  toJson(): unknown {
    return { id: this.identity };
  }
}

/** 0, 1, 2 … */
export const numbers = (count: number): Value => Array.from({ length: count }, (_, i) => i);
