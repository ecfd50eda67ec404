import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats';
import { isObject, type JsonObject } from '../adf';

/**
 * Checks calls and answers against Jira's official OpenAPI document of the corpus. Where recorded answers of Jira Cloud
 * (corpus jira-webhooks, jira-api-examples) differ from it, they win: `AMENDMENTS` and the date-time of `FORMATS`
 * are the whole list of those places.
 */
export interface OpenApi {
  /** What is wrong with a body of a call; undefined when the document does not describe one. */
  request(method: string, path: string, body: unknown): readonly string[];
  response(method: string, path: string, status: number, body: unknown): readonly string[];
  /** The document's own path for a call, or undefined when it has none. */
  operation(method: string, path: string): string | undefined;
}

const FILE = join(
  process.env.CORPUS_DIR ?? join(__dirname, '../../../../../shared/data'),
  'jira-openapi/jira-platform-v3.json',
);

/** The document, or undefined with one line saying what is not checked. */
export function readOpenApi(): OpenApi | undefined {
  if (!existsSync(FILE)) {
    console.warn('Not run: the check of calls against the Jira OpenAPI document (no corpus; set CORPUS_DIR).');
    return undefined;
  }
  const document: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  if (!isObject(document)) throw new TypeError('The OpenAPI document is no object');
  for (const amend of AMENDMENTS) amend.apply(schemasOf(document));
  return new Document(document);
}

const schemasOf = (document: JsonObject): JsonObject => object(object(document.components).schemas);
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});

interface Amendment {
  readonly because: string;
  apply(schemas: JsonObject): void;
}

const put = (schemas: JsonObject, name: string, properties: JsonObject): void => {
  Object.assign(object(object(schemas[name]).properties), properties);
};

const AMENDMENTS: readonly Amendment[] = [
  {
    because: 'jira-webhooks/cloud: a change item has null where there is no id or no words, and tmp… ids for people',
    apply: (schemas) => {
      const text = { type: 'string', nullable: true };
      const names = ['from', 'fromString', 'to', 'toString', 'tmpFromAccountId', 'tmpToAccountId'];
      put(schemas, 'ChangeDetails', Object.fromEntries(names.map((name) => [name, text])));
    },
  },
  {
    because: "the document's own answers of GET /bulk/queue/{taskId}: times are milliseconds, not texts",
    apply: (schemas) => {
      const millis = { type: 'integer', format: 'int64' };
      put(schemas, 'BulkOperationProgress', { created: millis, started: millis, updated: millis });
    },
  },
];

class Document implements OpenApi {
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, formats: FORMATS });
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #paths: JsonObject;

  constructor(document: JsonObject) {
    this.#paths = object(document.paths);
    this.#ajv.addSchema({ $id: ID, ...document });
  }

  operation(method: string, path: string): string | undefined {
    const parts = path.split('?')[0]?.split('/') ?? [];
    const fits = (template: string): boolean => {
      const wanted = template.split('/');
      return wanted.length === parts.length && wanted.every((part, at) => part.startsWith('{') || part === parts[at]);
    };
    return Object.keys(this.#paths)
      .filter((template) => fits(template) && isObject(object(this.#paths[template])[method.toLowerCase()]))
      .sort((a, b) => a.split('{').length - b.split('{').length)[0];
  }

  request(method: string, path: string, body: unknown): readonly string[] {
    const template = this.operation(method, path);
    if (template === undefined) return [`The document has no ${method} ${path}`];
    const at = ['paths', template, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
    return this.#validate(at, body);
  }

  response(method: string, path: string, status: number, body: unknown): readonly string[] {
    const template = this.operation(method, path);
    if (template === undefined) return [`The document has no ${method} ${path}`];
    const operation = object(object(this.#paths[template])[method.toLowerCase()]);
    const responses = object(operation.responses);
    if (!Object.hasOwn(responses, String(status))) {
      // Refusals that the document leaves out for single operations are Jira's all the same.
      return status >= 400 ? this.#validate(ERRORS, body) : [`The document has no ${status} for ${method} ${template}`];
    }
    const at = [
      'paths',
      template,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      'application/json',
      'schema',
    ];
    return status >= 400 ? this.#validate(ERRORS, body) : this.#validate(at, body);
  }

  #validate(at: readonly string[], body: unknown): readonly string[] {
    const pointer = at.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = this.#compiled.get(pointer) ?? this.#compile(at, pointer);
    return validate === undefined || validate(body) ? [] : (validate.errors ?? []).map(sentence);
  }

  #compile(at: readonly string[], pointer: string): ValidateFunction | undefined {
    let schema: unknown = { paths: this.#paths };
    if (at !== ERRORS) for (const part of at) schema = isObject(schema) ? schema[part] : undefined;
    if (!isObject(schema)) return undefined;
    const compiled = this.#ajv.compile({ $ref: `${ID}#/${pointer}` });
    this.#compiled.set(pointer, compiled);
    return compiled;
  }
}

const ID = 'https://jira.invalid/openapi.json';
const ERRORS = ['components', 'schemas', 'ErrorCollection'] as const;

/** Jira writes the offset of a date-time as +0000 (every recorded answer), RFC 3339 as +00:00. */
const { uri, int32, int64, date, uuid } = fullFormats;
const FORMATS = {
  uri,
  int32,
  int64,
  double: true as const,
  date,
  uuid,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/,
};

const sentence = (error: ErrorObject): string =>
  `${error.instancePath === '' ? '(body)' : error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`;
