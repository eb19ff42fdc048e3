import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { addressesOf, requireAnswer, tryPorts } from './connect.ts'
import type { Family } from './connect.ts'
import { portsFacts } from './facts.ts'
import type { PortsFacts } from './facts.ts'

/** Remote administration, files, databases, queues, caches and consoles: what must not be open to the world. */
const usual = [
  21, 22, 23, 25, 80, 110, 111, 135, 139, 143, 389, 443, 445, 873, 1433, 1521, 2049, 2375, 2376, 2379, 3000, 3306, 3389,
  4369, 5000, 5432, 5601, 5672, 5900, 5984, 5985, 5986, 6379, 6443, 8000, 8080, 8443, 8888, 9000, 9042, 9090, 9100,
  9200, 9300, 10250, 11211, 15672, 27017, 50000,
]

const port = z.int().min(1).max(65_535)

const settings = z.object({
  host: field(z.string().trim().min(1), { label: { en: 'Host', de: 'Rechner' } }),
  allowed: field(z.array(port).max(512).default([443]), {
    label: { en: 'Ports that may be open', de: 'Ports, die offen sein dürfen' },
  }),
  tried: field(z.array(port).min(1).max(512).default(usual), {
    label: { en: 'Ports that are tried', de: 'Ports, die versucht werden' },
    help: {
      en: 'Without a choice: those of administration, databases and other inner services.',
      de: 'Ohne Auswahl: die von Verwaltung, Datenbanken und anderen inneren Diensten.',
    },
  }),
  family: field(z.enum(['both', 'IPv4', 'IPv6']).default('both'), {
    label: { en: 'Kind of address', de: 'Art der Adresse' },
  }),
})

/** Tries to connect to ports of one declared host; nothing is sent over a connection. */
export const ports = {
  id: 'ports',
  title: { en: 'Reachable ports', de: 'Erreichbare Ports' },
  about: {
    en: 'Which ports of a host accept connections, seen from this installation. Connect only hosts of your own.',
    de: 'Welche Ports eines Rechners Verbindungen annehmen, von dieser Installation aus gesehen. Nur eigene Rechner verbinden.',
  },
  settings,
  facts: portsFacts,
  history: {
    volatile: [],
    named: { ports: ['family', 'port'] },
  },
  needs: [
    {
      privilege: 'none; the consent of whoever runs the host',
      reason: {
        en: 'Each port is tried with one connection, twice where nothing answers. Some providers count that as a scan.',
        de: 'Jeder Port wird mit einer Verbindung versucht, zweimal, wo nichts antwortet. Manche Anbieter werten das als Scan.',
      },
    },
  ],
  address: ({ host, family }) => (family === 'both' ? host : `${host} ${family}`),
  async collect({ host, allowed, tried, family }, context) {
    const families: readonly Family[] = family === 'both' ? ['IPv4', 'IPv6'] : [family]
    const numbers = [...new Set([...tried, ...allowed])].sort((a, b) => a - b)
    const found: PortsFacts['ports'] = []
    for (const [kind, address] of await addressesOf(host, families, context)) {
      const states = await tryPorts(address, numbers, context)
      requireAnswer(states, kind)
      found.push(...states.map((state, index) => ({ family: kind, port: numbers[index] ?? 0, state })))
    }
    return { ports: seen(found), declared: seen({ ports: allowed }) }
  },
} satisfies Connector<typeof settings, PortsFacts>
