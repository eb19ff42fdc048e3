import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { addressOf } from '../engine/network.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { upsFacts } from './facts.ts'
import type { UpsFacts } from './facts.ts'
import { openNut, parseVariables } from './nut.ts'

const settings = z.object({
  host: field(z.string().trim().min(1), { label: { en: 'Host of upsd', de: 'Rechner mit upsd' } }),
  port: field(z.int().min(1).max(65_535).default(3493), { label: { en: 'Port', de: 'Port' } }),
  name: field(z.string().regex(/^[\w.-]+$/), {
    label: { en: 'Name of the power supply', de: 'Name der USV' },
    help: { en: 'As in ups.conf, for example apc.', de: 'Wie in ups.conf, zum Beispiel apc.' },
  }),
})

/** Asks the server of Network UPS Tools about one power supply. It signs in nowhere and commands nothing. */
export const ups = {
  id: 'ups',
  title: { en: 'Uninterruptible power supply', de: 'Unterbrechungsfreie Stromversorgung' },
  about: {
    en: 'A power supply that is watched by Network UPS Tools (NUT).',
    de: 'Eine USV, die von Network UPS Tools (NUT) überwacht wird.',
  },
  settings,
  facts: upsFacts,
  history: {
    volatile: ['power.status', 'power.chargePercent', 'power.runtimeSeconds', 'power.testedAt'],
  },
  needs: [
    {
      privilege: 'TCP 3493 to upsd; no account',
      reason: {
        en: 'Everybody who reaches upsd may read. Accounts exist for commands only, and their passwords would cross the network in the clear: none is asked for.',
        de: 'Wer upsd erreicht, darf lesen. Konten gibt es nur für Befehle, und ihre Passwörter gingen unverschlüsselt durchs Netz: Es wird keines verlangt.',
      },
    },
  ],
  address: ({ host, port, name }) => `${name}@${host}${port === 3493 ? '' : `:${port}`}`,
  async collect({ host, port, name }, context) {
    const nut = await openNut(await addressOf(host, context), port, context)
    try {
      const variables = await nut.list(`VAR ${name}`)
      const power = seen(powerOf(parseVariables(variables)))
      const monitors = await nut.list(`CLIENT ${name}`).then((clients) => seen({ count: clients.length }), reasonOf)
      return { power, monitors }
    } finally {
      nut.close()
    }
  },
} satisfies Connector<typeof settings, UpsFacts>

function powerOf(variables: ReadonlyMap<string, string>): UpsFacts['power'] {
  const status = variables.get('ups.status')
  if (status === undefined) throw new Unreadable('contract', 'the power supply tells no status')
  // A server that has just started knows nothing yet, and says so in place of a state.
  if (/^WAIT\b/.test(status)) throw new Unreadable('unreachable', 'the server waits for its driver')
  const result = variables.get('ups.test.result') ?? ''
  return {
    status: status
      .split(/\s+/)
      .filter((flag) => /^[A-Z]+$/.test(flag))
      .sort(),
    chargePercent: number(variables.get('battery.charge')),
    runtimeSeconds: number(variables.get('battery.runtime')),
    lastTest: /fail|bad|error|warning/i.test(result)
      ? 'failed'
      : /pass|ok|good|success/i.test(result)
        ? 'passed'
        : 'unknown',
    testedAt: day(variables.get('ups.test.date')),
  }
}

const number = (value: string | undefined): number | null => {
  const parsed = value === undefined || value.trim() === '' ? NaN : Number(value)
  return Number.isFinite(parsed) ? parsed : null
}

/** Makers write dates in their own ways; only those that mean one day everywhere are read. */
function day(value: string | undefined): string | null {
  const [, year, month, date] = /^(\d{4})[-/](\d\d)[-/](\d\d)/.exec(value ?? '') ?? []
  const text = `${year}-${month}-${date}`
  return z.iso.date().safeParse(text).success ? text : null
}
