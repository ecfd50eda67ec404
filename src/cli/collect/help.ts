import { PROVIDERS } from '../api/choose';
import { JSON_FLAG, type Flag, type VerbHelp } from '../flags';
import { CHANGE_FLAGS, NOW_FLAG, VERBOSE_FLAG, waitFlag } from '../told';

const SCOPE: readonly Flag[] = [
  { name: 'since', takes: 'REF', says: 'the commit, branch or tag after which the commits belong to the change' },
  { name: 'first', says: 'nothing was deployed before: every commit belongs to it' },
  {
    name: 'deployment-tag',
    takes: 'PATTERN',
    says: 'tags that deployments leave behind, such as deployed/production/*: the newest but that of this one counts',
  },
  {
    name: 'head',
    takes: 'REF',
    says: 'the newest commit (HEAD; of a pull request its own, not the merge made for testing)',
  },
  { name: 'repository', takes: 'DIR', says: 'the git repository (the current folder)' },
  {
    name: 'allowed-signers',
    takes: 'FILE',
    says: 'SSH keys that may sign commits, as ssh-keygen reads them (as git is configured); OpenPGP keys are those of the keyring',
  },
  { name: 'no-commits', says: 'nothing of git: files, run and deployment alone' },
];

const PROVIDER: readonly Flag[] = [
  {
    name: 'api',
    takes: 'NAME',
    says: `whose API is asked for deployments, pull requests and reviews: ${PROVIDERS.join(', ')}, or none (the runner's, or that of the remote)`,
  },
  {
    name: 'api-url',
    takes: 'URL',
    says: "the API's address ($CHANGE_API_URL, or as the runner says, or the public one)",
  },
  {
    name: 'token-env',
    takes: 'NAME',
    says: 'the environment variable that holds the token (GITHUB_TOKEN, GITLAB_TOKEN or CI_JOB_TOKEN, BITBUCKET_ACCESS_TOKEN, SYSTEM_ACCESSTOKEN)',
  },
];

const glob = (name: string, says: string): Flag => ({ name, takes: 'GLOB', repeated: true, says });

const FILES: readonly Flag[] = [
  glob('artifact', 'what was built: by its SHA-256'),
  {
    name: 'artifact-digest',
    takes: 'DIGEST',
    repeated: true,
    says: 'what was built and lies elsewhere, such as an image: sha256:…, with =NAME behind or NAME@ before it',
  },
  glob('junit', 'test results'),
  glob('plan', 'a Terraform plan as terraform show -json prints it; what it marks as sensitive is taken out'),
  glob('configuration', 'what a system was configured as'),
  glob('log', 'a log of what was done'),
  glob('attestation', 'a signed attestation, such as one in DSSE'),
  glob('document', 'any other file that shows something'),
  { name: 'digests-only', says: 'hand in no file whole, each by its SHA-256' },
];

const OUTCOME: readonly Flag[] = [
  { name: 'state', takes: 'WORD', says: 'how the run ended, such as success' },
  {
    name: 'deployed',
    takes: 'WORD',
    says: 'this run is a deployment to the environment, and how it ended: success, failure',
  },
];

export const COLLECT_HELP: VerbHelp = {
  usage: 'collect [--change KEY] [--since REF] [--environment NAME] [--junit GLOB]… [--url URL]',
  about: `Gathers what a pipeline knows and hands it in as evidence of a change: the commits since the last deployment with their
people, times, messages, files and signatures; pull requests and reviews; the run; artifacts by their digests; test
results, plans, logs and other files whole. What was deployed last it finds out, in this order: --since, the provider's
record of deployments to the environment, --deployment-tag, the last successful run, the base of the pull request, what
the branch held before the push; and says which it was. What it could not get it says here and in what it hands in.
Handing in the same again adds nothing.`,
  flags: [
    ...CHANGE_FLAGS,
    ...SCOPE,
    ...PROVIDER,
    ...FILES,
    ...OUTCOME,
    {
      name: 'url',
      takes: 'URL',
      says: 'the address of the web trigger evidence-intake, with ?source=pipeline ($CHANGE_EVIDENCE_URL)',
    },
    {
      name: 'secret-env',
      takes: 'NAME',
      says: 'the environment variable that holds the secret (CHANGE_PIPELINE_SECRET)',
    },
    waitFlag('how long to try again while something is unavailable or limited, for each piece and for the API (60)'),
    { name: 'dry-run', says: 'show what would be sent, and send nothing; needs neither address nor secret' },
    NOW_FLAG,
    VERBOSE_FLAG,
    { ...JSON_FLAG, says: 'print what was sent, what is missing and the answers as JSON' },
  ],
  exit: [
    'all that was sought is stored',
    'something that was sought is missing (the rest is stored), or there was nothing to hand in',
    'could not be done; what was stored before stays',
  ],
};
