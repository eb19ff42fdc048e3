import type { Chapter } from '../case.ts'

/** Addresses that strangers choose and art32 asks. */
export const outbound: Chapter = {
  title: 'What art32 asks for others',
  cases: [
    {
      id: '62',
      deed: 'this machine, its link and the metadata services of clouds as goal, by every number and name',
      expected: 'no connection comes in where tenants may not look',
      tests: {
        'e2e/attacks/webhooks.test.ts': [],
        'apps/server/src/platform/reach.test.ts': [],
        'apps/server/src/platform/post.attack.test.ts': [],
        'apps/server/src/check/run.test.ts': ['cannot look at the machine that art32 runs on, by name or by address'],
        'apps/server/src/directory/openid.attack.test.ts': [
          'on this machine is not asked by a tenant that may not, by whatever name',
        ],
        'packages/probes/src/engine/prove.test.ts': ['does not reach an address that the installation must not reach'],
      },
    },
    {
      id: '63',
      deed: 'a name leads elsewhere at the second look, to several addresses, to IPv4 dressed as IPv6',
      expected: 'only the address that was judged is asked',
      tests: {
        'e2e/faults/rebinding.test.ts': [],
        'apps/server/src/platform/post.attack.test.ts': [
          'goes to the address that was judged, whatever the name says a moment later',
        ],
        'apps/server/src/notification/webhook.attack.test.ts': ['gets no further by a name that leads to this machine'],
      },
    },
    {
      id: '64',
      deed: 'file:, gopher:, ftp:, data:, javascript: and sockets as address; answers without end',
      expected: 'refused as no address; of an answer no more than needed is read',
      tests: {
        'e2e/attacks/webhooks.test.ts': [],
        'apps/server/src/notification/webhook.attack.test.ts': ['cannot add %s'],
        'packages/probes/src/engine/target.test.ts': [],
        'apps/server/src/platform/post.attack.test.ts': ['reads nothing of an endless answer'],
      },
    },
  ],
}
