import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, seen, unseen } from '../engine/reading.ts'
import type { Groups, Seen } from '../engine/reading.ts'
import { lifecycleOf } from '../versions/end-of-life.ts'
import { seenSelfFacts, selfFacts } from './facts.ts'
import type { SeenSelfFacts } from './facts.ts'

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
  needs: [],
  address: () => '',
  ownMachine: () => true,
  async collect(_settings, context) {
    if (context.self === undefined)
      throw new Unreadable('not-configured', 'only a running installation can be asked about itself')
    const told = await context.self()
    const group = <T>(facts: T | undefined): Seen<T> =>
      facts === undefined ? unseen('not-configured', 'the installation does not look at this') : seen(facts)
    const groups = Object.fromEntries(
      Object.keys(selfFacts).map((name) => [name, group(told[name as keyof typeof told])]),
    ) as Groups<SeenSelfFacts>
    const { runtime } = told
    if (runtime === undefined) return groups
    return { ...groups, runtime: seen({ ...runtime, lifecycle: lifecycleOf(runtime.product, runtime.version) }) }
  },
} satisfies Connector<typeof settings, SeenSelfFacts>
