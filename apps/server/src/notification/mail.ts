import { z } from 'zod'
import { accessErrors } from '../access/index.ts'
import type { CallerContext } from '../account/index.ts'
import type { Entrant } from '../evidence/index.ts'
import { operationsFor } from '../kernel/index.ts'
import { mailErrors } from '../platform/index.ts'
import type { Mailer } from '../platform/index.ts'
import { phrases } from './phrases.ts'

/** What trying out the mail server needs of the rest of the server. */
export interface MailDependencies {
  readonly mailer: Mailer
  readonly isOperator: (account: Entrant) => Promise<boolean>
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
}

const installationOperation = operationsFor<CallerContext>('installation')

/** Whether mail works, for whoever runs the installation. */
export function mailOperations({ mailer, isOperator, accountsById }: MailDependencies) {
  async function operator({ account }: CallerContext): Promise<string> {
    if (!account || !(await isOperator(account))) throw accessErrors.not_operator()
    return account.id
  }
  return [
    installationOperation({
      id: 'mail.show',
      summary: 'Says whether a mail server is set',
      needs: null,
      input: z.object({}),
      output: z.object({ isSet: z.boolean() }),
      refuses: [accessErrors.not_operator],
      async run(_, context) {
        await operator(context)
        return { isSet: mailer.isSet }
      },
    }),
    installationOperation({
      id: 'mail.test',
      summary: "Sends a test letter to the operator's own address and says what the mail server answered",
      needs: null,
      changes: true,
      input: z.object({ language: z.enum(['en', 'de']).default('en') }),
      output: z.object({}),
      refuses: [
        accessErrors.not_operator,
        mailErrors.not_set,
        mailErrors.bad_letter,
        mailErrors.refused,
        mailErrors.deferred,
        mailErrors.sign_in,
        mailErrors.not_protected,
        mailErrors.unreachable,
      ],
      async run({ language }, context) {
        const accountId = await operator(context)
        const account = (await accountsById([accountId])).get(accountId)
        if (!account) throw accessErrors.not_operator()
        const { subject, text } = phrases[language].test
        await mailer.send({ to: account.email, language, subject, paragraphs: [text] })
        return {}
      },
    }),
  ]
}
