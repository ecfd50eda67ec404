/** What the pipelines in .github would run, read from the files themselves as each provider reads them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** One call of a shell, as the provider makes it. */
export interface Step {
  readonly shell: readonly string[];
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs even if one before it failed, with what it then knows of it. */
  readonly afterwards?: (failed: boolean) => Readonly<Record<string, string>>;
}

type Yaml = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, string>>;

const BASH = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c'];
const SH = ['sh', '-e', '-c'];
const read = (name: string): string => readFileSync(name, 'utf8');
export const yaml = (name: string): Yaml => parse(read(name), { merge: true }) as Yaml;

/** A member that has to be there. */
export function at<T = Yaml>(value: unknown, ...path: readonly (string | number)[]): T {
  let found: unknown = value;
  for (const part of path) {
    found = (found as Record<string | number, unknown> | null | undefined)?.[part];
    if (found === undefined) throw new Error(`There is no ${path.join('.')}`);
  }
  return found as T;
}

const textsOf = (values: unknown): Values =>
  Object.fromEntries(Object.entries((values ?? {}) as Yaml).map(([name, value]) => [name, String(value)]));

/** Every expression has to be known: what is left in a script would be a value that is read as one. */
function resolved(text: string, pattern: RegExp, known: Values): string {
  return text.replaceAll(pattern, (_, name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`Nothing says what ${name} is`);
    return value;
  });
}
const each = (values: Values, change: (value: string) => string): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

const GITHUB = /\$\{\{ ?([a-z_.A-Z]+) ?\}\}/g;

export function githubSteps(known: Values): readonly Step[] {
  const action = yaml('.github/actions/change-control/action.yml');
  const inputs = at(action, 'inputs');
  const [run] = at<Yaml[]>(action, 'runs', 'steps');
  return at<Yaml[]>(yaml('.github/pipelines/github-workflow.yml'), 'jobs', 'deploy', 'steps').flatMap((step) => {
    if (typeof step['run'] === 'string') return [{ shell: BASH, script: step['run'], environment: {} }];
    if (step['uses'] !== './.github/actions/change-control') return [];
    const given = each(textsOf(step['with']), (value) => resolved(value, GITHUB, known));
    const all = Object.entries(inputs).map(([name, input]) => [
      `inputs.${name}`,
      given[name] ?? resolved(String(at<unknown>(input, 'default')), GITHUB, known),
    ]);
    const environment = each(textsOf(run?.['env']), (value) =>
      resolved(value, GITHUB, { ...known, ...(Object.fromEntries(all) as Values) }),
    );
    return [{ shell: BASH, script: at<string>(run, 'run'), environment }];
  });
}

export function gitlabSteps(): readonly Step[] {
  const file = yaml('.github/pipelines/gitlab-ci.yml');
  return ['build', 'evidence', 'deploy'].flatMap((name) => {
    const job = at(file, name);
    const base = at(file, at<string>(job, 'extends'));
    const environment: Values = {
      ...textsOf(base['variables']),
      ...textsOf(job['variables']),
      CI_JOB_NAME: name,
      ...(typeof job['environment'] === 'string' ? { CI_ENVIRONMENT_NAME: job['environment'] } : {}),
    };
    const after = (job['after_script'] as string[] | undefined)?.join('\n');
    return [
      { shell: BASH, script: at<string[]>(job, 'script').join('\n'), environment },
      ...(after === undefined
        ? []
        : [
            {
              shell: BASH,
              script: after,
              environment,
              afterwards: (failed: boolean) => ({ CI_JOB_STATUS: failed ? 'failed' : 'success' }),
            },
          ]),
    ];
  });
}

export function bitbucketSteps(): readonly Step[] {
  const steps = at<Yaml[]>(yaml('.github/pipelines/bitbucket-pipelines.yml'), 'pipelines', 'branches', 'main');
  return steps.flatMap((one) => {
    const step = at(one, 'step');
    const where: Values =
      typeof step['deployment'] === 'string' ? { BITBUCKET_DEPLOYMENT_ENVIRONMENT: step['deployment'] } : {};
    const after = (step['after-script'] as string[] | undefined)?.join('\n');
    return [
      { shell: BASH, script: at<string[]>(step, 'script').join('\n'), environment: where },
      ...(after === undefined
        ? []
        : [
            {
              shell: BASH,
              script: after,
              environment: where,
              afterwards: (failed: boolean) => ({ BITBUCKET_EXIT_CODE: failed ? '1' : '0' }),
            },
          ]),
    ];
  });
}

