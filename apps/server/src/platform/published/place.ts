import { join } from 'node:path'

/** The one file that is replaced. */
export const rootName = 'published.json'

/** Where a file lies in the folder. */
export function pathOfHash(hash: string): string {
  return join('files', hash.slice(0, 2), hash)
}

/** Whether an error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
