import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api } from '../api/api.ts'
import type { Connector, Context } from '../engine/connector.ts'
import { dayMs } from '../engine/duration.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { ofAlertmanager, ofPrometheus, ofReceiver } from './answers.ts'
import type { Sample } from './answers.ts'
import { prometheusFacts } from './facts.ts'
import type { PrometheusFacts, Service } from './facts.ts'

/** A credential in an address would be stored and shown as the address is. */
const address = z.url({ protocol: /^https?$/ }).refine((url) => !/^[^/]*\/\/[^/]*@/.test(url))

const settings = z.object({
  baseUrl: field(address, {
    label: { en: 'Address of Prometheus', de: 'Adresse von Prometheus' },
    help: {
      en: 'Also Mimir, Thanos or VictoriaMetrics, as far as they answer the same calls',
      de: 'Auch Mimir, Thanos oder VictoriaMetrics, soweit sie dieselben Abfragen beantworten',
    },
  }),
  alertmanagerUrl: field(address.optional(), {
    label: { en: 'Address of Alertmanager', de: 'Adresse des Alertmanagers' },
  }),
  receiverUrl: field(address.optional(), {
    label: { en: 'Address of the receiver of the watchdog', de: 'Adresse des Empfängers des Dauer-Alarms' },
    help: {
      en: 'Answers {"receivedAt": "…"}: when the last watchdog alert arrived',
      de: 'Antwortet mit {"receivedAt": "…"}: wann der letzte Dauer-Alarm eintraf',
    },
  }),
  watchdog: field(z.string().min(1).max(200).default('Watchdog'), {
    label: { en: 'Name of the alert that always fires', de: 'Name des Alarms, der immer auslöst' },
  }),
  metric: field(
    z
      .string()
      .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/)
      .default('probe_success'),
    {
      label: { en: 'Metric of availability', de: 'Messgröße der Verfügbarkeit' },
      help: { en: '1 while the service answers, otherwise 0', de: '1, solange der Dienst antwortet, sonst 0' },
    },
  ),
  windowDays: field(z.int().min(1).max(366).default(30), {
    label: { en: 'Time over which availability is measured', de: 'Zeitraum der gemessenen Verfügbarkeit' },
    unit: 'days',
  }),
  username: field(z.string().min(1).optional(), {
    label: { en: 'User name', de: 'Benutzername' },
    help: { en: 'For basic authentication', de: 'Für Basic-Authentifizierung' },
  }),
  password: field(z.string().min(1).optional(), { label: { en: 'Password', de: 'Passwort' }, secret: true }),
  token: field(z.string().min(1).optional(), {
    label: { en: 'Token', de: 'Token' },
    help: { en: 'Instead of user name and password', de: 'Statt Benutzername und Passwort' },
    secret: true,
  }),
})

type Settings = z.output<typeof settings>

/** Asks Prometheus, its Alertmanager, and the receiver at the end whether the whole path of monitoring works. */
export const prometheus = {
  id: 'prometheus',
  title: { en: 'Prometheus', de: 'Prometheus' },
  about: {
    en: 'Monitoring with Prometheus and Alertmanager: what is watched, how available it was, and whether alerts arrive.',
    de: 'Überwachung mit Prometheus und Alertmanager: was gemessen wird, wie verfügbar es war und ob Alarme ankommen.',
  },
  settings,
  facts: prometheusFacts,
  history: {
    volatile: [
      'services.up',
      'services.silentSeconds',
      'availability.services.average',
      'availability.services.coveredDays',
      'delivery',
    ],
    named: { services: ['job'] },
  },
  needs: [
    {
      privilege: 'GET on /api/v1/ of Prometheus',
      reason: {
        en: 'Targets, alerts and averages are read. Prometheus itself knows no rights: let a proxy in front of it admit only GET.',
        de: 'Ziele, Alarme und Mittelwerte werden gelesen. Prometheus selbst kennt keine Rechte: ein Proxy davor lässt nur GET zu.',
      },
    },
    {
      privilege: 'GET on /api/v2/ of Alertmanager',
      reason: {
        en: 'Receivers and the watchdog alert are read. Its API can also silence, so only GET should be admitted.',
        de: 'Empfänger und Dauer-Alarm werden gelesen. Die API kann auch stummschalten, daher nur GET zulassen.',
      },
    },
  ],
  address: ({ baseUrl }) => new URL(baseUrl).host + new URL(baseUrl).pathname.replace(/\/$/, ''),
  async collect(given, context) {
    const api = openApi({ base: given.baseUrl, headers: credentialOf(given) }, context)
    const group = <T>(read: Promise<T>): Promise<Seen<T>> => read.then((facts) => seen(facts), reasonOf)
    const [services, availability, watchdog, alertmanager, delivery] = await Promise.all([
      group(readServices(api, context)),
      group(readAvailability(api, given, context)),
      group(readWatchdog(api, given.watchdog)),
      group(readAlertmanager(given, context)),
      group(readDelivery(given, context)),
    ])
    return { services, availability, watchdog, alertmanager, delivery }
  },
} satisfies Connector<typeof settings, PrometheusFacts>

