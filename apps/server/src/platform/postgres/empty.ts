import { readMigrations } from '../migrate.ts'
import { alone, exists, withClient } from './administration.ts'
import type { DatabasesOptions } from './databases.ts'
import { controlLogin, ensureRoles } from './roles.ts'
import { ensureShared } from './schemas.ts'
import { openScratches } from './scratch.ts'
import type { Scratches } from './scratch.ts'
import type { Credential, PostgresServer } from './server.ts'
import { ensureTemplate } from './template.ts'

/** A server on which an installation is to be restored. */
export interface EmptyServer {
  readonly scratches: Scratches
  /** The login of the control database, which has its name. */
  readonly control: Credential
  /** Whether there is no control database: the installation is there when that is. */
  isEmpty(): Promise<boolean>
}

/** Looks at a server on which nothing of the installation is to be. Nothing is made. */
export function openEmptyServer(server: PostgresServer, options: DatabasesOptions): EmptyServer {
  const prefix = options.prefix ?? 'art32'
  const tenant = readMigrations(options.tenantMigrations)
  const control = controlLogin(server, prefix)
  const onServer = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(server.url(server.maintenance), work)
  const made = <T>(work: Parameters<typeof withClient<T>>[1]) =>
    onServer((client) =>
      alone(client, async () => {
        await ensureRoles(client, server)
        return await work(client)
      }),
    )
  const template = () => made((client) => ensureTemplate(client, server, options.templatePrefix ?? prefix, tenant))
  const shared = () =>
    made((client) => ensureShared(client, server, prefix, (database, work) => withClient(server.url(database), work)))
  return {
    scratches: openScratches(
      server,
      prefix,
      { control: readMigrations(options.controlMigrations), tenant },
      { template, shared },
    ),
    control,
    isEmpty: async () => !(await onServer((client) => exists(client, 'database', control.user))),
  }
}
