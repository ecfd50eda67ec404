import * as z from '#zod';
import { answerGate as answer } from '../handlers/answer-gate';
import { takeInEvidence as takeIn } from '../handlers/take-in-evidence';
import { ports } from './ports';

export async function takeInEvidence(request: unknown) {
  const { headers, body, queryParameters, method } = webRequest.parse(request);
  return { outputKey: await takeIn(ports, { method, headers, body, query: queryParameters }) };
}

export async function answerGate(request: unknown) {
  const { headers, body, queryParameters, method } = webRequest.parse(request);
  return { outputKey: await answer(ports, { method, headers, body, query: queryParameters }) };
}

const lists = z.lazy(() => z.catch(z.record(z.string(), z.array(z.string())), {}));
const webRequest = z.lazy(() =>
  z.looseObject({
    method: z.catch(z.string(), 'POST'),
    headers: lists,
    body: z.catch(z.string(), ''),
    queryParameters: lists,
  }),
);
