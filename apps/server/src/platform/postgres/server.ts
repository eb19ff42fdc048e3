/** Who connects. */
export interface Credential {
  readonly user: string
  readonly password: string
}

/** A PostgreSQL server we may administer: the embedded one or an external one. */
export interface PostgresServer {
  /** Ours alone; an external server may have other users, whose databases we do not touch. */
  readonly embedded: boolean
  /** As in 18.4. */
  readonly version: string
  /** The administrator: creates databases and roles. Fixed roles derive their passwords from this one's. */
  readonly administrator: Credential
  readonly superuser: boolean
  /** The database to connect to for work on the whole server. */
  readonly maintenance: string
  /** A connection string for `pg`, by default the administrator's. It holds the password: never log it. */
  url(database: string, as?: Credential): string
}
