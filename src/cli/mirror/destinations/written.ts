import { nodeFailure } from '../../outcome';
import type { Copy } from '../copy';
import { DestinationProblem, type Receipt } from './destination';

/**
 * Puts a copy into a file by `put`, which reads it back and answers whether it was there before.
 *
 * @throws DestinationProblem of `put`, and `refused` where the file system does not let it be written.
 */
export async function written(
  destination: string,
  path: string,
  { sha256 }: Copy,
  put: () => Promise<boolean>,
): Promise<Receipt> {
  try {
    const already = await put();
    return { destination, where: path, sha256, proof: 'read-back', already };
  } catch (error) {
    const failure = nodeFailure(error);
    if (failure === undefined || error instanceof DestinationProblem) throw error;
    throw new DestinationProblem('refused', `${path} cannot be written: ${failure.message}`);
  }
}