export function azureSteps(known: Values): readonly Step[] {
  const template = yaml('.github/pipelines/azure-change-control.yml');
  const defaults = at<Yaml[]>(template, 'parameters').map((one) => [at(one, 'name'), one['default']]);
  const [step] = at<Yaml[]>(template, 'steps');
  const job = at(yaml('.github/pipelines/azure-pipelines.yml'), 'stages', 0, 'jobs', 0);
  return at<Yaml[]>(job, 'strategy', 'runOnce', 'deploy', 'steps').flatMap((one) => {
    if (typeof one['bash'] === 'string') return [{ shell: BASH, script: one['bash'], environment: {} }];
    if (one['template'] !== 'azure-change-control.yml') return [];
    const given = { ...(Object.fromEntries(defaults) as Yaml), ...at(one, 'parameters') };
    const parameters = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [`parameters.${name}`, String(value)]),
    );
    const environment = each(textsOf(step?.['env']), (value) =>
      resolved(resolved(value, GITHUB, parameters), /\$\(([A-Za-z_.]+)\)/g, known),
    );
    return [{ shell: BASH, script: at<string>(step, 'bash'), environment }];
  });
}

export function circleSteps(): readonly Step[] {
  const file = yaml('.github/pipelines/circleci.yml');
  const command = at(file, 'commands', 'change-control');
  const [run] = at<Yaml[]>(command, 'steps');
  return at<Yaml[]>(file, 'jobs', 'deploy', 'steps').flatMap((step) => {
    if (typeof step['run'] === 'string') return [{ shell: BASH, script: step['run'], environment: {} }];
    if (step['change-control'] === undefined) return [];
    const parameters = Object.fromEntries(
      Object.entries({ options: '', ...at(step, 'change-control') }).map(([name, value]) => [
        `parameters.${name}`,
        String(value),
      ]),
    );
    const filled = (text: string) => resolved(text, /(?<!\\)<< ([a-z.]+) >>/g, parameters);
    return [
      {
        shell: BASH,
        // circleci.com/docs, "Reusable config reference": << is written \<< where it is no parameter.
        script: filled(at<string>(run, 'run', 'command')).replaceAll('\\<<', '<<'),
        environment: each(textsOf(at(run, 'run', 'environment')), filled),
      },
    ];
  });
}

/** Groovy is not run here: the calls of the step are read off the Jenkinsfile, its script off the library. */
export function jenkinsSteps(): readonly Step[] {
  const script = /sh '''([^]*?)'''/.exec(read('.github/pipelines/jenkins/vars/changeControl.groovy'))?.[1] ?? '';
  const file = read('.github/pipelines/jenkins/Jenkinsfile');
  const called =
    /^\s*(?:success \{ )?(?:sh '([^']*)'|changeControl command: '(\w+)', environment: '(\w+)', options: \[([^\]]*)\])/gm;
  return Array.from(file.matchAll(called), ([, sh, command = '', environment = '', options = '']) =>
    sh === undefined
      ? {
          shell: SH,
          script,
          environment: {
            CHANGE_COMMAND: command,
            CHANGE_ENVIRONMENT: environment,
            CHANGE_KEY: '',
            CHANGE_OPTIONS: Array.from(options.matchAll(/'([^']*)'/g), ([, one]) => one ?? '').join('\n'),
          },
        }
      : { shell: SH, script: sh, environment: {} },
  );
}

/** Atlantis' own steps are not run: only apply is shown by a file, so that it can be seen whether it would have been. */
export function atlantisSteps(): readonly Step[] {
  const workflow = at(yaml('.github/pipelines/atlantis.yaml'), 'workflows', 'change-control');
  return ['plan', 'apply'].flatMap((stage) =>
    at<(string | Yaml)[]>(workflow, stage, 'steps').flatMap((step) => {
      if (step === 'apply') return [{ shell: SH, script: './deploy.sh', environment: {} }];
      return typeof step === 'string' ? [] : [{ shell: SH, script: at<string>(step, 'run'), environment: {} }];
    }),
  );
}
