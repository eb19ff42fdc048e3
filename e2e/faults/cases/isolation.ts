import type { Chapter } from '../case.ts'

/** Other tenants, lower roles, removed people, races between those who may. */
export const isolation: Chapter = {
  title: 'Tenants and rights',
  cases: [
    {
      id: '38',
      deed: 'every operation with ids of what really exists elsewhere, by strangers, lower roles, removed people, dead and foreign tokens',
      expected: 'not found or refused; an operation that nobody tried fails the run',
      tests: {
        'e2e/attacks/access.test.ts': [],
        'apps/server/src/operations.test.ts': [],
        'apps/server/src/operations.tenant.a-e.test.ts': [],
        'apps/server/src/operations.tenant.f-o.test.ts': [],
        'apps/server/src/operations.tenant.p-z.test.ts': [],
        'apps/server/src/operations.tenant-permissions.a-e.test.ts': [],
        'apps/server/src/operations.tenant-permissions.f-o.test.ts': [],
        'apps/server/src/operations.tenant-permissions.p-z.test.ts': [],
        'apps/server/src/operations.own.test.ts': [],
        'apps/server/src/portal/history.attack.test.ts': [],
        'apps/server/src/isolation/api.attack.test.ts': [],
      },
    },
    {
      id: '39',
      deed: 'the login of a tenant tries to reach another: connect, change role, read files, run programs, look at who works',
      expected: 'permission denied, nothing of the other can even be named',
      tests: {
        'apps/server/src/platform/postgres/isolation.test.ts': [],
        'apps/server/src/isolation/database.attack.test.ts': [],
        'apps/server/src/isolation/isolation.attack.test.ts': [],
      },
    },
    {
      id: '40',
      deed: 'people of many tenants ask at the same time, break off and send errors',
      expected: 'no answer holds a word of another tenant',
      tests: { 'e2e/faults/many-tenants.test.ts': [], 'apps/server/src/platform/postgres/pools.test.ts': [] },
    },
    {
      id: '41',
      deed: 'the same address is asked for by others, with the marks of a cached answer',
      expected: 'nobody is handed the answer of somebody else, and nothing private may be kept',
      tests: {
        'e2e/attacks/requests.long.test.ts': [
          'no answer to somebody who is signed in is kept for, or given to, somebody else',
        ],
        'apps/server/src/portal/cache.test.ts': [],
      },
    },
    {
      id: '42',
      deed: 'fields that no operation has in every body and query: tenant, role, id, prototype',
      expected: 'refused, nothing is changed',
      tests: {
        'e2e/attacks/access.test.ts': [],
        'apps/server/src/operations.own.test.ts': ['refuses fields that it does not know'],
      },
    },
    {
      id: '43',
      deed: 'a role is lowered or taken away while its sessions, streams and uploads are open',
      expected: 'the next request is refused, streams end; the last owner stays',
      tests: {
        'apps/server/src/access/member.attack.test.ts': [],
        'apps/server/src/access/token.attack.test.ts': [
          'also for a stream that is open and a body that is still arriving, within a second',
        ],
        'apps/server/src/http/http.attack.test.ts': [
          'ends when the role of who watches is taken away, and says nothing of it',
        ],
        'apps/server/src/directory/leaving.attack.test.ts': [],
        'apps/server/src/access/grant.attack.test.ts': [],
      },
    },
    {
      id: '44',
      deed: 'links and invitations are used twice, late, by others, guessed, replaced',
      expected: 'each counts once, for its purpose and person; the database holds hashes',
      tests: {
        'apps/server/src/access/member.attack.test.ts': [],
        'apps/server/src/account/account.attack.test.ts': [],
        'apps/server/src/account/recovery.attack.test.ts': [],
        'apps/server/src/subscription/subscription-links.attack.test.ts': [],
      },
    },
    {
      id: '45',
      deed: 'a tenant is deleted, and its words are looked for in every file and table',
      expected: 'found nowhere; a deletion that was killed is ended by the next start',
      tests: {
        'apps/server/src/evidence/closing-traces.attack.test.ts': [],
        'apps/server/src/evidence/closing.attack.test.ts': [],
        'apps/server/src/evidence/closing-crash.attack.test.ts': [],
      },
    },
    {
      id: '46',
      deed: 'two do at the same moment what only one may: publish, accept, approve, use the last place',
      expected: 'exactly one wins, the other is told so',
      tests: {
        'e2e/faults/races.test.ts': [],
        'apps/server/src/edition/signing.attack.test.ts': [
          'gives each a number of its own when two sign at the same moment',
        ],
        'apps/server/src/access/member.attack.test.ts': [
          'lets exactly one of ten win who use it at the same moment',
          'stays when two owners remove or lower each other at the same moment',
        ],
        'apps/server/src/access/manage.attack.test.ts': ['goes to one of those who want it at the same moment'],
        'apps/server/src/finding/finding.attack.test.ts': [
          'are excepted once, however many declare at the same moment',
        ],
        'apps/server/src/notification/webhook.attack.test.ts': ['fills no more than ten, even at the same moment'],
      },
    },
  ],
}
