import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { UpsFacts } from '../facts.ts'

const params = z.object({
  minSeconds: field(z.number().min(0).default(300), {
    label: { en: 'Shortest time that the battery must last', de: 'Kürzeste Zeit, die die Batterie halten muss' },
    unit: 'seconds',
  }),
  minCharge: field(z.number().min(0).max(100).default(50), {
    label: { en: 'Lowest charge of the battery', de: 'Geringste Ladung der Batterie' },
    unit: 'percent',
  }),
  maxTestDays: field(z.number().positive().default(400), {
    label: { en: 'Oldest self-test that still counts', de: 'Ältester noch gültiger Selbsttest' },
    unit: 'days',
  }),
})

/** Flags that mean that the load is not protected. */
const unprotected = ['LB', 'RB', 'OFF', 'BYPASS', 'OVER', 'FSD', 'ALARM']

export const upsOnline = {
  id: 'ups.online',
  version: 1,
  connector: 'ups',
  title: {
    en: 'The power supply is on line, its battery good, and machines listen to it',
    de: 'Die USV ist am Netz, ihre Batterie gut, und Rechner hören auf sie',
  },
  why: {
    en: 'A power supply with a worn battery, or one to which no machine listens, saves nothing when the power goes.',
    de: 'Eine USV mit verbrauchter Batterie oder eine, auf die kein Rechner hört, rettet bei Stromausfall nichts.',
  },
  remedy: {
    en: 'Replace the battery, run a self-test, and let upsmon on every protected machine connect to the server.',
    de: 'Die Batterie ersetzen, einen Selbsttest ausführen und upsmon auf jedem geschützten Rechner mit dem Server verbinden.',
  },
  severity: 'medium',
  serves: [{ measure: 'ups', as: 'proves' }],
  params,
  reads: ['power', 'monitors'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.7.11', 'BSI INF.2'],
  sources: [
    'https://networkupstools.org/docs/developer-guide.chunked/net-protocol.html',
    'https://networkupstools.org/docs/developer-guide.chunked/_status_data.html',
  ],
  pitfalls: [
    'While it runs on battery it does what it is for: that is told, and failed only when the battery runs low.',
    'Many power supplies do not tell when they were tested, or in a form of their own; then the day is left out, never guessed.',
    'A machine that listens is counted when it has signed in (upsmon); whether it would really shut down is not tried.',
    'The remaining time is an estimate of the power supply at the present load.',
  ],
  messages: {
    online: { en: 'On line, charge and battery in order.', de: 'Am Netz, Ladung und Batterie in Ordnung.' },
    'on-battery': { en: 'Running on battery just now.', de: 'Läuft gerade auf Batterie.' },
    unprotected: { en: 'The load is not protected ({flags}).', de: 'Die Last ist nicht geschützt ({flags}).' },
    offline: { en: 'Neither on line nor on battery.', de: 'Weder am Netz noch auf Batterie.' },
    short: {
      en: 'The battery lasts {seconds} seconds; at least {limit} are needed.',
      de: 'Die Batterie hält {seconds} Sekunden; nötig sind {limit}.',
    },
    empty: {
      en: 'The battery is charged to {charge} %; at least {limit} % are needed.',
      de: 'Die Batterie ist zu {charge} % geladen; nötig sind {limit} %.',
    },
    watched: { en: '{count} machines listen.', de: '{count} Rechner hören zu.' },
    unwatched: { en: 'No machine listens to the power supply.', de: 'Kein Rechner hört auf die USV.' },
    tested: { en: 'The last self-test passed.', de: 'Der letzte Selbsttest gelang.' },
    'test-failed': { en: 'The last self-test failed.', de: 'Der letzte Selbsttest scheiterte.' },
    'test-old': { en: 'The last self-test was on {at}.', de: 'Der letzte Selbsttest war am {at}.' },
    'test-unknown': { en: 'The power supply tells of no self-test.', de: 'Die USV berichtet von keinem Selbsttest.' },
  },
  judge({ power, monitors }, { minSeconds, minCharge, maxTestDays }, now) {
    return [
      judgePower(),
      judgeTest(),
      (monitors.count > 0 ? pass : fail)('monitors', 'monitors.count', monitors.count > 0 ? 'watched' : 'unwatched', {
        count: monitors.count,
      }),
    ]

    function judgePower(): Verdict {
      const flags = power.status.filter((flag) => unprotected.includes(flag)).toSorted()
      if (flags.length > 0) return fail('power', 'power.status', 'unprotected', { flags: flags.join(' ') })
      const { runtimeSeconds, chargePercent } = power
      if (runtimeSeconds !== null && runtimeSeconds < minSeconds)
        return fail('power', 'power.runtimeSeconds', 'short', { seconds: runtimeSeconds, limit: minSeconds })
      if (chargePercent !== null && chargePercent < minCharge)
        return fail('power', 'power.chargePercent', 'empty', { charge: chargePercent, limit: minCharge })
      if (power.status.includes('OL')) return pass('power', 'power.status', 'online')
      return power.status.includes('OB')
        ? info('power', 'power.status', 'on-battery')
        : fail('power', 'power.status', 'offline')
    }

    function judgeTest(): Verdict {
      const { lastTest, testedAt } = power
      if (lastTest === 'failed') return fail('self-test', 'power.lastTest', 'test-failed')
      if (testedAt !== null && now.getTime() - Date.parse(testedAt) > maxTestDays * 86_400_000)
        return fail('self-test', 'power.testedAt', 'test-old', { at: testedAt })
      return lastTest === 'passed'
        ? pass('self-test', 'power.lastTest', 'tested')
        : info('self-test', 'power.lastTest', 'test-unknown')
    }
  },
} satisfies Check<UpsFacts, 'power' | 'monitors', typeof params>
