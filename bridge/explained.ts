import { describeBindError } from './describeBindError.ts';
import { StartError } from './StartError.ts';

/** Adds to an error what could not be done because of it. @throws StartError */
export async function explained<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new StartError(`${what}: ${describeBindError(error as NodeJS.ErrnoException)}.`, { cause: error });
  }
}
