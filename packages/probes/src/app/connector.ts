import type { Client } from 'pg'
import { z } from 'zod'
import { isJudgeable } from '../crossing/ways.ts'
import type { Connector, Context } from '../engine/connector.ts'
import { addressOf } from '../engine/network.ts'
import { Unreadable, errorCode, reasonOf, seen, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { post, refuseOutage } from '../http/request.ts'
import { addressOfUrl, one, open, placeOf, reasonOfQuery, rows } from '../postgres/client.ts'
import { crossTenants } from './crossing.ts'
import { appFacts } from './facts.ts'
import type { AppFacts } from './facts.ts'

const settings = z.object({
  url: field(z.string().regex(/^(postgres(ql)?:\/\/|self$)/), {
    label: { en: 'Connection address', de: 'Verbindungsadresse' },
    help: {
      en: 'Of a role that may read the views of the schema art32 and nothing else; self: this installation',
      de: 'Einer Rolle, die nur die Sichten des Schemas art32 lesen darf; self: diese Installation',
    },
    secret: true,
  }),
  tenant: field(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//)
      .optional(),
    {
      label: { en: 'Connection address of one tenant', de: 'Verbindungsadresse eines Mandanten' },
      help: {
        en: 'With what this tenant is let in by: its login, or options that set who it is',
        de: 'Mit dem, womit dieser Mandant hineinkommt: seinem Zugang oder Optionen, die sagen, wer er ist',
      },
      secret: true,
    },
  ),
  otherTenant: field(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//)
      .optional(),
    {
      label: { en: 'Connection address of another tenant', de: 'Verbindungsadresse eines anderen Mandanten' },
      help: {
        en: 'It is tried to reach it from the first; both best with synthetic data',
        de: 'Vom ersten aus wird versucht, ihn zu erreichen; beide am besten mit synthetischen Daten',
      },
      secret: true,
    },
  ),
  tenantColumn: field(z.string().min(1).default('tenant_id'), {
    label: { en: 'Column of the tenant', de: 'Spalte des Mandanten' },
    help: { en: 'Where tenants share a database', de: 'Wo Mandanten eine Datenbank teilen' },
  }),
  passwordTest: field(z.url({ protocol: /^https?$/ }).optional(), {
    label: { en: 'Address that judges a password', de: 'Adresse, die ein Passwort beurteilt' },
    help: {
      en: 'It gets {"password": "…"} by POST and answers 2xx or 4xx. Never one that keeps it.',
      de: 'Sie erhält {"password": "…"} per POST und antwortet 2xx oder 4xx. Nie eine, die es behält.',
    },
  }),
})

/**
 * Looks at how an application keeps accounts, through views that its own people write: they decide what is shown, and it is
 * forms, counts and times. The guide page has the statements.
 */
export const app = {
  id: 'app',
  title: { en: 'Application with accounts', de: 'Anwendung mit Konten' },
  about: {
    en: 'How an application on PostgreSQL keeps passwords, tokens and events and how long, seen through views that hold no value and no person.',
    de: 'Wie und wie lange eine Anwendung auf PostgreSQL Passwörter, Token und Ereignisse hält, gesehen durch Sichten ohne Werte und Personen.',
  },
  settings,
  facts: appFacts,
  history: {
    volatile: [
      'passwords.count',
      'resetTokens.stored',
      'resetTokens.endless',
      'resetTokens.longestSeconds',
      'resetTokens.forms.count',
      'apiTokens.stored',
      'apiTokens.endless',
      'apiTokens.longestSeconds',
      'apiTokens.forms.count',
      'lifecycle',
      'retention.oldestSeconds',
      'retention.overdue',
      'isolation.ways.refused',
      'isolation.ways.reached',
      'isolation.ways.unseen',
      'weakPasswords.tried',
      'weakPasswords.accepted',
    ],
    named: {
      passwords: ['form'],
      'resetTokens.forms': ['form'],
      'apiTokens.forms': ['form'],
      retention: ['kind'],
      'isolation.ways': ['way'],
    },
  },
  needs: [
    {
      privilege: 'USAGE on the schema art32 and SELECT on its views',
      reason: {
        en: 'The views show forms, counts and times; the tables behind them stay closed.',
        de: 'Die Sichten zeigen Formen, Zahlen und Zeiten; die Tabellen dahinter bleiben verschlossen.',
      },
    },
  ],
  address: ({ url }) => (url === own ? '' : addressOfUrl(url)),
  ownMachine: ({ url, tenant, otherTenant }) =>
    url === own || [url, tenant, otherTenant].some((one) => one !== undefined && placeOf(one).host.startsWith('/')),
  async collect(settings, context) {
    const { url, passwordTest } = settings.url === own ? ownApplication(context) : settings
    const client = await open(url, context)
    try {
      return {
        passwords: await read('password', () => forms(client, 'password')),
        resetTokens: await read('reset_token', () => tokens(client, 'reset_token')),
        apiTokens: await read('api_token', () => tokens(client, 'api_token')),
        lifecycle: await read('lifecycle', () => lifecycle(client)),
        retention: await read('retention', () => retention(client)),
        isolation: await tryCrossing(settings, context).catch(reasonOf),
        weakPasswords: await tryWeakPasswords(passwordTest, context).catch(reasonOf),
      }
    } finally {
      await client.end().catch(() => undefined)
    }
  },
} satisfies Connector<typeof settings, AppFacts>

/** Stands for the installation itself, which is an application on PostgreSQL like any other. */
const own = 'self'

function ownApplication(context: Context): NonNullable<Context['application']> {
  if (context.application === undefined)
    throw new Unreadable('not-configured', 'only a running installation can look at itself')
  return context.application
}

/** Reads one view. That there is none is a matter of setting up, not a fault. */
async function read<T>(view: string, work: () => Promise<T>): Promise<Seen<T>> {
  try {
    return seen(await work())
  } catch (error) {
    const isMissing = ['42P01', '3F000', '42703'].includes(errorCode(error))
    if (isMissing) return unseen('not-configured', `there is no view art32.${view} of the expected form`)
    return reasonOfQuery(error, `SELECT on art32.${view}`)
  }
}

const count = z.coerce.number().int()
type View = 'password' | 'reset_token' | 'api_token'

async function forms(client: Client, view: View): Promise<AppFacts['passwords']> {
  return await rows(
    client,
    z.object({ form: z.string(), count }),
    `select coalesce(form, 'other') as form, count(*) as count from art32.${view} group by 1 order by 1`,
  )
}

async function tokens(client: Client, view: View): Promise<AppFacts['apiTokens']> {
  const shape = z.object({ stored: count, endless: count, longestSeconds: z.coerce.number().nullable() })
  const counted = await one(
    client,
    shape,
    `select count(*) as stored, count(*) filter (where expires_at is null) as endless,
            extract(epoch from max(expires_at - created_at))::float8 as "longestSeconds" from art32.${view}`,
  )
  return { ...counted, forms: await forms(client, view) }
}

async function lifecycle(client: Client): Promise<AppFacts['lifecycle']> {
  return await rows(
    client,
    z.object({ kind: z.string(), objects: count, unrecorded: count }),
    `select kind, count(*) as objects, count(*) filter (where not coalesce(recorded, false)) as unrecorded
       from art32.lifecycle group by kind order by kind`,
  )
}

async function retention(client: Client): Promise<AppFacts['retention']> {
  return await rows(
    client,
    z.object({
      kind: z.string(),
      keptSeconds: z.coerce.number(),
      oldestSeconds: z.coerce.number().nullable(),
      overdue: count,
    }),
    // By the calendar: a month is as long as the last one was.
    `select kind, extract(epoch from now() - (now() - kept))::float8 as "keptSeconds",
            extract(epoch from now() - oldest)::float8 as "oldestSeconds", overdue from art32.retention order by kind`,
  )
}

/** Each is long enough for every usual rule, and is among the first that anybody tries. */
const weak = ['password1234', '123456789012', 'qwertyuiop12', 'iloveyou1234', 'passwort1234', 'aaaaaaaaaaaa']

/** Tries to reach one tenant from another, where two are named. */
async function tryCrossing(
  {
    tenant,
    otherTenant,
    tenantColumn,
  }: { tenant?: string | undefined; otherTenant?: string | undefined; tenantColumn: string },
  context: Context,
): Promise<Seen<AppFacts['isolation']>> {
  // Nobody said that the application has tenants.
  if (tenant === undefined && otherTenant === undefined) return seen({ shared: false, ways: [] })
  if (tenant === undefined || otherTenant === undefined)
    return unseen('not-configured', 'only one tenant is named', { needs: 'tenant, otherTenant' })
  for (const { host } of [placeOf(tenant), placeOf(otherTenant)])
    if (!host.startsWith('/')) await addressOf(host, context)
  const facts = await crossTenants(tenant, otherTenant, tenantColumn)
  return seen(facts, isJudgeable(facts.ways))
}

/**
 * Sends weak passwords, and one that nobody has ever used: an address that refuses that one, too, judges something else
 * than passwords.
 */
async function tryWeakPasswords(
  address: string | undefined,
  context: Context,
): Promise<Seen<AppFacts['weakPasswords']>> {
  if (address === undefined) return unseen('not-configured', 'no address that judges a password is set')
  const url = new URL(address)
  const isAccepted = async (password: string): Promise<boolean> => {
    const answer = await post(url, { password }, context)
    refuseOutage(answer)
    if (answer.status >= 200 && answer.status < 300) return true
    if (answer.status === 401 || answer.status === 403 || answer.status === 404)
      throw new Unreadable('denied', `the address answered ${answer.status}`)
    if (answer.status >= 400) return false
    throw new Unreadable('contract', `the address answered ${answer.status}`)
  }
  const strong = Array.from({ length: 32 }, () => Math.floor(context.random() * 36).toString(36)).join('')
  if (!(await isAccepted(strong))) throw new Unreadable('contract', 'the address refuses a strong password, too')
  let accepted = 0
  for (const password of weak) if (await isAccepted(password)) accepted += 1
  return seen({ tried: weak.length, accepted })
}
