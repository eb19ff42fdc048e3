import { z } from 'zod'
import { operationsFor } from '../kernel/index.ts'
import type { Accounts } from './account.ts'
import { accountErrors } from './errors.ts'
import type { OwnSession } from './factor.ts'
import type { OwnContext } from './operations.ts'

const ownOperation = operationsFor<OwnContext>('installation')
const PasskeyName = z.string().trim().min(1).max(60)
const Code = z.string().trim().min(6).max(10)
const Codes = z.object({ recoveryCodes: z.array(z.string()) })
/** What a browser gives of a passkey (WebAuthn level 3, 5.1.9); the library reads it. */
const Response = z.looseObject({ id: z.string().max(1_500) })

/** What people do with their own second factors. */
export function factorOperations({ accounts }: { readonly accounts: Accounts }) {
  return [
    ownOperation({
      id: 'account.factors',
      summary: "Lists the caller's second factors, and how many this session has shown",
      needs: null,
      input: z.object({}),
      output: z.object({
        totp: z.object({ since: z.iso.datetime(), recoveryCodes: z.int() }).nullable(),
        passkeys: z.array(z.object({ passkeyId: z.uuid(), name: z.string(), since: z.iso.datetime() })),
        shown: z.enum(['one', 'two']),
      }),
      async run(_, context) {
        const { totp, passkeys } = await accounts.factors.list(ownSession(context).accountId)
        return {
          totp: totp && { since: totp.since.toISOString(), recoveryCodes: totp.recoveryCodes },
          passkeys: passkeys.map(({ id, name, since }) => ({ passkeyId: id, name, since: since.toISOString() })),
          shown: context.account?.factors ?? 'one',
        }
      },
    }),
    ownOperation({
      id: 'account.confirm',
      summary: 'Confirms that it is the caller: by a code where the account has a second factor, else by the password',
      needs: null,
      changes: true,
      input: z.object({
        password: z.string().max(256).optional(),
        code: Code.optional(),
        recoveryCode: z.string().max(100).optional(),
      }),
      output: z.object({}),
      refuses: [
        accountErrors.factor_asked,
        accountErrors.factor_absent,
        accountErrors.confirm_refused,
        accountErrors.code_wrong,
        accountErrors.too_many_codes,
        accountErrors.too_many_attempts,
      ],
      async run(input, context) {
        await accounts.factors.confirm(ownSession(context), input)
        return {}
      },
    }),
    ownOperation({
      id: 'account.begin_totp',
      summary: 'Gives a new secret for an authenticator app; it counts once a code of it was given',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({}),
      output: z.object({ secret: z.string(), uri: z.string() }),
      refuses: [accountErrors.factor_present],
      async run(_, context) {
        const { accountId } = ownSession(context)
        return await accounts.factors.beginTotp({ id: accountId, email: context.account?.email ?? '' })
      },
    }),
    ownOperation({
      id: 'account.confirm_totp',
      summary: 'Takes the first code of an authenticator app, and gives the recovery codes this once',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({ code: Code }),
      output: Codes,
      refuses: [
        accountErrors.code_wrong,
        accountErrors.factor_absent,
        accountErrors.factor_present,
        accountErrors.too_many_codes,
      ],
      async run({ code }, context) {
        return { recoveryCodes: await accounts.factors.confirmTotp(ownSession(context), code.replaceAll(' ', '')) }
      },
    }),
    ownOperation({
      id: 'account.remove_totp',
      summary: 'Removes the authenticator app and its recovery codes; all other sessions end',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({}),
      output: z.object({}),
      refuses: [accountErrors.factor_absent],
      async run(_, context) {
        await accounts.factors.removeTotp(ownSession(context))
        return {}
      },
    }),
    ownOperation({
      id: 'account.renew_recovery_codes',
      summary: 'Gives new recovery codes this once; those before are worth nothing any more',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({}),
      output: Codes,
      refuses: [accountErrors.factor_absent],
      async run(_, context) {
        return { recoveryCodes: await accounts.factors.renewRecoveryCodes(ownSession(context).accountId) }
      },
    }),
    ownOperation({
      id: 'account.begin_passkey',
      summary: 'Begins the registration of a passkey: what the browser needs for it',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({}),
      output: z.object({ options: z.looseObject({ challenge: z.string() }), ceremony: z.string() }),
      async run(_, { headers }) {
        const { options, ceremony } = await accounts.passkeys.begin(headers)
        return { options: z.looseObject({ challenge: z.string() }).parse(options), ceremony }
      },
    }),
    ownOperation({
      id: 'account.add_passkey',
      summary: 'Registers the passkey that the browser made',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({
        ceremony: z
          .string()
          .max(500)
          .regex(/^[\w%.-]+$/),
        response: Response,
        name: PasskeyName,
      }),
      output: z.object({}),
      refuses: [accountErrors.passkey_refused],
      async run(input, context) {
        await accounts.passkeys.add(context.headers, ownSession(context), input)
        return {}
      },
    }),
    ownOperation({
      id: 'account.rename_passkey',
      summary: 'Gives a passkey another name',
      needs: null,
      changes: true,
      input: z.object({ passkeyId: z.uuid(), name: PasskeyName }),
      output: z.object({}),
      refuses: [accountErrors.passkey_unknown],
      async run({ passkeyId, name }, context) {
        await accounts.factors.renamePasskey(ownSession(context).accountId, passkeyId, name)
        return {}
      },
    }),
    ownOperation({
      id: 'account.remove_passkey',
      summary: 'Removes a passkey; all other sessions end',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({ passkeyId: z.uuid() }),
      output: z.object({}),
      refuses: [accountErrors.passkey_unknown],
      async run({ passkeyId }, context) {
        await accounts.factors.removePasskey(ownSession(context), passkeyId)
        return {}
      },
    }),
  ]
}

/** The session that asks. Other means have nothing to do with the factors of a person. */
function ownSession({ account, means }: OwnContext): OwnSession {
  if (!account || means?.kind !== 'session') throw accountErrors.session_unknown()
  return { accountId: account.id, sessionId: means.sessionId }
}
