import { JSON_FLAG, type VerbHelp } from '../flags';
import { VERBOSE_FLAG, waitFlag } from '../told';

export const MIRROR_HELP: VerbHelp = {
  usage: 'mirror --jira URL --project KEY… --state FILE [--folder DIR] [--s3 s3://BUCKET/PREFIX --retain-days N] …',
  about: `Copies evidence packs and the heads of their ledgers to stores of your own, with your own Jira token, and says when a ledger
went backwards or is another one than before. What was copied is remembered in a state file: run it as often as you like,
and keep that file where nobody who could alter Jira can. A receipt can go back as evidence, and a head can be stamped by a
time-stamping authority (RFC 3161).

With --check and --stamp it checks a time-stamp offline and does nothing else.`,
  flags: [
    { name: 'jira', takes: 'URL', says: 'the site, https://your-site.atlassian.net ($JIRA_URL)' },
    { name: 'user', takes: 'EMAIL', says: 'whose API token it is ($JIRA_USER; without it, it is sent as Bearer)' },
    { name: 'token-env', takes: 'NAME', says: 'the environment variable that holds the API token (JIRA_TOKEN)' },
    { name: 'project', takes: 'KEY', repeated: true, says: 'the changes of this project' },
    { name: 'jql', takes: 'QUERY', says: 'other changes than those of a project' },
    { name: 'state', takes: 'FILE', says: 'what was seen and copied before; made when it is not there' },
    {
      name: 'again',
      says: 'look once more whether every destination holds the newest heads and all packs, and put what is gone; the receipt says so',
    },
    {
      name: 'acknowledge',
      takes: 'NAME',
      repeated: true,
      says: 'a finding about packs, or a change that is gone, that you have looked into: told as a note from now on, and remembered in the state',
    },
    { name: 'folder', takes: 'DIR', says: 'a folder: each file is created once, made read-only and read back' },
    {
      name: 's3',
      takes: 's3://BUCKET/PREFIX',
      says: 'a bucket with Object Lock: put in compliance mode, and each version read back with its lock. Keys in $AWS_ACCESS_KEY_ID, $AWS_SECRET_ACCESS_KEY and $AWS_SESSION_TOKEN',
    },
    { name: 's3-endpoint', takes: 'URL', says: 'where the bucket is ($AWS_ENDPOINT_URL_S3, or AWS in its region)' },
    { name: 's3-region', takes: 'NAME', says: 'its region ($AWS_REGION, or us-east-1)' },
    { name: 'retain-days', takes: 'N', says: 'for how many days the bucket keeps each copy locked; needed with --s3' },
    { name: 'splunk', takes: 'URL', says: "an HTTP Event Collector of Splunk's" },
    { name: 'splunk-index', takes: 'NAME', says: "its index (the token's own)" },
    {
      name: 'splunk-token-env',
      takes: 'NAME',
      says: "the environment variable that holds the collector's token (SPLUNK_HEC_TOKEN)",
    },
    { name: 'elasticsearch', takes: 'URL', says: 'an Elasticsearch cluster' },
    { name: 'elasticsearch-index', takes: 'NAME', says: 'its index or data stream (change-control-mirror)' },
    {
      name: 'elasticsearch-key-env',
      takes: 'NAME',
      says: 'the environment variable that holds the encoded API key, if one is needed (ELASTIC_API_KEY)',
    },
    { name: 'ocsf', takes: 'FILE', says: 'a file to which OCSF events are added, one a line' },
    { name: 'tsa', takes: 'URL', says: 'a time-stamping authority (RFC 3161) that stamps each new head' },
    { name: 'tsa-root', takes: 'FILE', says: 'the root certificates to believe, PEM; needed with --tsa and --check' },
    { name: 'tsa-policy', takes: 'OID', says: 'the policy to ask for (whatever the authority has)' },
    {
      name: 'evidence-url',
      takes: 'URL',
      says: 'the web trigger evidence-intake with ?source=pipeline, to which receipts go back ($CHANGE_EVIDENCE_URL, or no receipts)',
    },
    {
      name: 'secret-env',
      takes: 'NAME',
      says: 'the environment variable that holds the secret for receipts (CHANGE_PIPELINE_SECRET)',
    },
    { name: 'check', takes: 'FILE', says: 'check offline that --stamp is a time-stamp of this file under --tsa-root' },
    { name: 'stamp', takes: 'FILE', says: 'the time-stamp response that --check checks' },
    waitFlag('how long to ask a server again that cannot answer now (60)'),
    VERBOSE_FLAG,
    { ...JSON_FLAG, says: 'print copies, receipts, time-stamps, findings and failures as JSON' },
  ],
  exit: [
    'everything is copied and agrees with what was seen before, or the time-stamp holds',
    'something does not agree, such as a ledger that went backwards, or the time-stamp does not hold',
    'not everything could be read, copied, stamped or handed in; run it again',
  ],
};
