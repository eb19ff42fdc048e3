import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { superuser } from './cluster.ts'
import { programVersion } from './program.ts'
import { socketUrl } from './start.ts'

/** The embedded server as it is found, by whoever did not start it. Nothing is started and nothing is written. */
export interface FoundPostgres {
  /** Of the program that comes with this release. */
  readonly version: string
  /** Where a database of the running server is reached; null: it does not run. @param database its name */
  url(database: string): string | null
}

/** Looks at the folder of an embedded server. @throws what the disk says, as for a password that may not be read */
export function findPostgres(folder: string): FoundPostgres {
  return {
    version: programVersion(),
    url(database) {
      const socketFolder = socketFolderIn(folder)
      if (socketFolder === null) return null
      const password = readFileSync(join(folder, 'password'), 'utf8').trim()
      return socketUrl(socketFolder, database, { user: superuser, password })
    },
  }
}

/** The fifth line of `postmaster.pid`. @source PostgreSQL, src/include/utils/pidfile.h */
function socketFolderIn(folder: string): string | null {
  try {
    const lines = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
    return lines[4] || null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
