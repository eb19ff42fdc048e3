import { rounded, type Row } from '../table.ts'

/** What is planned for: figures of the project, not of a measurement. */
export const plan = { tenants: 10_000, measures: 1_000_000, outcomes: 100_000_000 } as const

/**
 * What things cost. Assumptions of November 2026, nobody's offer: of the size that European providers ask for such a thing.
 * Whoever knows better prices puts them here; every row of costs follows.
 */
export const prices = {
  /** Euro for a GB of fast disk and month. */
  disk: 0.05,
  /** Euro for a GB of object store and month, for backups. */
  store: 0.01,
  /** Euro for a server of 8 cores and 32 GiB and month, without the disk. */
  server: 60,
} as const

/** How many tenants one server is to hold by the decision 0069. */
export const tenantsOnAServer = 1_000

/** Copies of a backup that are kept, each in two places: 7 of days, 4 of weeks, 12 of months. */
const backups = 2 * (7 + 4 + 12)

/** Months for which facts are kept. */
const factMonths = 13

/** What was measured in the sample, in bytes each. */
export interface Costs {
  readonly tenant: number
  readonly filesOfTenant: number
  readonly measure: number
  /** An outcome's own row; what of it goes after thirteen months, and its place in the ledger. */
  readonly outcome: number
  readonly ledger: number
  readonly outcomesOfLook: number
  /** A look's rows without its facts. */
  readonly look: number
  readonly facts: number
  /** A head in the ledger of the installation. */
  readonly anchor: number
  /** A backup beside what it is of. */
  readonly backup: number
  /** Outcomes that one server judges and keeps in a second, one look after the other. */
  readonly outcomesPerSecond: number
  /** Milliseconds of the daily deletion in a tenant that has nothing to delete. */
  readonly deletion: number
}

const gb = 1e9

/** The arithmetic: every row says how it came about. */
export function planned(costs: Costs): readonly Row[] {
  const outcomes = plan.outcomes / plan.tenants
  const looks = outcomes / costs.outcomesOfLook
  const empty = costs.tenant + (plan.measures / plan.tenants) * costs.measure
  const stays = outcomes * (costs.outcome + costs.ledger) + looks * costs.look
  const goes = (looks * costs.facts * factMonths) / 12
  const first = empty + stays + goes
  const fifth = empty + 5 * stays + goes
  const servers = Math.ceil(plan.tenants / tenantsOnAServer)
  const disk = (first / gb) * prices.disk * 12
  const saved = ((first * costs.backup * backups) / gb) * prices.store * 12
  const machine = (servers * prices.server * 12) / plan.tenants
  const row = (what: string, value: number, unit: string, note: string): Row => ({
    what: `plan: ${what}`,
    value: rounded(value),
    unit,
    note,
  })
  return [
    row(
      'a tenant before its first look',
      empty / 1e6,
      'MB',
      `an empty tenant, and ${plan.measures / plan.tenants} measures`,
    ),
    row(
      'what a year adds for good',
      stays / 1e6,
      'MB',
      `${whole(outcomes)} outcomes with their places in the ledger, ${whole(looks)} looks; subjects of outcomes count as if they stayed; calculated`,
    ),
    row(
      'facts, of which a year goes as another one comes',
      goes / 1e6,
      'MB',
      `${whole(looks)} looks, ${factMonths} months; calculated`,
    ),
    row('a tenant after a year', first / 1e6, 'MB', 'the sum of the three; calculated'),
    row('all tenants after a year', (first * plan.tenants) / 1e12, 'TB', `${whole(plan.tenants)} of them; calculated`),
    row(
      'all tenants after five years',
      (fifth * plan.tenants) / 1e12,
      'TB',
      'what is added for good five times; calculated',
    ),
    row(
      'the ledger of the installation, a year',
      (looks * plan.tenants * costs.anchor) / gb,
      'GB',
      'at most one leaf for each look, since a head is anchored within a minute; shared by all tenants of one installation; calculated',
    ),
    row(
      'files of tenants on one server',
      tenantsOnAServer * costs.filesOfTenant,
      '',
      `${whole(tenantsOnAServer)} tenants; calculated`,
    ),
    row(
      'files of tenants on one server, with all of them on it',
      plan.tenants * costs.filesOfTenant,
      '',
      `${whole(plan.tenants)} tenants; calculated`,
    ),
    row(
      'judging of one day on one server',
      ((outcomes / 365) * tenantsOnAServer) / costs.outcomesPerSecond,
      's',
      `${whole((outcomes / 365) * tenantsOnAServer)} outcomes of ${whole(tenantsOnAServer)} tenants; calculated`,
    ),
    row(
      'judging of one day, with all tenants on one server',
      plan.outcomes / 365 / costs.outcomesPerSecond / 60,
      'min',
      `${whole(plan.outcomes / 365)} outcomes; a day has 1440 minutes; calculated`,
    ),
    row(
      'the daily deletion where nothing is to go, with all tenants on one server',
      (plan.tenants * costs.deletion) / 60_000,
      'min',
      'one tenant after the other; calculated',
    ),
    row(
      'a round of PostgreSQL over all databases to vacuum them, on one server',
      (plan.tenants * 0.1) / 60,
      'min',
      'estimated: not faster than one database in 0.1 s (MIN_AUTOVAC_SLEEPTIME of its sources)',
    ),
    row(
      'cost of a tenant and year: disk',
      disk,
      'EUR',
      `${prices.disk} EUR for a GB and month (assumed, November 2026); calculated`,
    ),
    row(
      'cost of a tenant and year: backups',
      saved,
      'EUR',
      `${backups} copies, ${prices.store} EUR for a GB and month (assumed, November 2026); calculated`,
    ),
    row(
      'cost of a tenant and year: servers',
      machine,
      'EUR',
      `${servers} servers for ${prices.server} EUR a month (assumed, November 2026); calculated`,
    ),
    row('cost of a tenant and year', disk + saved + machine, 'EUR', 'the sum of the three; without people; calculated'),
  ]
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
