import { z } from 'zod'
import { isJudgeable } from '../crossing/ways.ts'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, seen, unseen } from '../engine/reading.ts'
import type { Groups, Seen } from '../engine/reading.ts'
import { lifecycleOf } from '../versions/end-of-life.ts'
import { seenSelfFacts, selfFacts } from './facts.ts'
import type { SeenSelfFacts, SelfFacts } from './facts.ts'
import { selfHistory } from './history.ts'

const settings = z.object({})

/** Asks the running installation about itself: it is its own first customer. */
export const self = {
  id: 'self',
  title: { en: 'This installation', de: 'Diese Installation' },
  about: {
    en: 'The running installation of art32: its database, tenants, passwords, ledger and keys.',
    de: 'Die laufende Installation von art32: Datenbank, Mandanten, Passwörter, Journal und Schlüssel.',
  },
  settings,
  facts: seenSelfFacts,
  history: selfHistory,
  needs: [],
  address: () => '',
  ownMachine: () => true,
  async collect(_settings, context) {
    if (context.self === undefined)
      throw new Unreadable('not-configured', 'only a running installation can be asked about itself')
    const told = await context.self()
    const group = <T>(facts: T | undefined, complete = true): Seen<T> =>
      facts === undefined ? unseen('not-configured', 'the installation does not look at this') : seen(facts, complete)
    const whole = wholeness(told)
    const groups = Object.fromEntries(
      Object.keys(selfFacts).map((name) => [name, group(told[name as keyof typeof told], whole[name])]),
    ) as Groups<SeenSelfFacts>
    const { runtime } = told
    if (runtime === undefined) return groups
    return { ...groups, runtime: seen({ ...runtime, lifecycle: lifecycleOf(runtime.product, runtime.version) }) }
  },
} satisfies Connector<typeof settings, SeenSelfFacts>

/**
 * What goes from tenant to tenant is the whole only while every tenant has had its turn in time. What was found broken is
 * judged at once: it stays broken whatever the others would show.
 */
function wholeness({ tenants, ledger, evidence }: SelfFacts): Partial<Record<string, boolean>> {
  const cross = tenants?.crossTenant
  return {
    ...(cross && {
      tenants: cross.ways.some(({ reached }) => reached > 0) || (cross.overdue === 0 && isJudgeable(cross.ways)),
    }),
    ...(ledger && { ledger: !ledger.appendOnly || !ledger.consistent || ledger.round.overdue === 0 }),
    ...(evidence && { evidence: !evidence.encrypted || !evidence.keyPerTenant || evidence.round.overdue === 0 }),
  }
}
