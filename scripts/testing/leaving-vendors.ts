import { key, managed, organisation, person, startAtlassian } from '../../packages/probes/src/atlassian/vendor.ts'
import { member, rightClient, startBitwarden } from '../../packages/probes/src/bitwarden/vendor.ts'
import { startGithub } from '../../packages/probes/src/github/vendor.ts'
import type { VendorServer } from '../../packages/probes/src/testing/vendor.ts'

const names = ['atlassian', 'bitwarden', 'github'] as const
type Name = (typeof names)[number]
type Does = 'open' | 'disabled' | 'gone' | 'renamed'

/** Three vendors on this machine at which one person has an account each, as strict as the real ones. */
export interface Vendors {
  /** What to connect, by connector. */
  readonly settings: Readonly<Record<Name, Readonly<Record<string, unknown>>>>
  readonly servers: Readonly<Record<Name, VendorServer>>
  /** What each vendor does with the account; `renamed`: it has another name and the same number. */
  set(change: Partial<Record<Name, Does>>): void
  close(): Promise<void>
}

/** The person's mail address, by which the vault knows them. */
export const mail = 'kim@example.com'
/** Their name at the forge. */
export const login = 'kim-at-work'
/** Numbers of vendors that show no mail address. */
export const numbers = { atlassian: '557058:kim', github: '42' } as const

/** Starts the three. */
export async function startVendors(): Promise<Vendors> {
  const now: Record<Name, Does> = { atlassian: 'open', bitwarden: 'open', github: 'open' }
  const atlassian = await startAtlassian({
    // Nobody was away for long: only what is about leaving is wrong here.
    managed: () => ({
      data: ['a', ...(now.atlassian === 'open' ? ['kim'] : [])].map((id) =>
        managed(id, { last_active: new Date().toISOString() }),
      ),
      links: { self: null, next: null },
    }),
    people: () => ({
      data: [person('a'), ...(now.atlassian === 'open' ? [person('kim')] : [])],
      links: { self: null, next: null },
    }),
  })
  const members: object[] = []
  const bitwarden = await startBitwarden({ members })
  const seat = () => {
    members.splice(0)
    members.push(member('a', { type: 0 }))
    if (now.bitwarden !== 'gone')
      members.push(member('kim', { email: mail, status: now.bitwarden === 'disabled' ? -1 : 2 }))
  }
  seat()
  const github = await startGithub({
    'GET /orgs/{org}/members': ({ query }) =>
      query.get('role') === 'admin'
        ? [{ id: 1, type: 'User', login: 'first' }]
        : now.github === 'gone'
          ? []
          : [{ id: 42, type: 'User', login: now.github === 'renamed' ? 'another-name' : login }],
  })
  const servers = { atlassian, bitwarden, github }
  return {
    servers,
    settings: {
      atlassian: { organisation, key, baseUrl: `${atlassian.base}/admin/` },
      bitwarden: {
        clientId: rightClient.clientId,
        clientSecret: rightClient.clientSecret,
        baseUrl: bitwarden.base,
        identityUrl: bitwarden.base,
      },
      github: { baseUrl: github.base, owner: 'example', repositories: ['shop'], token: 'token-of-the-tests' },
    },
    set(change) {
      Object.assign(now, change)
      seat()
    },
    async close() {
      await Promise.all(names.map(async (name) => await servers[name].close()))
    },
  }
}
