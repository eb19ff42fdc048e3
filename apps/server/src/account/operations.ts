import { z } from 'zod'
import { operationsFor, permissions, standings } from '../kernel/index.ts'
import type { Permission, Standing } from '../kernel/index.ts'
import type { Account, Accounts, Entrant, Means } from './account.ts'
import { leastPasswordLength, refuseWeak } from './account.ts'
import { browsers, systems } from './device.ts'
import { accountErrors } from './errors.ts'
import type { Recovery } from './recovery.ts'

/** What an operation outside a tenant receives. */
export interface CallerContext {
  readonly account: Entrant | null
  /** The address the request comes from. */
  readonly peer: string
}

/** What an operation of the person who is signed in receives. */
export interface OwnContext {
  readonly account: Entrant | null
  readonly means: Means | null
  readonly headers: Headers
}

const publicOperation = operationsFor<CallerContext>('public')
const ownOperation = operationsFor<OwnContext>('installation')
const newPassword = z.string().min(leastPasswordLength).max(256)
const language = z.enum(['en', 'de']).default('en')
const linkToken = z.string().min(1).max(100)
const personName = z.string().trim().min(1).max(200)

/** What accounts need of the rest of the server. */
export interface AccountDependencies {
  readonly accounts: Accounts
  readonly recovery: Recovery
  readonly tenantsOf: (account: Entrant) => Promise<
    readonly {
      slug: string
      name: string
      language: 'en' | 'de'
      role: Standing
      permissions: Permission[]
      needsFactor: boolean
    }[]
  >
  /** Those that ask for a second factor which was not shown yet. */
  readonly lockedTenantsOf: (account: Entrant) => Promise<readonly { slug: string; name: string }[]>
  /** Told of the first account, so that it becomes owner of what is there. */
  readonly welcome: (account: Account) => Promise<void>
  readonly version: string
  readonly baseUrl: string
}

