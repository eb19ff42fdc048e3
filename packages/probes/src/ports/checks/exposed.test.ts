import type { PortsFacts } from '../facts.ts'
import { examine } from '../../testing/examine.ts'
import { netExposedPorts } from './exposed.ts'

type Port = PortsFacts['ports'][number]
const set = (family: Port['family'], port: number, state: Port['state']) => (f: { ports: Port[] }) => {
  f.ports = f.ports.map((one) => (one.family === family && one.port === port ? { ...one, state } : one))
}

examine(netExposedPorts, {
  good: {
    ports: [
      { family: 'IPv4', port: 443, state: 'open' },
      { family: 'IPv4', port: 5432, state: 'refused' },
      { family: 'IPv4', port: 22, state: 'silent' },
      { family: 'IPv6', port: 443, state: 'open' },
      { family: 'IPv6', port: 5432, state: 'refused' },
    ],
    declared: { ports: [443] },
  },
  bad: {
    'a database is open': { change: set('IPv4', 5432, 'open'), says: 'open' },
    'a database is open by IPv6 only': { change: set('IPv6', 5432, 'open'), says: 'open' },
    'what is open is no longer declared': {
      change: (f) => {
        f.declared.ports = []
      },
      says: 'open',
    },
  },
  told: { 'a port breaks connections off': { change: set('IPv4', 22, 'reset'), says: 'unclear' } },
  empty: {
    'nothing was tried': (f) => {
      f.ports = []
    },
  },
})
