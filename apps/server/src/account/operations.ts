import { z } from 'zod'
import { operationsFor } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import type { Account, Accounts } from './account.ts'
import { leastPasswordLength } from './account.ts'
import { accountErrors } from './errors.ts'

/** What an operation outside a tenant receives. */
export interface CallerContext {
  readonly account: Account | null
}

const publicOperation = operationsFor<CallerContext>('public')

/** What accounts need of the rest of the server. */
export interface AccountDependencies {
  readonly accounts: Accounts
  readonly tenantsOf: (
    accountId: string,
  ) => Promise<readonly { slug: string; name: string; language: 'en' | 'de'; role: Role }[]>
  /** Told of the first account, so that it becomes owner of what is there. */
  readonly welcome: (account: Account) => Promise<void>
  readonly version: string
  readonly baseUrl: string
}

/** What can be done without being signed in. */
export function accountOperations({ accounts, tenantsOf, welcome, version, baseUrl }: AccountDependencies) {
  return [
    publicOperation({
      id: 'account.whoami',
      summary: 'Says who is signed in and which tenants they may open',
      needs: null,
      input: z.object({}),
      output: z.object({
        account: z.object({ id: z.uuid(), name: z.string(), email: z.string() }).nullable(),
        needsSetup: z.boolean(),
        tenants: z.array(
          z.object({
            slug: z.string(),
            name: z.string(),
            language: z.enum(['en', 'de']),
            role: z.enum(['owner', 'editor', 'signatory', 'dpo', 'member']),
          }),
        ),
        version: z.string(),
        baseUrl: z.string(),
      }),
      async run(_, { account }) {
        return {
          account,
          needsSetup: account === null && (await accounts.needsSetup()),
          tenants: account ? [...(await tenantsOf(account.id))] : [],
          version,
          baseUrl,
        }
      },
    }),
    publicOperation({
      id: 'account.setup',
      summary: 'Creates the first account by the one-time link',
      needs: null,
      changes: true,
      input: z.object({
        token: z.string().min(1).max(100),
        name: z.string().trim().min(1).max(200),
        email: z.email().max(320),
        password: z.string().min(leastPasswordLength).max(256),
      }),
      output: z.object({}),
      refuses: [accountErrors.setup_link_invalid, accountErrors.password_too_short, accountErrors.mail_taken],
      async run(input) {
        await welcome(await accounts.setUp(input))
        return {}
      },
    }),
  ]
}
