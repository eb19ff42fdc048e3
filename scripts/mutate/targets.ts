/** A part of the product whose tests are tried by mutants, and which tests those are. */
export interface Target {
  readonly name: string
  /** What of it this is; one name may stand for several. */
  readonly about: string
  /** Sources, as paths from the root. */
  readonly files: readonly string[]
  /** Tests, as paths or globs: those that are meant to look at these sources and are quick. */
  readonly tests: readonly string[]
  /** Whether the tests need PostgreSQL. */
  readonly database: boolean
  /** Mutants of a file at most: a run is to end within an hour or two on two cores. */
  readonly most: number
  /** Time of the processor that a file of tests may take in any case, in milliseconds; usually {@link leastMs}. */
  readonly leastMs?: number
}

const ledger = (names: string, ending: string): string[] =>
  names.split(' ').map((name) => `packages/ledger/src/${name}${ending}`)

/** What `npm run mutate` knows by name: where a wrong decision would be worst. */
export const targets: readonly Target[] = [
  {
    name: 'ledger',
    about: 'trees, proofs, encodings, notes, leaves',
    files: ledger(
      'tree proof canonical bytes note checkpoint batch tiles policy commitment leaf witness rotation',
      '.ts',
    ),
    tests: ledger('tree proof canonical bytes note batch tiles policy leaf witness rotation', '.test.ts'),
    database: false,
    most: 100,
  },
  {
    name: 'ledger',
    about: 'bundles and claims, whose tests make whole logs and take longer',
    files: ledger('anchor vouching succession claim claim-check bundle', '.ts'),
    tests: ledger('succession claim bundle witnessed-bundle example', '.test.ts'),
    database: false,
    most: 100,
  },
  {
    name: 'access',
    about: 'the table of roles, the form of tokens',
    files: ['apps/server/src/kernel/permission.ts', 'apps/server/src/access/token-text.ts'],
    tests: ['apps/server/src/kernel/permission.test.ts', 'apps/server/src/access/token-text.test.ts'],
    database: false,
    most: 100,
  },
  {
    name: 'access',
    about: 'the doors of a tenant, and whatever gives or takes a right, on a real server with PostgreSQL',
    files: [
      'apps/server/src/evidence/doors.ts',
      'apps/server/src/http/caller.ts',
      'apps/server/src/access/tokens.ts',
      'apps/server/src/access/token.ts',
      'apps/server/src/access/member.ts',
      'apps/server/src/access/grant.ts',
      'apps/server/src/access/manage.ts',
      'apps/server/src/access/invitation.ts',
    ],
    tests: ['apps/server/src/access/*.attack.test.ts', 'apps/server/src/evidence/shown-role.attack.test.ts'],
    database: true,
    most: 40,
  },
  {
    name: 'tenancy',
    about: 'how a tenant, its logs, its database, its schema and its login are called',
    files: [
      'apps/server/src/tenant/tenant.ts',
      'apps/server/src/platform/postgres/layout.ts',
      'apps/server/src/platform/database-servers.ts',
    ],
    tests: [
      'apps/server/src/tenant/tenant.test.ts',
      'apps/server/src/platform/postgres/layout.test.ts',
      'apps/server/src/platform/database-servers.test.ts',
    ],
    database: false,
    most: 100,
  },
  {
    name: 'tenancy',
    about: 'how a request gets its tenant, and how that is found, on a real server with PostgreSQL',
    files: ['apps/server/src/evidence/tenants.ts', 'apps/server/src/tenant/registry.ts'],
    tests: ['apps/server/src/access/{grant,manage,member}.attack.test.ts'],
    database: true,
    most: 40,
  },
]
