import type { Given } from '../../flags';
import { filled } from '../../told';
import { addressOf, OptionProblem, secretOf, tokenAddressOf } from '../options';
import type { Asking } from '../request';
import type { Destination } from './destination';
import { elasticsearchDestination } from './elasticsearch';
import { folderDestination } from './folder';
import { ocsfDestination } from './ocsf';
import { s3Destination } from './s3';
import { splunkDestination } from './splunk';

const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([A-Za-z0-9._/-]*))?$/;
const MAX_DAYS = 36_500;

/** The destinations that were named. A new kind is a file beside this one, its flags, and a line here. */
export function destinationsOf(told: Given, asking: Asking): readonly Destination[] {
  const [folder, ocsf] = [told.text('folder'), told.text('ocsf')];
  return [
    ...(folder === undefined ? [] : [folderDestination(folder)]),
    ...s3Of(told, asking),
    ...splunkOf(told, asking),
    ...elasticsearchOf(told, asking),
    ...(ocsf === undefined ? [] : [ocsfDestination(ocsf, asking.rim)]),
  ];
}

function s3Of(told: Given, asking: Asking): readonly Destination[] {
  const at = told.text('s3');
  if (at === undefined) return [];
  const { environment } = asking.rim;
  const [, bucket, prefix = ''] = BUCKET.exec(at) ?? [];
  if (bucket === undefined) throw new OptionProblem('--s3 is s3://BUCKET or s3://BUCKET/PREFIX.');
  const days = told.text('retain-days') ?? '';
  if (!/^[1-9]\d{0,4}$/.test(days) || Number(days) > MAX_DAYS)
    throw new OptionProblem(
      `--retain-days is a number of days from 1 to ${MAX_DAYS}. Nobody can shorten it afterwards, so there is no default.`,
    );
  const region = told.text('s3-region') ?? filled(environment['AWS_REGION']) ?? 'us-east-1';
  const endpoint = told.text('s3-endpoint') ?? filled(environment['AWS_ENDPOINT_URL_S3']);
  return [
    s3Destination(
      {
        endpoint: addressOf(endpoint ?? `https://s3.${region}.amazonaws.com`, 's3-endpoint'),
        region,
        bucket,
        prefix: prefix.replace(/^\/+|\/+$/g, ''),
        accessKeyId: secretOf(environment, 'AWS_ACCESS_KEY_ID'),
        secretAccessKey: secretOf(environment, 'AWS_SECRET_ACCESS_KEY'),
        sessionToken: filled(environment['AWS_SESSION_TOKEN']),
        retainDays: Number(days),
      },
      asking,
    ),
  ];
}

function splunkOf(told: Given, asking: Asking): readonly Destination[] {
  const url = told.text('splunk');
  if (url === undefined) return [];
  const token = secretOf(asking.rim.environment, told.text('splunk-token-env') ?? 'SPLUNK_HEC_TOKEN');
  return [splunkDestination({ url: tokenAddressOf(url, 'splunk'), token, index: told.text('splunk-index') }, asking)];
}

function elasticsearchOf(told: Given, asking: Asking): readonly Destination[] {
  const url = told.text('elasticsearch');
  if (url === undefined) return [];
  const index = told.text('elasticsearch-index') ?? 'change-control-mirror';
  if (!/^[a-z0-9][a-z0-9._-]{0,200}$/.test(index))
    throw new OptionProblem('--elasticsearch-index is the name of an index or data stream, in small letters.');
  const named = told.text('elasticsearch-key-env');
  const { environment } = asking.rim;
  const apiKey = named === undefined ? filled(environment['ELASTIC_API_KEY']) : secretOf(environment, named);
  const address = apiKey === undefined ? addressOf(url, 'elasticsearch') : tokenAddressOf(url, 'elasticsearch');
  return [elasticsearchDestination({ url: address, index, apiKey }, asking)];
}
