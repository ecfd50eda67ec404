/** The two scripts in .github, run with the real tools: Terraform behind the gate, and a provider with a shell alone. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { readEnvelope, type Envelope } from '../../../../src/providers/pipeline/envelope';
import { readFile, readersTrusting } from '../../../../src/readers/readers';
import { NO_TRUST } from '../../../../src/readers/signature/trust';
import { TestRepository } from '../repository';
import { SECRET, WebTrigger } from '../web-trigger';

const repository = new TestRepository();
const trigger = new WebTrigger();
const bare = process.env['PATH'] ?? '';
beforeAll(() => trigger.start());
afterAll(async () => {
  await trigger.stop();
  repository.remove();
});

const ran = (script: string, args: readonly string[], environment: Readonly<Record<string, string>>) =>
  new Promise<{ readonly status: number; readonly output: string }>((done) => {
    const env = { PATH: bare, HOME: repository.root, ...environment };
    execFile('sh', [resolve(script), ...args], { cwd: repository.folder, env }, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
    });
  });
const envelopes = (): Envelope[] =>
  trigger.bodies.flatMap((body) => {
    const document = JSON.parse(body) as object;
    const read = 'kind' in document ? readEnvelope(document) : undefined;
    if (read?.ok === false) throw new Error(read.reason);
    return read === undefined ? [] : [read.envelope];
  });
const yes = [200, { verdict: 'allowed', result: 'accepted' }] as const;

describe('a provider with a shell, curl and OpenSSL', () => {
  const COMMITS = ['a1'.repeat(20), 'b2'.repeat(20)];
  const key = join(repository.root, 'key.pem');
  execFileSync('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key]);
  const environment = (): Record<string, string> => ({
    INTAKE_URL: `${trigger.url}?source=pipeline`,
    INTAKE_SECRET: SECRET,
    ACTOR: 'Dana Reyes',
    SIGNING_KEY: key,
    DEPLOYMENT: 'acme-2026-03-02',
    TRIES: '1',
  });
  const told = ['CHG-7', 'production', '2026-03-02T09:00:00Z', '2026-03-02T09:20:00Z', 'success', ...COMMITS];
  const script = '.github/pipelines/managed-provider.sh';

  it('hands in commits, times and an attestation that its key signs', async () => {
    trigger.plan(yes);
    expect(await ran(script, told, environment())).toEqual({
      status: 0,
      output: 'stored: commits, deployment, attestation of CHG-7\n',
    });
    const about = { change: 'CHG-7', environment: 'production', commits: COMMITS, actor: { name: 'Dana Reyes' } };
    expect(envelopes()).toMatchObject([
      { kind: 'commit', change: 'CHG-7', commits: COMMITS },
      { ...about, kind: 'deployment-status', state: 'success', claimedAt: '2026-03-02T09:20:00Z' },
      { ...about, kind: 'attestation' },
    ]);
    const [content] = envelopes()[2]?.contents ?? [];
    const bytes = Buffer.from(content !== undefined && 'base64' in content ? content.base64 : '', 'base64');
    const pem = execFileSync('openssl', ['ec', '-in', key, '-pubout'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const trust = { ...NO_TRUST, keys: [{ name: 'Acme MSP', pem }] };
    const file = { name: 'a.json', mediaType: null, bytes, digest: createHash('sha256').update(bytes).digest('hex') };
    expect(readFile(file, readersTrusting(trust))).toMatchObject({
      outcome: 'read',
      format: 'dsse',
      statements: [{ state: 'verified', commits: COMMITS }],
    });
  });

  it('handed in again it is the same, byte for byte', async () => {
    trigger.plan(yes);
    await ran(script, told, environment());
    await ran(script, told, environment());
    expect(trigger.bodies.slice(0, 3)).toEqual(trigger.bodies.slice(3));
    expect(trigger.bodies).toHaveLength(6);
  });

  it.each([
    ['one character', 'k'],
    ['quotes, a dollar and a backslash', String.raw`it's "$HOME" \n`],
    ['bytes that cancel the pad', '6666'],
    ['other letters', 'schlüssel'],
    ['a whole block', 'x'.repeat(64)],
    ['more than a block', 'x'.repeat(65)],
  ])('signs as OpenSSL does under a secret of %s', (_, secret) => {
    const functions = /^hmac\(\)[\s\S]*?(?=^base64_of)/m.exec(readFileSync(script, 'utf8'))?.[0] ?? '';
    const signed = execFileSync('sh', ['-c', `${functions}\nhmac`], {
      input: 'a body',
      encoding: 'utf8',
      env: { ...process.env, INTAKE_SECRET: secret },
    });
    expect(signed.trim()).toBe(createHmac('sha256', secret).update('a body').digest('hex'));
  });

  it('shows its secret to no program that it starts', async () => {
    const folder = join(repository.root, 'shown');
    mkdirSync(folder);
    for (const program of ['openssl', 'curl', 'od', 'cut', 'tr', 'fold', 'date']) {
      const real = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
      const text = `#!/bin/sh\nprintf '%s\\n' "$0 $*" >>'${join(folder, 'started')}'\nexec ${real} "$@"\n`;
      writeFileSync(join(folder, program), text, { mode: 0o755 });
    }
    trigger.plan(yes);
    const { status } = await ran(script, told, {
      ...environment(),
      PATH: `${folder}:${bare}`,
    });
    const started = readFileSync(join(folder, 'started'), 'utf8');
    expect(status).toBe(0);
    expect(started).toMatch(/openssl dgst -sha256/);
    expect(started).toMatch(/curl/);
    expect(started).not.toContain(SECRET);
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['a quote in a word', ['CHG-7', 'pro"duction', ...told.slice(2)], {}, /not a plain word/],
    ['too little', told.slice(0, 5), {}, /usage/],
    ['no secret', told, { INTAKE_SECRET: '' }, /INTAKE_SECRET/],
    ['a secret that is wrong', told, { INTAKE_SECRET: 'guess' }, /refused: HTTP 401/],
    ['nobody there', told, { INTAKE_URL: 'http://127.0.0.1:9/' }, /not stored: HTTP 000/],
  ])('says what is wrong: %s', async (_, args, more, why) => {
    trigger.plan(yes);
    const { status, output } = await ran(script, args, { ...environment(), ...more });
    expect([status, output]).toEqual([2, expect.stringMatching(why)]);
    expect(output).not.toContain(SECRET);
    expect(trigger.bodies).toEqual([]);
  });
});

const hasTerraform = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;
if (!hasTerraform) console.warn('terraform is not here: terraform.sh was not run.');

(hasTerraform ? describe : describe.skip)('Terraform behind the gate', () => {
  beforeAll(() => {
    repository.commit('CHG-7 one more rule', {
      'main.tf':
        'variable "password" {\n  sensitive = true\n}\nresource "terraform_data" "rule" {\n  input = { port = 443, password = var.password }\n}\n',
      '.gitignore': '.terraform*\nterraform.tfstate*\n.change-plan\ntools\n',
    });
    mkdirSync(join(repository.folder, 'tools'));
    const outfile = join(repository.folder, 'tools/change-control.cjs');
    buildSync({
      entryPoints: ['src/cli/main.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
    });
  });
  const environment = () => ({
    CHANGE_EVIDENCE_URL: trigger.url,
    CHANGE_GATE_URL: trigger.url,
    CHANGE_PIPELINE_SECRET: SECRET,
    CHANGE_GATE_SECRET: SECRET,
    CHANGE_ENVIRONMENT: 'production',
    CHANGE_ACTOR: 'dana',
    TF_VAR_password: 'planted-in-terraform',
    BUILD_TAG: 'jenkins-1',
    GIT_PREVIOUS_SUCCESSFUL_COMMIT: repository.git('rev-parse', 'HEAD'),
  });
  const script = '.github/pipelines/terraform.sh';
  const whole = (kind: Envelope['kind']): string => {
    const [content] = envelopes().find((one) => one.kind === kind && one.contents !== undefined)?.contents ?? [];
    return content !== undefined && 'text' in content ? content.text : '';
  };
  const state = join(repository.folder, 'terraform.tfstate');

  it('hands in the plan, asks about exactly this plan, applies it, and hands in what is then', async () => {
    trigger.plan(yes);
    expect(await ran(script, ['plan'], environment())).toMatchObject({ status: 0 });
    expect(JSON.parse(whole('configuration-difference'))).toMatchObject({
      resource_changes: [{ address: 'terraform_data.rule', change: { actions: ['create'] } }],
    });
    const planned = envelopes().find(({ kind }) => kind === 'artifact')?.artifacts;
    expect(trigger.bodies.join('')).not.toContain('planted-in-terraform');

    trigger.plan([409, { verdict: 'blocked-not-approved' }]);
    expect(await ran(script, ['apply'], environment())).toMatchObject({ status: 1 });
    expect(existsSync(state)).toBe(false);

    trigger.plan(yes);
    expect(await ran(script, ['apply'], environment())).toMatchObject({ status: 0 });
    const question = JSON.parse(trigger.bodies[0] ?? '') as { artifacts: string[] };
    expect(planned).toMatchObject([{ digest: question.artifacts[0] }]);
    expect(readFileSync(state, 'utf8')).toContain('terraform_data');
    expect(JSON.parse(whole('configuration-state'))).toMatchObject({
      values: { root_module: { resources: [{ address: 'terraform_data.rule', values: { input: { port: 443 } } }] } },
    });
    expect(whole('execution-log')).toMatch(/Apply complete! Resources: 1 added/);
    expect(envelopes().find(({ kind }) => kind === 'deployment-status')).toMatchObject({ state: 'success' });
    expect(trigger.bodies.join('')).not.toContain('planted-in-terraform');
  });

  it('an apply that fails is handed in as such, and fails', async () => {
    writeFileSync(join(repository.folder, '.change-plan/tfplan'), 'no plan');
    trigger.plan(yes);
    expect((await ran(script, ['apply'], environment())).status).not.toBe(0);
    expect(envelopes().find(({ kind }) => kind === 'deployment-status')).toMatchObject({ state: 'failure' });
  });
});
