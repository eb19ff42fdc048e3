import { strToU8, zipSync } from 'fflate'
import type { Pool } from 'pg'
import { z } from 'zod'
import { accountErrors } from '../account/index.ts'
import type { Account, Accounts, OwnContext } from '../account/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { Entrant, Tenants } from '../evidence/index.ts'
import { operationsFor } from '../kernel/index.ts'
import type { Download } from '../kernel/index.ts'
import type { Registry } from '../tenant/index.ts'
import { privacyErrors } from './errors.ts'
import type { Erasures } from './erasure.ts'
import { exportOf, renderExport } from './export.ts'
import { linesOf, purposeIds, parts, stays } from './notice.ts'
import type { Responsible } from './notice.ts'
import { purposes } from './purposes.ts'
import { isOverdue, lastEnded, listRuns } from './retention.ts'
import type { Retention, RetentionRun } from './retention.ts'
import { ruleIds, rules } from './rules.ts'

/** What the rights of a person need of the rest of the server. */
export interface PrivacyDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  readonly accounts: Accounts
  readonly erasures: Erasures
  readonly retention: Retention
  readonly responsible: Responsible
  readonly control: Pool
  readonly now: () => Date
  /** Whether an account runs this installation. */
  readonly isOperator: (account: Entrant) => Promise<boolean>
  /** Puts a run of the deletion into the queue. */
  readonly requestRetention: () => Promise<void>
}

/** Minutes since signing in within which an account without a password may be deleted. */
const freshMinutes = 10

const Text = z.object({ en: z.string(), de: z.string() })
const Run = z.object({
  id: z.uuid(),
  startedAt: z.iso.datetime(),
  /** Null while it runs, and where it was stopped half-way. */
  finishedAt: z.iso.datetime().nullable(),
  /** When it was found stopped half-way: such a run counts as none. */
  interruptedAt: z.iso.datetime().nullable(),
  /** Rows by rule. */
  counts: z.partialRecord(z.enum(ruleIds), z.int()),
})
const Rule = z.object({ id: z.string(), what: Text, table: z.string(), from: z.string(), after: z.string() })

const publicOperation = operationsFor<{ readonly account: Account | null }>('public')
const ownOperation = operationsFor<OwnContext>('installation')

