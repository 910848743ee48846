/** What crosses between the page and a worker. Every request has an id; its replies carry the same. */
import { ReadError } from '../pipeline/document.ts';

export type ToWorker<Request> =
  | { readonly type: 'request'; readonly id: number; readonly request: Request }
  /** Asks the running request to end by itself. */
  | { readonly type: 'stop'; readonly id: number };

export type FromWorker<Reply, Progress> =
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorData };

/** An error as data: classes do not cross. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly code: string | null;
}

export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { name: error.name, message: error.message, code };
}

/** A reading error becomes one again; every other keeps its name and message. */
export function dataToError({ name, message, code }: ErrorData): Error {
  if (name === 'ReadError' && code !== null) return new ReadError(code as ReadError['code'], message);
  const error = new Error(message);
  error.name = name;
  return error;
}
