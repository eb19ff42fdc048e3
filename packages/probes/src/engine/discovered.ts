import type { Text } from './text.ts'

/** What can be discovered, by the connectors that would look at one: a discovered server is looked at by `host`. */
export const discoverableKinds = {
  server: ['host', 'ports', 'versions'],
  database: ['postgres'],
  repository: ['git', 'github', 'bitbucket', 'sarif', 'dependencies'],
  storage: ['s3', 'azure', 'hetzner', 'backup'],
  vault: ['azure'],
  application: ['app', 'entra', 'azure', 'forge', 'http'],
} as const

/** A kind of system that connectors discover. */
export type DiscoverableKind = keyof typeof discoverableKinds

/** A system of which the facts of another one tell. */
export type Discovered = {
  readonly kind: DiscoverableKind
  /** Names it within what told of it, and stays when it is renamed. */
  readonly key: string
  /** For people; never that of a person. */
  readonly name: string
  /** It is the system itself that told of it. */
  readonly own?: boolean
}

/** How many of a kind, in words. */
export const kindWords: Readonly<Record<DiscoverableKind, { readonly one: Text; readonly many: Text }>> = {
  server: { one: { en: 'server', de: 'Server' }, many: { en: 'servers', de: 'Server' } },
  database: { one: { en: 'database', de: 'Datenbank' }, many: { en: 'databases', de: 'Datenbanken' } },
  repository: { one: { en: 'repository', de: 'Repository' }, many: { en: 'repositories', de: 'Repositorys' } },
  storage: { one: { en: 'storage', de: 'Speicher' }, many: { en: 'storages', de: 'Speicher' } },
  vault: { one: { en: 'key vault', de: 'Schlüsseltresor' }, many: { en: 'key vaults', de: 'Schlüsseltresore' } },
  application: { one: { en: 'application', de: 'Anwendung' }, many: { en: 'applications', de: 'Anwendungen' } },
}