function credentialOf({ token, username, password }: Settings): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (username === undefined) return {}
  return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` }
}

async function readServices(api: Api, context: Context): Promise<Service[]> {
  const { activeTargets } = (await api.get(ofPrometheus.targets)).data
  const jobs = new Map<string, Service>()
  for (const { labels, health, lastScrape } of activeTargets) {
    const job = labels.job.slice(0, 200)
    const known = jobs.get(job) ?? { job, targets: 0, up: 0, silentSeconds: 0 }
    const silent = silentSeconds(lastScrape, context)
    jobs.set(job, {
      job,
      targets: known.targets + 1,
      up: known.up + (health === 'up' ? 1 : 0),
      silentSeconds: silent === null || known.silentSeconds === null ? null : Math.max(known.silentSeconds, silent),
    })
  }
  return [...jobs.values()].toSorted((a, b) => (a.job < b.job ? -1 : 1))
}

/** A target that was never scraped has the zero of Go as its time, the year 1. */
const silentSeconds = (lastScrape: string, context: Context) =>
  lastScrape.startsWith('0001-') ? null : Math.floor(sinceMs(lastScrape, context) / 1_000)

/** Clocks differ by some seconds: what is said to come is now. */
const sinceMs = (at: string, context: Context) => Math.max(0, context.now().getTime() - Date.parse(at))

/** An average over thirty days is one over two where there are samples of two only: so their age is asked for, too. */
async function readAvailability(
  api: Api,
  { metric, windowDays }: Settings,
  context: Context,
): Promise<PrometheusFacts['availability']> {
  const ask = async (query: string) => (await api.get(ofPrometheus.query(query))).data.result
  const [averages, firsts] = await Promise.all([
    ask(`avg_over_time(${metric}[${windowDays}d])`),
    ask(`min_over_time(timestamp(${metric})[${windowDays}d:1h])`),
  ])
  const since = new Map(firsts.map((sample) => [nameOf(sample), Number(sample.value[1]) * 1_000]))
  const services = new Map<string, PrometheusFacts['availability']['services'][number]>()
  for (const sample of averages) {
    const name = nameOf(sample)
    const first = since.get(name) ?? context.now().getTime()
    const days = Math.max(0, (context.now().getTime() - first) / dayMs)
    // Further labels are left out of the name; of several series of one name the worst counts.
    const average = Math.min(services.get(name)?.average ?? 1, Number(sample.value[1]))
    services.set(name, { name, average, coveredDays: Math.floor(days * 10) / 10 })
  }
  return { metric, windowDays, services: [...services.values()] }
}

/** Job and instance. An instance that is an address loses its query and user, where credentials may stand. */
function nameOf({ metric }: Sample): string {
  const instance = (metric['instance'] ?? '').replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//')
  return [metric['job'] ?? '', instance]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 200)
}

async function readWatchdog(api: Api, name: string): Promise<PrometheusFacts['watchdog']> {
  const [alerts, alertmanagers] = await Promise.all([api.get(ofPrometheus.alerts), api.get(ofPrometheus.alertmanagers)])
  return {
    name,
    isFiring: alerts.data.alerts.some(({ labels, state }) => labels.alertname === name && state === 'firing'),
    alertmanagers: alertmanagers.data.activeAlertmanagers.length,
  }
}

async function readAlertmanager(given: Settings, context: Context): Promise<PrometheusFacts['alertmanager']> {
  if (given.alertmanagerUrl === undefined)
    throw new Unreadable('not-configured', 'the address of Alertmanager is not given', { needs: 'alertmanagerUrl' })
  const api = openApi({ base: given.alertmanagerUrl, headers: credentialOf(given) }, context)
  const [status, receivers, alerts] = await Promise.all([
    api.get(ofAlertmanager.status),
    api.get(ofAlertmanager.receivers),
    api.get(ofAlertmanager.alerts(given.watchdog)),
  ])
  const free = alerts.filter(({ status: { state } }) => state === 'active')
  return {
    // Without a cluster the status is "disabled", and that is fine.
    isReady: ['ready', 'disabled'].includes(status.cluster.status),
    receivers: receivers.length,
    watchdog:
      alerts.length === 0
        ? null
        : {
            isHeldBack: free.length === 0,
            receivers: new Set(free.flatMap((alert) => alert.receivers.map(({ name }) => name))).size,
          },
  }
}

/** The receiver gets no credential: it says no more than a time. */
async function readDelivery({ receiverUrl }: Settings, context: Context): Promise<PrometheusFacts['delivery']> {
  if (receiverUrl === undefined)
    throw new Unreadable('not-configured', 'the address of the receiver is not given', { needs: 'receiverUrl' })
  const { origin, pathname } = new URL(receiverUrl)
  const { receivedAt } = await openApi({ base: origin, headers: {} }, context).get(ofReceiver(pathname))
  return { minutesAgo: receivedAt === null ? null : Math.floor(sinceMs(receivedAt, context) / 60_000) }
}