/** The notice, the deletions, and what a person does with the own data. */
export function privacyOperations(dependencies: PrivacyDependencies) {
  const { accounts, erasures, retention, responsible, isOperator, now } = dependencies
  const operator = async ({ account }: { account: Entrant | null }) => {
    if (!account || !(await isOperator(account))) throw privacyErrors.not_operator()
  }
  return [
    publicOperation({
      id: 'notice.show',
      summary: 'Shows what this installation stores about people, why, and for how long',
      needs: null,
      input: z.object({}),
      output: z.object({
        controller: z.array(z.string()).nullable(),
        dataProtectionOfficer: z.array(z.string()).nullable(),
        purposes: z.array(
          z.object({
            id: z.string(),
            what: Text,
            why: Text,
            basis: Text,
            until: Text,
            decides: z.enum(['operator', 'tenant']),
            rules: z.array(Rule),
          }),
        ),
        parts: z.array(z.object({ title: Text, paragraphs: z.array(Text) })),
        stays: z.array(Text),
      }),
      run() {
        const { controller, dataProtectionOfficer } = responsible
        return Promise.resolve({
          controller: controller === null ? null : linesOf(controller),
          dataProtectionOfficer: dataProtectionOfficer === null ? null : linesOf(dataProtectionOfficer),
          purposes: purposeIds.map((id) => ({ id, ...purposes[id], rules: purposes[id].rules.map(ruleView) })),
          parts: parts.map(({ title, paragraphs }) => ({ title, paragraphs: [...paragraphs] })),
          stays: [...stays],
        })
      },
    }),
    tenantOperation({
      id: 'retention.list',
      summary: 'Lists what ran out in this tenant and was deleted, run by run, and by which rules',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({ runs: z.array(Run), overdue: z.boolean(), rules: z.array(Rule) }),
      async run(_, { sql, now: at, tenant }) {
        const runs = await listRuns(sql)
        return {
          runs: runs.map(runView),
          overdue: isOverdue(lastEnded(runs), tenant.since, at),
          rules: ruleIds.filter((id) => rules[id].in === 'tenant').map(ruleView),
        }
      },
    }),
    ownOperation({
      id: 'retention.show',
      summary: 'Shows the operator what ran out in the whole installation and was deleted, as counts',
      needs: null,
      input: z.object({}),
      output: z.object({
        runs: z.array(Run.extend({ looked: z.int(), failed: z.int() })),
        overdue: z.boolean(),
        rules: z.array(Rule),
      }),
      refuses: [privacyErrors.not_operator],
      async run(_, context) {
        await operator(context)
        const [runs, { overdue, missed }] = await Promise.all([retention.runs(), retention.facts()])
        return {
          runs: runs.map((run) => ({ ...runView(run), looked: run.looked, failed: run.failed })),
          // What the last run could not look through lies about as well.
          overdue: overdue || missed > 0,
          rules: ruleIds.map(ruleView),
        }
      },
    }),
    ownOperation({
      id: 'retention.run_now',
      summary: 'Starts the daily deletion of what ran out now',
      needs: null,
      changes: true,
      input: z.object({}),
      output: z.object({}),
      refuses: [privacyErrors.not_operator],
      async run(_, context) {
        await operator(context)
        await dependencies.requestRetention()
        return {}
      },
    }),
    ownOperation({
      id: 'account.export',
      summary: "Hands out everything that is stored about the caller's account, for machines and for reading",
      kind: 'download',
      needs: null,
      input: z.object({}),
      output: z.unknown(),
      async run(_, { account, headers }): Promise<Download> {
        if (!account) throw privacyErrors.not_confirmed()
        const data = await exportOf(account, dependencies)
        const language = headers.get('accept-language')?.startsWith('de') ? 'de' : 'en'
        const files = {
          'account.json': strToU8(`${JSON.stringify(data, null, 2)}\n`),
          'account.html': strToU8(renderExport(data, language)),
        }
        return { name: 'account.zip', type: 'application/zip', bytes: zipSync(files, { mtime: now() }) }
      },
    }),
    ownOperation({
      id: 'account.leaving',
      summary: "Says what deleting the caller's account takes, what it leaves and why, and what stands in its way",
      needs: null,
      input: z.object({}),
      output: z.object({
        /** Tenants that would have no owner: to be handed over or deleted first. */
        ownedAlone: z.array(z.object({ slug: z.string(), name: z.string() })),
        goes: z.array(Text),
        stays: z.array(Text),
      }),
      async run(_, { account }) {
        const alone = account ? await erasures.ownedAlone(account.id) : []
        const gone = purposeIds.filter((id) =>
          ['account', 'credential', 'session', 'membership', 'ledger'].includes(id),
        )
        return {
          ownedAlone: alone.map(({ slug, name }) => ({ slug, name })),
          goes: gone.map((id) => purposes[id].what),
          stays: [...stays],
        }
      },
    }),
    ownOperation({
      id: 'account.delete',
      summary: "Deletes the caller's account for good, with whatever names the person; the answer is the receipt",
      needs: null,
      changes: true,
      input: z.object({
        /** The mail address of the account, once more. */
        confirm: z.string().max(320),
        /** Left out by an account that has none. */
        password: z.string().min(1).max(256).optional(),
      }),
      output: z.object({
        receipt: z.object({
          format: z.literal('art32.receipt-of-erasure/1'),
          account: z.uuid(),
          requestedAt: z.iso.datetime(),
          erasedAt: z.iso.datetime(),
          /** Rows by table. */
          erased: z.record(z.string(), z.int()),
        }),
        stays: z.array(Text),
      }),
      refuses: [
        privacyErrors.not_confirmed,
        privacyErrors.password_wrong,
        privacyErrors.sign_in_again,
        privacyErrors.last_owner,
        accountErrors.too_many_attempts,
      ],
      async run({ confirm, password }, { account, means }) {
        if (!account || confirm.trim().toLowerCase() !== account.email) throw privacyErrors.not_confirmed()
        const isRight = await accounts.isPassword(account.id, password ?? '')
        if (isRight === false) throw privacyErrors.password_wrong()
        const signedInSince = means?.kind === 'session' ? means.since.getTime() : 0
        if (isRight === null && now().getTime() - signedInSince > freshMinutes * 60_000)
          throw privacyErrors.sign_in_again()
        return { receipt: await erasures.erase(account), stays: [...stays] }
      },
    }),
  ]
}

function ruleView(id: (typeof ruleIds)[number]): z.output<typeof Rule> {
  const { what, table, from, after } = rules[id]
  return { id, what, table, from, after }
}

function runView(run: RetentionRun): z.input<typeof Run> {
  return {
    id: run.id,
    startedAt: run.started_at.toISOString(),
    finishedAt: run.finished_at?.toISOString() ?? null,
    interruptedAt: run.interrupted_at?.toISOString() ?? null,
    counts: run.counts,
  }
}
