import type { Chapter } from '../case.ts'
import { parsers } from '../parsers.ts'

/** The tests of every parser of foreign bytes that make their inputs. */
const generated = Object.fromEntries(
  parsers
    .flatMap(({ rows }) => rows)
    .filter(({ listed }) => listed === undefined)
    .flatMap(({ tests }) => Object.entries(tests)),
)

/** What must not come out, what the code is made of, and where it may write. */
export const secrets: Chapter = {
  title: 'Secrets, parsers, supply',
  cases: [
    {
      id: '65',
      deed: 'marked passwords, tokens and credentials are sent well and badly, to every operation',
      expected: 'none stands in a log, an answer, a leaf, or in clear in a database',
      tests: {
        'apps/server/src/secrets.attack.test.ts': [],
        'e2e/attacks/leaks.long.test.ts': ['no password, session or token that was sent stands in a log or comes back'],
        'packages/probes/src/engine/prove.test.ts': [
          'keeps the credentials of a target out of everything that comes out',
        ],
      },
    },
    {
      id: '66',
      deed: 'every operation while a table, a right or the whole database is missing',
      expected: 'a sentence and a trace number: no stack, no SQL, no path',
      tests: {
        'e2e/attacks/leaks.long.test.ts': [
          'no refusal and no failure tells of stacks, queries, paths or addresses within',
        ],
        'apps/server/src/secrets.attack.test.ts': [
          'stands in no answer that refuses something, nor does a line of code or a query',
        ],
      },
    },
    {
      id: '67',
      deed: 'everything in the database is tried as a credential',
      expected: 'nothing of it opens anything',
      tests: {
        'apps/server/src/secrets.attack.test.ts': [
          'opens no session as it lies in the database',
          'lies in no database in clear',
        ],
        'apps/server/src/access/token.attack.test.ts': ['lies in the database as a hash only'],
        'apps/server/src/account/factor.attack.test.ts': ['is not given by what lies in the database'],
        'apps/server/src/subscription/subscription-links.attack.test.ts': [
          'keeps no token that could be used by whoever reads the database',
        ],
      },
    },
    {
      id: '68',
      deed: 'sealed values are moved, changed and opened with other keys; keys change while everybody works and are killed',
      expected: 'a value opens at its own place only; a change of keys loses nothing',
      tests: {
        'apps/server/src/platform/seal.test.ts': [],
        'apps/server/src/custody/keys.test.ts': [],
        'apps/server/src/custody/killed-rotation.test.ts': [],
      },
    },
    {
      id: '69',
      deed: 'installing from the lockfile without scripts; packing twice; starting in a network without a way out',
      expected: 'it works, exact versions, the same bytes',
      tests: {
        'scripts/install.test.ts': [],
        'scripts/pack-ledger.test.ts': [],
        'scripts/release/release.test.ts': [],
        'scripts/gates/gates.test.ts': ['plants a fault for every gate'],
        'e2e/faults/no-network.long.test.ts': [],
      },
    },
    {
      id: '70',
      deed: 'random and nearly right bytes at every parser of foreign input',
      expected: 'a result or a typed error, in bounded time',
      tests: {
        ...generated,
        'packages/ledger/src/canonical.test.ts': [],
        'packages/ledger/src/note.test.ts': [],
        'packages/ledger/src/proof.test.ts': [],
        'packages/ledger/src/policy.test.ts': [],
        'packages/ledger/src/leaf.test.ts': [],
        'packages/reader/src/property.test.ts': [],
        'packages/probes/src/engine/target.test.ts': [],
        'packages/probes/src/files/zip.test.ts': [],
        'packages/shield/src/hostile/shape.test.ts': [],
      },
      open: 'the share of mutants that the tests kill is measured for a part: drawn mutants of the ledger, of access and of tenancy (docs/reference/mutation.md), none of the parsers of documents, files and answers of systems',
    },
    {
      id: '71',
      deed: 'published vectors of trees, notes and signatures; every part and every neighbour of a key',
      expected: 'right ones hold, all others are refused',
      tests: {
        'packages/ledger/src/tree.test.ts': [],
        'packages/ledger/src/note.test.ts': [],
        'packages/ledger/src/batch.test.ts': [],
        'packages/ledger/src/interoperable.test.ts': [],
      },
    },
    {
      id: '72',
      deed: 'an installation starts, works and stops as a user who owns nothing but its data folder',
      expected: 'it works, and nothing of that user lies anywhere else',
      tests: { 'e2e/faults/least-privilege.long.test.ts': [] },
    },
  ],
}
