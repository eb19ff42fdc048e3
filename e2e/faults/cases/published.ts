import type { Chapter } from '../case.ts'

const doors = { 'apps/server/src/account/doors.attack.test.ts': [] }
const noProvider = 'art32 is nobody’s provider of sign-ins: it has no device flow, no OAuth server and no MCP sign-in'

/** Weaknesses that became known in what art32 is built on and in products like it: each as a class that is tried here. */
export const published: Chapter = {
  title: 'Published weaknesses',
  cases: [
    {
      id: 'CVE-2025-61928',
      deed: 'better-auth: a stranger makes an API key for anybody',
      expected: 'its doors for keys are not there; tokens of art32 are made by their own person in a session alone',
      tests: { ...doors, 'apps/server/src/access/token.attack.test.ts': [] },
    },
    {
      id: 'CVE-2026-45364',
      deed: 'better-auth: guessing goes on under other addresses of one IPv6 network, or other spellings',
      expected: 'a household counts once, however it is spelled',
      tests: {
        'apps/server/src/account/guessing.attack.test.ts': [
          'counts a household of IPv6 once, whatever address it takes and however it is spelled',
          'counts an address once, however it is spelled',
        ],
        'apps/server/src/account/network.test.ts': [],
        'e2e/attacks/guessing.long.test.ts': [],
      },
    },
    {
      id: 'GHSA-xg6x-h9c9-2m83',
      deed: 'better-auth: a cached session in a cookie goes around the second factor',
      expected: 'no cookie caches a session',
      tests: {
        'apps/server/src/account/factor.attack.test.ts': [
          'is not passed by any cookie that caches a session (GHSA-xg6x-h9c9-2m83)',
          'gives no session before it',
        ],
      },
    },
    {
      id: 'GHSA-g38m-r43w-p2q7',
      deed: 'better-auth: an account of a provider is joined to one that has its mail address',
      expected: 'no account is got by its mail address, proven or not',
      tests: {
        'apps/server/src/directory/sign-in.attack.test.ts': [
          'never gets an existing account by its mail address, proven or not',
        ],
        'e2e/attacks/single-sign-on.test.ts': [],
      },
    },
    {
      id: 'GHSA-2vg6-77g8-24mp',
      deed: 'better-auth: sessions outlive the deletion of their person',
      expected: 'they end with it',
      tests: {
        'apps/server/src/privacy/erasure.attack.test.ts': [
          'finds the person nowhere afterwards, and every ledger and bundle still holds',
        ],
        'apps/server/src/directory/leaving.attack.test.ts': [],
      },
    },
    {
      id: 'GHSA-fmh4-wcc4-5jm3',
      deed: 'better-auth: an invitation is taken by somebody it is not for',
      expected: 'the account that it names and no other',
      tests: {
        'apps/server/src/access/member.attack.test.ts': [
          'is accepted by the existing account that it names and by no other',
        ],
      },
    },
    {
      id: 'CVE-2026-45337, GHSA-cq3f-vc6p-68fh',
      deed: 'better-auth: the device flow hands out sessions',
      expected: 'there is none',
      tests: doors,
      absent: noProvider,
    },
    {
      id: 'CVE-2026-41427, GHSA-7w99, -392p, -p2fr, -86j7, -9h47',
      deed: 'better-auth: holes of its OAuth, OpenID and MCP provider',
      expected: 'there is none',
      tests: doors,
      absent: noProvider,
    },
    {
      id: 'GHSA-j8v8-g9cx-5qf4, better-auth #8843',
      deed: 'better-auth: a directory (SCIM) reaches people of others',
      expected: 'its own tenant, and nothing else',
      tests: { 'apps/server/src/directory/scim/scim.attack.test.ts': [], 'e2e/attacks/scim.test.ts': [] },
    },
    {
      id: 'GHSA-5rr4-8452-hf4v, GHSA-gv74-j8m3-fg5f, GHSA-pw9m-5jxm-xr6h',
      deed: 'better-auth: whoever registers a provider chooses whom art32 asks and whom it lets in',
      expected: 'owners alone, addresses of this machine refused, one tenant a provider',
      tests: {
        'apps/server/src/directory/openid.attack.test.ts': [],
        'apps/server/src/directory/sign-in.attack.test.ts': [],
        'e2e/attacks/single-sign-on.test.ts': [],
      },
    },
    {
      id: 'better-auth #8067',
      deed: 'better-auth: one code is used by two at the same moment',
      expected: 'it counts once',
      tests: {
        'apps/server/src/account/factor.attack.test.ts': [
          'takes a code once, also of two who send it at the same moment',
          'works once, however it is typed, and of two at the same moment for one',
        ],
      },
    },
    {
      id: 'CVE-2026-22817, -44459',
      deed: 'Hono: JSON web tokens with the algorithm of the attacker, or with times that are no numbers',
      expected: 'its middleware for tokens is not used; tokens of providers are judged by key, algorithm and time',
      tests: { 'apps/server/src/directory/openid.attack.test.ts': [], 'e2e/attacks/sessions.test.ts': [] },
    },
    {
      id: 'CVE-2026-29045, -39407, -54286, -47676',
      deed: 'Hono: other spellings of a path go around what guards it, or lead out of a folder',
      expected: 'an operation is guarded in its handler, in every spelling; no file outside of its folder',
      tests: {
        'apps/server/src/http/http.attack.test.ts': [
          'of an operation is guarded in every spelling',
          'never leads out of the folder of the workplace, whatever its spelling',
        ],
        'e2e/attacks/input.test.ts': ['no path and no name of a file leads out of the folder of the workplace'],
      },
    },
    {
      id: 'CVE-2026-47673, -47674, -47675',
      deed: 'Hono: another scheme of authorization, spellings of IPv6 in a filter, crooked cookies',
      expected: 'what is no token of art32 opens nothing; addresses count by their network; cookies are as set',
      tests: {
        'apps/server/src/access/token.attack.test.ts': [
          'is refused alike when it is forged, mistyped, run out, or garbage',
        ],
        'apps/server/src/http/peer.test.ts': [],
        'e2e/attacks/sessions.test.ts': [],
      },
    },
    {
      id: 'Probo db56348, Comp AI #3104, 612d624',
      deed: 'background jobs, chats and checks that run for another tenant',
      expected: 'no operation and no job reaches one',
      tests: {
        'e2e/attacks/access.test.ts': [],
        'apps/server/src/check/run.test.ts': ['cannot look at the machine that art32 runs on, by name or by address'],
        'apps/server/src/isolation/api.attack.test.ts': [],
      },
    },
    {
      id: 'Probo 58aad31, Comp AI #3411, undici #2019',
      deed: 'requests to this machine by IPv6, and by names that change',
      expected: 'judged by the address that is connected to',
      tests: {
        'e2e/faults/rebinding.test.ts': [],
        'apps/server/src/platform/post.attack.test.ts': [],
        'apps/server/src/platform/reach.test.ts': [],
      },
    },
    {
      id: 'Probo 2624811',
      deed: 'control bytes in the address to go on to',
      expected: 'none leads on',
      tests: { 'e2e/attacks/input.test.ts': ['no address of art32 leads on to another site'] },
    },
    {
      id: 'Probo f998a35',
      deed: 'tokens of devices are deleted without asking whose they are',
      expected: 'by an owner of their tenant, or their own person',
      tests: {
        'apps/server/src/access/token.attack.test.ts': [
          'when an owner of the tenant revokes it, and by no owner of another',
        ],
        'e2e/attacks/access.test.ts': [],
      },
    },
    {
      id: 'Comp AI #3419, CISO Assistant #4317, VerifyWise #3013',
      deed: 'texts that become scripts; charts and files of others by their id',
      expected: 'texts stay texts; nothing is found by the id of another',
      tests: {
        'e2e/attacks/scripts-workplace.test.ts': [],
        'e2e/attacks/access.test.ts': [],
        'apps/server/src/file/file.attack.test.ts': [
          'nobody reach a file of another tenant, by its id or by its tenant',
        ],
      },
    },
    {
      id: 'Comp AI #3366',
      deed: 'two publish at the same moment',
      expected: 'one edition of each number, each with its leaf',
      tests: {
        'e2e/faults/races.test.ts': [],
        'apps/server/src/edition/signing.attack.test.ts': [
          'gives each a number of its own when two sign at the same moment',
        ],
      },
    },
    {
      id: 'Comp AI #3472',
      deed: 'what a token changed is told as a change by the owner',
      expected: 'a change names who made it and by what',
      tests: {},
      open: 'a change by a token is told as one by the person whose token it is, never as one by the owner; that it came by a token is not told, since a leaf knows people, connectors and the system as actors, and its form is final',
    },
    {
      id: 'VerifyWise cf4ddd6',
      deed: 'a password is changed without being signed in',
      expected: 'only with the present one, or by a link',
      tests: {
        'apps/server/src/account/own.attack.test.ts': ['changes only with the present one, and all other sessions end'],
        ...doors,
        'apps/server/src/operations.own.test.ts': ['refuses who is signed out, unless it is for everybody'],
      },
    },
    {
      id: 'VerifyWise 255d5f3',
      deed: 'SQL in a parameter',
      expected: 'it is a text',
      tests: { 'e2e/attacks/requests.long.test.ts': ['no text that is sent becomes SQL'] },
    },
    {
      id: 'OpenGRC #173, #170',
      deed: 'a forged host in the letter for a new password; pages that tell more than they must',
      expected: 'links name the installation; refusals tell nothing',
      tests: {
        'apps/server/src/account/recovery.attack.test.ts': [
          'names the address of the installation, whatever the request says',
        ],
        'e2e/attacks/input.test.ts': ['no forged host stands in a link, a page, a cookie or a redirect'],
        'e2e/attacks/leaks.long.test.ts': [
          'no refusal and no failure tells of stacks, queries, paths or addresses within',
        ],
      },
    },
    {
      id: 'PostgreSQL of 2026-05-14',
      deed: 'PostgreSQL: a login without rights breaks out of its server',
      expected: 'the binaries that come with art32 are of the release that mends it, or later',
      tests: { 'e2e/faults/postgres-release.test.ts': [] },
    },
    {
      id: 'pg-boss #365, #381',
      deed: 'pg-boss: the process ends when the database goes away',
      expected: 'it lives',
      tests: { 'e2e/faults/database-away.test.ts': [], 'e2e/faults/backends-ended.test.ts': [] },
    },
    {
      id: 'pg-boss #208, #250, #549',
      deed: 'pg-boss: jobs of a dead worker stay active for a quarter of an hour, schedules stop after restarts',
      expected: 'every queue has an expiry of its own; jobs come back, days that were missed are made up for',
      tests: {
        'e2e/faults/workers-killed.long.test.ts': [],
        'e2e/durability/killed-run.test.ts': [],
        'apps/server/src/privacy/retention.test.ts': [],
      },
    },
    {
      id: 'pg-boss #563',
      deed: 'pg-boss: its queries do not run on PGlite as they are',
      expected: 'it runs on PostgreSQL alone, and PGlite does not come with art32',
      tests: { 'e2e/faults/postgres-release.test.ts': ['nothing of PGlite is installed with art32'] },
    },
    {
      id: 'PGlite #1107, #1106',
      deed: 'PGlite: acknowledged rows are lost in a power cut, or to a second process',
      expected: 'it is not used; PostgreSQL keeps what it acknowledged',
      tests: { 'e2e/faults/power-cut.long.test.ts': [], 'e2e/faults/two-processes.long.test.ts': [] },
    },
  ],
}
