/** Who connects. */
export interface Credential {
  readonly user: string
  readonly password: string
}

/** A PostgreSQL server we may administer: the embedded one or an external one. */
export interface PostgresServer {
  /** As in 18.4. */
  readonly version: string
  /** The role that creates databases and roles. */
  readonly user: string
  readonly superuser: boolean
  /** The database to connect to for work on the whole server. */
  readonly maintenance: string
  /** A connection string for `pg`; without a credential it is the administrator's. It holds the password: never log it. */
  url(database: string, as?: Credential): string
  /** The secret of the administrator: passwords of fixed roles are derived from it. */
  readonly password: string
}
