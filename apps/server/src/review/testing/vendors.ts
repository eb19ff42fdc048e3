import { member, rightClient, startBitwarden } from '../../../../../packages/probes/src/bitwarden/vendor.ts'
import { settingsFor, startEntra, user } from '../../../../../packages/probes/src/entra/vendor.ts'
import { startGithub } from '../../../../../packages/probes/src/github/vendor.ts'
import type { VendorServer } from '../../../../../packages/probes/src/testing/vendor.ts'

/** Three vendors on this machine at which one person has an account each, as strict as the real ones. */
export interface Vendors {
  /** What to connect, by connector. */
  readonly settings: Readonly<Record<'entra' | 'bitwarden' | 'github', Readonly<Record<string, unknown>>>>
  readonly servers: Readonly<Record<'entra' | 'bitwarden' | 'github', VendorServer>>
  /** What each vendor does with the account; `renamed`: it has another name and the same number. */
  set(change: Partial<Record<'entra' | 'bitwarden' | 'github', 'open' | 'disabled' | 'gone' | 'renamed'>>): void
  close(): Promise<void>
}

/** The person's mail address at the directory and the vault, and their name at the forge. */
export const mail = 'kim@example.com'
export const login = 'kim-at-work'
/** Numbers that the vendors give. */
export const numbers = { entra: '00000000-0000-4000-8000-000000000042', bitwarden: 'kim', github: '42' } as const

/** Starts the three. */
export async function startVendors(): Promise<Vendors> {
  const now = { entra: 'open', bitwarden: 'open', github: 'open' } as Record<string, string>
  const entra = await startEntra({
    'GET /v1.0/users': () => ({
      value: [
        user(1, { userPrincipalName: 'ada@example.com' }),
        user(2),
        user(3, { userPrincipalName: 'info@example.com' }),
        user(6),
        user(7, { onPremisesSyncEnabled: true }),
        ...(now['entra'] === 'gone'
          ? []
          : [
              user(42, {
                userPrincipalName: now['entra'] === 'renamed' ? 'another.name@example.com' : mail,
                accountEnabled: now['entra'] !== 'disabled',
              }),
            ]),
      ],
    }),
  })
  const members: object[] = []
  const bitwarden = await startBitwarden({ members })
  const github = await startGithub({
    'GET /orgs/{org}/members': ({ query }) =>
      query.get('role') === 'admin'
        ? [{ id: 1, type: 'User', login: 'first' }]
        : now['github'] === 'gone'
          ? []
          : [{ id: 42, type: 'User', login: now['github'] === 'renamed' ? 'another-name' : login }],
  })
  const seat = () => {
    members.splice(0)
    members.push(member('a', { type: 0 }))
    if (now['bitwarden'] !== 'gone')
      members.push(member('kim', { email: mail, status: now['bitwarden'] === 'disabled' ? -1 : 2 }))
  }
  seat()
  return {
    servers: { entra, bitwarden, github },
    settings: {
      entra: settingsFor(entra.base),
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
      await Promise.all([entra.close(), bitwarden.close(), github.close()])
    },
  }
}