/** What can be done without being signed in. */
export function accountOperations(dependencies: AccountDependencies) {
  const { accounts, recovery, tenantsOf, lockedTenantsOf, welcome, version, baseUrl } = dependencies
  return [
    publicOperation({
      id: 'account.whoami',
      summary: 'Says who is signed in and which tenants they may open',
      needs: null,
      input: z.object({}),
      output: z.object({
        account: z.object({ id: z.uuid(), name: z.string(), email: z.string() }).nullable(),
        needsSetup: z.boolean(),
        /** Whether this installation sends mail: then links go to the address they are for. */
        byMail: z.boolean(),
        tenants: z.array(
          z.object({
            slug: z.string(),
            name: z.string(),
            language: z.enum(['en', 'de']),
            needsFactor: z.boolean(),
            role: z.enum(standings),
            /** What the caller may do there; the server decides again each time. */
            permissions: z.array(z.enum(permissions)),
          }),
        ),
        /** Those that open once a second factor was shown. */
        locked: z.array(z.object({ slug: z.string(), name: z.string() })),
        version: z.string(),
        baseUrl: z.string(),
      }),
      async run(_, { account }) {
        return {
          account,
          needsSetup: account === null && (await accounts.needsSetup()),
          tenants: account ? [...(await tenantsOf(account))] : [],
          locked: account ? [...(await lockedTenantsOf(account))] : [],
          byMail: recovery.byMail,
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
        name: personName,
        email: z.email().max(320),
        password: newPassword,
      }),
      output: z.object({}),
      refuses: [
        accountErrors.setup_link_invalid,
        accountErrors.password_too_short,
        accountErrors.password_common,
        accountErrors.mail_taken,
        accountErrors.too_many_attempts,
      ],
      async run(input, { peer }) {
        await welcome(await accounts.setUp(input, peer))
        return {}
      },
    }),
    publicOperation({
      id: 'account.weigh_password',
      summary: 'Judges a password as every place does that sets one, and keeps nothing',
      needs: null,
      // Nothing changes, but a password belongs in no address.
      changes: true,
      input: z.object({ password: z.string().max(256) }),
      output: z.object({}),
      refuses: [accountErrors.password_too_short, accountErrors.password_common],
      async run({ password }) {
        await refuseWeak(password, { name: '', email: '' })
        return {}
      },
    }),
    publicOperation({
      id: 'account.request_reset',
      summary: 'Sends a link for a new password, if an account has this address; the answer does not tell',
      needs: null,
      changes: true,
      input: z.object({ email: z.email().max(320), language }),
      output: z.object({}),
      refuses: [accountErrors.too_many_attempts],
      async run(input, { peer }) {
        await recovery.requestReset(input, peer)
        return {}
      },
    }),
    publicOperation({
      id: 'account.reset',
      summary: 'Sets a new password by the link; all sessions end',
      needs: null,
      changes: true,
      input: z.object({ token: linkToken, password: newPassword, language }),
      output: z.object({}),
      refuses: [
        accountErrors.link_invalid,
        accountErrors.password_too_short,
        accountErrors.password_common,
        accountErrors.too_many_attempts,
      ],
      async run(input, { peer }) {
        await recovery.reset(input, peer)
        return {}
      },
    }),
    publicOperation({
      id: 'account.confirm_email',
      summary: 'Confirms a new mail address by the link that was sent there',
      needs: null,
      changes: true,
      input: z.object({ token: linkToken, language }),
      output: z.object({}),
      refuses: [accountErrors.link_invalid, accountErrors.mail_taken, accountErrors.too_many_attempts],
      async run(input, { peer }) {
        await recovery.confirmAddress(input, peer)
        return {}
      },
    }),
    ownOperation({
      id: 'account.change_email',
      summary: "Asks for the caller's new mail address; it counts once confirmed by the link sent there",
      needs: null,
      changes: true,
      input: z.object({ password: z.string().min(1).max(256), email: z.email().max(320), language }),
      output: z.object({}),
      refuses: [accountErrors.password_wrong, accountErrors.no_mail, accountErrors.too_many_attempts],
      async run(input, { headers }) {
        await recovery.requestAddress(headers, input)
        return {}
      },
    }),
    ownOperation({
      id: 'account.sessions',
      summary: 'Lists where the caller is signed in, by coarse device',
      needs: null,
      input: z.object({}),
      output: z.object({
        sessions: z.array(
          z.object({
            sessionId: z.uuid(),
            device: z.object({ browser: z.enum(browsers), system: z.enum(systems) }),
            since: z.iso.datetime(),
            lastUse: z.iso.datetime(),
            /** `this-machine`, `private`, or the first half of an address, e.g. `203.0.x.x` */
            place: z.string().nullable(),
            current: z.boolean(),
          }),
        ),
      }),
      async run(_, { headers }) {
        const sessions = await accounts.sessions(headers)
        return {
          sessions: sessions.map(({ id, device, since, lastUse, place, current }) => ({
            sessionId: id,
            device,
            since: since.toISOString(),
            lastUse: lastUse.toISOString(),
            place,
            current,
          })),
        }
      },
    }),
    ownOperation({
      id: 'account.end_session',
      summary: "Ends one of the caller's sessions at once",
      needs: null,
      changes: true,
      input: z.object({ sessionId: z.uuid() }),
      output: z.object({}),
      refuses: [accountErrors.session_unknown],
      async run({ sessionId }, { account }) {
        if (!account || !(await accounts.endSession(account.id, sessionId))) throw accountErrors.session_unknown()
        return {}
      },
    }),
    ownOperation({
      id: 'account.end_others',
      summary: "Ends all of the caller's sessions but this one",
      needs: null,
      changes: true,
      input: z.object({}),
      output: z.object({}),
      async run(_, { headers }) {
        await accounts.endOtherSessions(headers)
        return {}
      },
    }),
    ownOperation({
      id: 'account.rename',
      summary: "Changes the caller's name",
      needs: null,
      changes: true,
      input: z.object({ name: personName }),
      output: z.object({}),
      async run({ name }, { account }) {
        if (account) await accounts.rename(account.id, name)
        return {}
      },
    }),
    ownOperation({
      id: 'account.change_password',
      summary: "Changes the caller's password; all other sessions end",
      needs: null,
      changes: true,
      input: z.object({ current: z.string().min(1).max(256), password: newPassword }),
      output: z.object({}),
      refuses: [
        accountErrors.password_wrong,
        accountErrors.password_too_short,
        accountErrors.password_common,
        accountErrors.too_many_attempts,
      ],
      async run(input, { headers }) {
        await accounts.changePassword(headers, input)
        return {}
      },
    }),
  ]
}
